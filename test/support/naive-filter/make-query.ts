import type { Choices } from './choices.ts';
import { columnsOf, makeCondition, makeExpression, type InScope, type Making } from './make-expression.ts';
import { makeJoins, makeTable } from './make-joins.ts';
import type { Expr, Lookup, Output, Parameter, Query, Sort, Type } from './query.ts';

const plainTypes = ['text', 'number', 'boolean', 'date', 'datetime', 'list'] as const;

/** A filter whose every name and type fits. */
export function makeQuery(choices: Choices): Query {
  const parameters: Parameter[] = [];
  const from = makeTable(choices, [], false);
  const aliases = { count: 0 };
  const { joins, scope } = makeJoins({ choices, parameters, scope: [from] }, aliases, choices.of([0, 0, 1, 1, 1, 2, 2, 3]), 2);
  const making: Making = { choices, parameters, scope };
  const where = choices.chance(40) ? makeCondition(making, 3) : undefined;
  const rest = choices.chance(22) ? makeGroups(making) : makeRows(making);
  const limit = choices.chance(15) ? choices.pick(4) : undefined;
  const { system, table, alias } = from;
  return { parameters, from: { system, table, alias }, joins, ...(where && { where }), ...rest, ...(limit !== undefined && { limit }) };
}

type Rest = Pick<Query, 'distinct' | 'outputs' | 'groupBy' | 'having' | 'orderBy' | 'lookup'>;

function named(outputs: readonly { readonly expression: Expr }[], choices: Choices): readonly Output[] {
  const taken = new Set<string>();
  return outputs.map(({ expression }, i) => {
    const own = expression.kind === 'column' ? expression.name : undefined;
    if (own !== undefined && !taken.has(own) && choices.chance(60)) {
      taken.add(own);
      return { name: own, expression, named: false };
    }
    const name = choices.chance(10) ? `out "${i}" of` : `out${i}`;
    return { name, expression, named: true };
  });
}

function makeRows(making: Making): Rest {
  const { choices } = making;
  const one = (): Expr => {
    if (choices.chance(35)) return makeExpression(making, choices.of(['text', 'number', 'boolean', 'date']), 2);
    const columns = columnsOf(making, plainTypes);
    return choices.of(columns);
  };
  const outputs = named(
    Array.from({ length: 1 + choices.pick(4) }, () => ({ expression: one() })),
    choices,
  );
  const kind = choices.pick(10);
  const on = makeKey(making);
  const distinct = kind === 8 ? 'yes' : kind === 9 ? { on: nocaseOrNot(on, choices) } : 'no';
  const orderBy = Array.from({ length: choices.pick(3) }, (): Sort => {
    const output = choices.pick(outputs.length);
    const descending = choices.chance(40);
    const found = outputs[output];
    // What can be a place or a name in SQL, too: a number by itself.
    if (found && found.expression.kind !== 'literal' && (distinct === 'yes' || choices.chance(60)))
      return { by: choices.of(['name', 'place'] as const), output, expression: found.expression, descending };
    if (distinct === 'yes') return { by: 'name', output, expression: found?.expression ?? on, descending };
    return {
      by: 'expression',
      expression: choices.chance(30) ? makeKey(making) : choices.of(columnsOf({ ...making, qualified: true }, plainTypes)),
      descending,
    };
  });
  const lookup = choices.chance(15) ? makeLookup(making, outputs) : undefined;
  return { distinct, outputs, groupBy: [], orderBy, ...(lookup && { lookup }) };
}

/** A column to group or sort by; points in time more often than there are columns of them, since one moment is written in many ways. */
function makeKey(making: Making): Expr {
  const { choices } = making;
  const times = columnsOf({ ...making, qualified: true }, ['datetime']);
  if (times.length > 0 && choices.chance(25)) return choices.of(times);
  return choices.of(columnsOf({ ...making, qualified: true }, ['text', 'number', 'boolean', 'date', 'datetime']));
}

function nocaseOrNot(column: Expr, choices: Choices): Expr {
  return column.type === 'text' && choices.chance(30)
    ? { kind: 'call', name: 'collate nocase', values: [column], type: 'text', nocase: 'no' }
    : column;
}

