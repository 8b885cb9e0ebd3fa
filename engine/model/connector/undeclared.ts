import { childOf, elementsOf, propertiesOf, type JsonNode } from '../text/json.ts';
import type { Table } from './connector.ts';
import type { SeenAnswer, SeenPath } from './knowledge.ts';

/** A name that an answer had and the connector does not declare, with what lay below it. */
export interface UndeclaredName {
  readonly name: string;
  /** From the row down, the name included. */
  readonly path: readonly string[];
  /** Absent where it only held others. */
  readonly seen?: SeenPath;
  readonly below: readonly UndeclaredName[];
}

/** Names that belong into one object of `resources`. */
export interface Undeclared {
  /** The object they belong into: `resources`, an object in it, or the entry of an array; undefined where the table has no `resources`. */
  readonly holder: JsonNode | undefined;
  /** From the row down to that object. */
  readonly path: readonly string[];
  readonly names: readonly UndeclaredName[];
}

/** What an answer held that the connector, as it is now, does not declare: by the object of `resources` it is missing from. */
export function undeclaredOf(table: Table, answer: SeenAnswer): readonly Undeclared[] {
  const resources = childOf(table.node, 'resources');
  return missingFrom(resources?.type === 'object' ? resources : undefined, [], treeOf(answer.paths));
}

function missingFrom(holder: JsonNode | undefined, path: readonly string[], names: readonly UndeclaredName[]): readonly Undeclared[] {
  const missing: UndeclaredName[] = [];
  const deeper: Undeclared[] = [];
  for (const name of names) {
    const declared = childOf(holder, name.name);
    if (!declared) missing.push(name);
    else if (isPlainObject(declared)) deeper.push(...missingFrom(declared, name.path, name.below));
    else if (elementsOf(declared)[0]?.type === 'object') deeper.push(...missingFrom(elementsOf(declared)[0], name.path, name.below));
  }
  return [...(missing.length > 0 ? [{ holder, path, names: missing }] : []), ...deeper];
}

/** An object that holds columns, not one that describes how a column is handled. */
function isPlainObject(node: JsonNode): boolean {
  return node.type === 'object' && !propertiesOf(node).some(({ name }) => name.text === '_nim_mode_');
}

interface Draft {
  readonly name: string;
  readonly path: readonly string[];
  seen?: SeenPath;
  readonly below: Map<string, Draft>;
}

function treeOf(paths: readonly SeenPath[]): readonly UndeclaredName[] {
  const top = new Map<string, Draft>();
  for (const seen of paths) {
    let level = top;
    let draft: Draft | undefined;
    for (const [i, name] of seen.path.entries()) {
      draft = level.get(name) ?? { name, path: seen.path.slice(0, i + 1), below: new Map() };
      level.set(name, draft);
      level = draft.below;
    }
    if (draft) draft.seen = seen;
  }
  const finish = (level: ReadonlyMap<string, Draft>): readonly UndeclaredName[] =>
    [...level.values()].map(({ below, ...rest }) => ({ ...rest, below: finish(below) }));
  return finish(top);
}
