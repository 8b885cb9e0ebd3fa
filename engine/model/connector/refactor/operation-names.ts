import { createNames, fold, simpleWord, singular } from '../../new-connector/names.ts';
import type { Connector, Operation, Table } from '../connector.ts';
import { factsOf } from '../facts.ts';

/** What an operation does to a table. */
export type OperationKind = 'get' | 'create' | 'update' | 'delete';

export const operationKinds: readonly OperationKind[] = ['get', 'create', 'update', 'delete'];

const words: Readonly<Record<OperationKind, readonly string[]>> = {
  get: ['get', 'list', 'read'],
  create: ['create', 'add', 'insert', 'new'],
  update: ['update', 'modify', 'edit', 'change'],
  delete: ['delete', 'remove'],
};

/** What an operation does, by its method, its semantics or the last word of its name; undefined for a function of another kind. */
export function kindOf({ role, method, semantics, name }: Operation): OperationKind | undefined {
  if (role === 'get') return 'get';
  if (semantics === 'create' || semantics === 'update' || semantics === 'delete') return kindOfName(name.text) ?? semantics;
  const named = kindOfName(name.text);
  if (named !== undefined) return named;
  if (method === 'put' || method === 'patch') return 'update';
  return method === 'delete' ? 'delete' : undefined;
}

function kindOfName(name: string): Exclude<OperationKind, 'get'> | undefined {
  const word = parted(name)?.word.toLowerCase() ?? '';
  return (['create', 'update', 'delete'] as const).find((kind) => words[kind].includes(word));
}

/** A name such as `user_create` or `UserCreate` in its parts. */
interface Parted {
  readonly stem: string;
  readonly separator: string;
  readonly word: string;
}

function parted(name: string): Parted | undefined {
  const [, stem, separator = '', word] = /^(.*?[^_-])([_-])([A-Za-z]+)$/.exec(name) ?? /^(.*[a-z0-9])()([A-Z][a-z]+)$/.exec(name) ?? [];
  return stem === undefined || word === undefined ? undefined : { stem, separator, word };
}

/** Names for operations that a table does not have yet, in the way the file names its own; `wanted` in place of the usual words. */
export function createOperationNames(connector: Connector, table: Table): (kind: OperationKind, wanted?: string) => string {
  const all = factsOf(connector).operations.map(({ operation }) => operation);
  const names = createNames(table.operations.map(({ name }) => name.text));
  const shape = shapeOf(table.operations) ?? shapeOf(all) ?? { separator: '_', capital: false, upper: false };
  // A name that was copied from another table says nothing of this one.
  const stems = (role: Operation['role']): readonly string[] =>
    table.operations
      .filter((operation) => operation.role === role)
      .flatMap(simple)
      .map(({ stem }) => stem)
      .filter(isOf(table.name));
  const own = simpleWord(shape.upper ? upperFirst(table.name) : table.name);
  const many = stems('get')[0] ?? own;
  const [shortest] = stems('write').toSorted((a, b) => a.length - b.length);
  const one = shortest ?? (saysPlural(connector) ? many : singular(many));
  return (kind, wanted) => {
    const word = wanted ?? wordOf(kind, table.operations) ?? wordOf(kind, all) ?? kind;
    return names.take(`${kind === 'get' ? many : one}${shape.separator}${shape.capital ? upperFirst(word) : word}`);
  };
}

function upperFirst(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function isOf(table: string): (stem: string) => boolean {
  const name = fold(singular(table));
  return (stem) => {
    const other = fold(singular(stem));
    return name.includes(other) || other.includes(name);
  };
}

/** The parts of an operation's name that ends with a word for what it does. */
function simple({ name }: Operation): readonly Parted[] {
  const parts = parted(name.text);
  return parts && Object.values(words).some((list) => list.includes(parts.word.toLowerCase())) ? [parts] : [];
}

/** How most of these names are put together. */
interface Shape {
  readonly separator: string;
  /** The last word begins with a capital. */
  readonly capital: boolean;
  /** The whole name does. */
  readonly upper: boolean;
}

function shapeOf(operations: readonly Operation[]): Shape | undefined {
  const found = operations.flatMap(simple);
  const separator = mostOf(found.map((parts) => parts.separator));
  if (separator === undefined) return undefined;
  const most = (test: (parts: Parted) => boolean): boolean => found.filter(test).length * 2 > found.length;
  return { separator, capital: most(({ word }) => /^[A-Z]/.test(word)), upper: most(({ stem }) => /^[A-Z]/.test(stem)) };
}

/** The word that most of these operations of a kind end with. */
function wordOf(kind: OperationKind, operations: readonly Operation[]): string | undefined {
  return mostOf(
    operations
      .filter((operation) => kindOf(operation) === kind)
      .flatMap((operation) => simple(operation).map(({ word }) => word.toLowerCase())),
  );
}

/** Whether the writes of the file bear the name of many (`users_create`) rather than that of one (`user_create`). */
function saysPlural(connector: Connector): boolean {
  let plural = 0;
  for (const { operations } of factsOf(connector).declaredTables) {
    const read = operations.filter(({ role }) => role === 'get').flatMap(simple)[0];
    const write = operations.filter(({ role }) => role === 'write').flatMap(simple)[0];
    if (!read || !write || singular(read.stem) === read.stem) continue;
    if (write.stem === read.stem) plural++;
    else if (write.stem === singular(read.stem)) plural--;
  }
  return plural > 0;
}

function mostOf<Value>(values: readonly Value[]): Value | undefined {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