const targets: readonly (Lookup['target'] & { readonly type: Type })[] = [
  { system: 'hr', table: 'persons', column: 'id', type: 'text' },
  { system: 'ad', table: 'users', column: 'person', type: 'text' },
  { system: 'ad', table: 'member ship', column: 'user', type: 'text' },
  { system: 'hr', table: 'departments', column: 'id', type: 'number' },
  { system: 'hr', table: 'persons', column: 'dept', type: 'number' },
];

function makeLookup(making: Making, outputs: readonly Output[]): Lookup | undefined {
  const { choices } = making;
  const { type, ...target } = choices.of(targets);
  const fitting = outputs.flatMap(({ expression }, output) =>
    expression.type === type && expression.kind !== 'literal' ? [{ output, expression }] : [],
  );
  const columns = columnsOf({ ...making, qualified: true }, [type]);
  if (fitting.length === 0 && columns.length === 0) return undefined;
  const by = fitting.length > 0 && (columns.length === 0 || choices.chance(50)) ? choices.of(fitting) : { expression: choices.of(columns) };
  return { name: 'found', include: choices.chance(50), ...by, target };
}

function makeGroups(making: Making): Rest {
  const { choices } = making;
  const aggregate = (): Expr => {
    const name = choices.of(['count', 'min', 'max', 'sum', 'avg', 'group_concat', 'star']);
    if (name === 'star') return { kind: 'aggregate', name: 'count', distinct: false, type: 'number' };
    const types: readonly Type[] =
      name === 'sum' || name === 'avg'
        ? ['number']
        : name === 'count'
          ? plainTypes
          : name === 'group_concat'
            ? ['text', 'number', 'boolean']
            : ['text', 'number', 'datetime'];
    const isTime = types.includes('datetime') && choices.chance(30);
    const columns = columnsOf(making, isTime ? ['datetime'] : types);
    const of =
      columns.length > 0 && choices.chance(80)
        ? choices.of(columns)
        : makeExpression(making, types.includes('text') ? 'text' : 'number', 1);
    const distinct = choices.chance(25);
    const type = name === 'count' || name === 'sum' || name === 'avg' ? 'number' : name === 'group_concat' ? 'text' : of.type;
    return {
      kind: 'aggregate',
      name,
      distinct,
      of,
      type,
      ...(name === 'group_concat' && choices.chance(50) && { separator: '; ' }),
    };
  };
  const groupBy = Array.from({ length: choices.pick(3) }, (): Expr => {
    const column = makeKey(making);
    if (column.type === 'text' && choices.chance(25)) return { kind: 'call', name: 'lower', values: [column], type: 'text', nocase: 'no' };
    return nocaseOrNot(column, choices);
  });
  const shown = groupBy.filter((one) => !(one.kind === 'call' && one.name === 'collate nocase') && choices.chance(70));
  const outputs = named(
    [...shown, ...Array.from({ length: 1 + choices.pick(2) }, aggregate)].map((expression) => ({ expression })),
    choices,
  );
  const having: Expr | undefined = choices.chance(30) ? makeHaving(making, aggregate()) : undefined;
  const orderBy = Array.from({ length: choices.pick(3) }, (): Sort => {
    const output = choices.pick(outputs.length);
    return {
      by: choices.of(['name', 'place'] as const),
      output,
      expression: outputs[output]?.expression ?? aggregate(),
      descending: choices.chance(40),
    };
  }).filter(({ expression }) => !(expression.kind === 'aggregate' && expression.name === 'group_concat'));
  return { distinct: 'no', outputs, groupBy, ...(having && { having }), orderBy };
}

function makeHaving(making: Making, left: Expr): Expr {
  const type = left.type === 'text' || left.type === 'number' ? left.type : 'number';
  const of: Expr =
    left.type === type && !(left.kind === 'aggregate' && left.name === 'group_concat')
      ? left
      : { kind: 'aggregate', name: 'count', distinct: false, type: 'number' };
  const none: readonly InScope[] = [];
  const right = makeExpression({ ...making, scope: none }, of.type, 0);
  return { kind: 'compare', operator: making.choices.of(['>', '=', '<', '<>'] as const), left: of, right, nocase: 'no', type: 'boolean' };
}
