import type { Choices } from './choices.ts';
import { columnsOf, makeCondition, type InScope, type Making } from './make-expression.ts';
import { type Expr, type Group, isGroup, type Join, type Mode, type Table } from './query.ts';
import { worldRelations, worldTables, type WorldTable } from './world.ts';

type TableName = Pick<WorldTable, 'system' | 'table'>;

interface Counter {
  count: number;
}

/** A table under a fresh alias, or its own name where that is free. */
export function makeTable(choices: Choices, taken: readonly string[], maybe: boolean, among: readonly WorldTable[] = worldTables): InScope {
  const about = choices.of(among);
  // The link table's own name is kept for `via`.
  const alias = !taken.includes(about.table) && about.table !== 'member ship' && choices.chance(20) ? about.table : `t${taken.length}`;
  return { system: about.system, table: about.table, alias, about, maybe };
}

/** Joins in their order; each names only tables before it. `taken` counts over the whole filter. */
export function makeJoins(
  making: Making,
  taken: Counter & { readonly names?: string[] },
  count: number,
  depth: number,
): { readonly joins: readonly Join[]; readonly scope: readonly InScope[] } {
  const names = taken.names ?? making.scope.map(({ alias }) => alias);
  const counter = { count: taken.count, names };
  const joins: Join[] = [];
  let scope = making.scope;
  for (let i = 0; i < count; i++) {
    const made = makeJoin({ ...making, scope }, counter, depth);
    joins.push(made.join);
    scope = [...scope, ...made.added];
  }
  return { joins, scope };
}

type Names = Counter & { readonly names: string[] };

function makeJoin(making: Making, names: Names, depth: number): { readonly join: Join; readonly added: readonly InScope[] } {
  const { choices, scope } = making;
  const mode: Mode = choices.of(['any', 'any', 'left', 'left', 'anti', 'multiple', 'all'] as const);
  const maybe = mode === 'left';
  const shape = choices.pick(12);
  const grouped = shape === 11 && depth > 0;
  const recursive = !grouped && shape >= 9;
  const trees = worldTables.filter(({ table }) => table === 'persons' || table === 'departments');
  // A join of what has nothing in common has few rows, if any.
  const near = worldTables.filter((table) => isRelated(scope, table));
  const among = recursive ? trees : near.length > 0 && choices.chance(70) ? near : worldTables;
  const head = makeTable(choices, names.names, maybe, among);
  names.names.push(head.alias);
  let added: readonly InScope[] = [head];
  let source: Table | Group = tableOf(head);
  if (grouped) {
    const inner = makeJoins({ ...making, scope: [head] }, names, 1 + choices.pick(2), depth - 1);
    source = { first: tableOf(head), joins: inner.joins };
    added = inner.scope.map((one) => ({ ...one, maybe: one.maybe || maybe }));
  }
  const join = recursive
    ? makeRecursive(making, mode, head)
    : (makeVia(making, mode, head, source, added) ?? makeOn(making, mode, head, source, added));
  return { join, added: mode === 'anti' ? [] : added.map((one) => ({ ...one, maybe: one.maybe || scope.length === 0 })) };
}

function tableOf({ system, table, alias }: InScope): Table {
  return { system, table, alias };
}

function column({ alias, about }: InScope, name: string): Extract<Expr, { kind: 'column' }> {
  return { kind: 'column', alias, name, type: about.columns[name] ?? 'text', bare: false };
}

function equal(left: Expr, right: Expr): Expr {
  return { kind: 'compare', operator: '=', left, right, nocase: 'no', type: 'boolean' };
}

function is(one: TableName, other: TableName): boolean {
  return one.system === other.system && one.table === other.table;
}

/** Every relation between a table so far and this one, as a condition. */
function relationsTo(scope: readonly InScope[], head: InScope): readonly Expr[] {
  return worldRelations.flatMap(({ from, to }) =>
    scope.flatMap((one) => [
      ...(is(one, from) && is(head, to) ? [equal(column(head, to.column), column(one, from.column))] : []),
      ...(is(one, to) && is(head, from) ? [equal(column(head, from.column), column(one, to.column))] : []),
    ]),
  );
}

function isRelated(scope: readonly InScope[], table: WorldTable): boolean {
  return worldRelations.some(({ from, to }) => scope.some((one) => (is(one, from) && is(table, to)) || (is(one, to) && is(table, from))));
}

