import type { Connector, Table } from './connector.ts';
import type { SeenPath } from './knowledge.ts';
import type { UndeclaredName } from './undeclared.ts';

/** What `resources` may say of a name: a type, a list of one, columns below it, or the columns of a child table. */
export type Declaration =
  | string
  | readonly [string]
  | { readonly [name: string]: Declaration }
  | readonly [{ readonly [name: string]: Declaration }];

/** Names of columns that are taken, as the vault tells them apart: without the case of ASCII letters. */
export type TakenNames = Set<string>;

/** The names taken where a path lies: in the table, or in the child table of the array it lies in. */
export function takenNames(connector: Connector, table: Table, path: readonly string[]): TakenNames {
  let owner = table;
  let from = 0;
  for (let end = 1; end <= path.length; end++) {
    const child = connector.tables.find(
      ({ parent }) =>
        parent?.table === owner.name && parent.path.length === end - from && parent.path.every((step, i) => step === path[from + i]),
    );
    if (!child) continue;
    owner = child;
    from = end;
  }
  return new Set(owner.columns.map(({ name }) => fold(name)));
}

/**
 * How a name that was seen is declared; undefined for one that cannot be: what is nested too deep, what never had a value, a list of objects
 * below the first level (NIM knows child tables only there), and a name that is taken even with its whole path. `base` is the part of its
 * path that column names begin after: empty in a table, the array's path in a child table. What is declared is added to `taken`.
 */
export function declare(table: Table, name: UndeclaredName, taken: TakenNames, base: readonly string[] = []): Declaration | undefined {
  const { seen, path, below } = name;
  const types = seen?.types ?? [];
  if (types.includes('objects')) {
    if (path.length > 1 || taken.has(fold(name.name))) return undefined;
    taken.add(fold(name.name));
    const inner = declareAll(table, below, new Set([fold(`${table.name}_${table.key?.text ?? 'row'}`)]), path);
    return inner && [inner];
  }
  if (below.length > 0) return declareAll(table, below, taken, base);
  if (!seen || seen.filled === 0 || types.length === 0 || types.every((type) => type === 'object')) return undefined;
  const prefix = prefixOf(name, taken, base);
  if (prefix === undefined) return undefined;
  const specifier = `${prefix}${typeName(seen)}*`;
  return types.includes('list') ? [specifier] : specifier;
}

function declareAll(
  table: Table,
  names: readonly UndeclaredName[],
  taken: TakenNames,
  base: readonly string[],
): { readonly [name: string]: Declaration } | undefined {
  const entries = names.flatMap((name): [string, Declaration][] => {
    const declared = declare(table, name, taken, base);
    return declared === undefined ? [] : [[name.name, declared]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** Nothing where the name is free, `_:` where only the whole path is. */
function prefixOf({ name, path }: UndeclaredName, taken: TakenNames, base: readonly string[]): '' | '_:' | undefined {
  if (!taken.has(fold(name))) {
    taken.add(fold(name));
    return '';
  }
  const whole = fold(path.slice(base.length).join('_'));
  if (taken.has(whole)) return undefined;
  taken.add(whole);
  return '_:';
}

/** The type of a column for what was seen; text where it was several things. */
function typeName({ types }: Pick<SeenPath, 'types'>): string {
  const single = types.filter((type) => type !== 'list');
  if (types.includes('list')) return 'string';
  if (single.length === 1 && single[0] !== undefined && single[0] !== 'text') return single[0];
  return single.length === 2 && single.includes('date') && single.includes('datetime') ? 'datetime' : 'string';
}

/** How many columns a declaration makes. */
export function columnsIn(declaration: Declaration): number {
  if (typeof declaration === 'string') return 1;
  const held: Declaration | readonly Declaration[] = declaration;
  if (Array.isArray(held)) return typeof held[0] === 'string' ? 1 : columnsIn(held[0] as Declaration);
  return Object.values(held as { readonly [name: string]: Declaration }).reduce((sum, inner) => sum + columnsIn(inner), 0);
}

function fold(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