function makeOn(making: Making, mode: Mode, head: InScope, source: Table | Group, added: readonly InScope[]): Join {
  const { choices, scope } = making;
  const relations = relationsTo(scope, head);
  const [only, another] = relations;
  if (only && !another && choices.chance(50)) return { mode, source, on: { condition: only, unwritten: true } };
  const inside: Making = { ...making, scope: [...scope, ...added] };
  const first = relations.length > 0 && choices.chance(80) ? choices.of(relations) : makeLink(making, head);
  const conditions = [...(first ? [first] : []), ...(first && choices.chance(60) ? [] : [makeCondition(inside, 2)])].flatMap((one) =>
    one.kind === 'and' ? one.all : [one],
  );
  const [condition] = conditions;
  return {
    mode,
    source,
    on: {
      condition: condition && conditions.length === 1 ? condition : { kind: 'and', all: conditions, type: 'boolean' },
      unwritten: false,
    },
  };
}

/** A column of the table beside one of its type before it; with a turn around at times. */
function makeLink({ choices, scope, ...making }: Making, head: InScope): Expr | undefined {
  const pairs = columnsOf({ ...making, choices, scope: [head], qualified: true }, ['text', 'number']).flatMap((own) =>
    columnsOf({ ...making, choices, scope, qualified: true }, [own.type]).map((other) => [own, other] as const),
  );
  if (pairs.length === 0) return undefined;
  const [own, other] = choices.of(pairs);
  const nocase = own.type === 'text' && choices.chance(20) ? 'whole' : 'no';
  return {
    kind: 'compare',
    operator: '=',
    ...(choices.chance(30) ? { left: other, right: own } : { left: own, right: other }),
    nocase,
    type: 'boolean',
  };
}

function makeVia(making: Making, mode: Mode, head: InScope, source: Table | Group, added: readonly InScope[]): Join | undefined {
  const { choices, scope } = making;
  if (
    (mode === 'multiple' && isGroup(source)) ||
    head.system !== 'ad' ||
    (head.table !== 'groups' && head.table !== 'users') ||
    !choices.chance(60)
  )
    return undefined;
  const [near, far] = head.table === 'groups' ? (['user', 'group'] as const) : (['group', 'user'] as const);
  const others = scope.filter(({ system, table }) => system === 'ad' && table === (head.table === 'groups' ? 'users' : 'groups'));
  const [of, another] = others;
  if (!of || another) return undefined;
  const on = choices.chance(30) ? { condition: makeCondition({ ...making, scope: [...scope, ...added] }, 1), unwritten: false } : undefined;
  return {
    mode,
    source,
    ...(on && { on }),
    via: { system: 'ad', table: 'member ship', near, far, of: of.alias, nearKey: 'id', farKey: 'id' },
  };
}

const treeColumns: Readonly<Record<string, { readonly parent: string; readonly key: string }>> = {
  persons: { parent: 'boss', key: 'id' },
  departments: { parent: 'parent', key: 'id' },
};

function makeRecursive(making: Making, mode: Mode, head: InScope): Join {
  const { choices, scope } = making;
  const tree = treeColumns[head.table] ?? { parent: '', key: '' };
  const relations = relationsTo(scope, head);
  const [only, another] = relations;
  const link =
    relations.length > 0 && choices.chance(80)
      ? choices.of(relations)
      : (makeLink(making, head) ?? equal(column(head, tree.key), column(head, tree.key)));
  const unwritten = only === link && !another && choices.chance(60);
  const more = head.table === 'departments' && choices.chance(15) ? makeLink(making, head) : undefined;
  const links = [link, ...(more && !unwritten ? [more] : [])];
  const own = choices.chance(30) && !unwritten ? makeCondition({ ...making, scope: [head], qualified: true }, 1) : undefined;
  // "not parent = x" compares it, too, but finds no rows by it.
  const down = links.some(
    (one) =>
      one.kind === 'compare' &&
      [one.left, one.right].some((side) => side.kind === 'column' && side.alias === head.alias && side.name === tree.parent),
  );
  // A condition that names no table would be one on the rows reached; and what names another table, one that finds rows.
  const conditions = own ? (own.kind === 'and' ? own.all : [own]) : [];
  const all = [...links, ...conditions];
  const [condition] = all;
  return {
    mode,
    source: tableOf(head),
    on: { condition: condition && all.length === 1 ? condition : { kind: 'and', all, type: 'boolean' }, unwritten },
    recursion: { ...tree, direction: down ? 'down' : 'up', links, conditions },
  };
}
