import type { Choices } from './choices.ts';
import type { Comparator, Expr, Nocase, Parameter, Table, Type } from './query.ts';
import { constantsOf, type WorldTable } from './world.ts';

/** A table whose columns may be named. */
export interface InScope extends Table {
  readonly about: WorldTable;
  /** A left join may have found no row of it. */
  readonly maybe: boolean;
}

export interface Making {
  readonly choices: Choices;
  readonly parameters: Parameter[];
  readonly scope: readonly InScope[];
  /** Names stand with their alias: where names of output columns would win. */
  readonly qualified?: boolean;
}

type ColumnExpr = Extract<Expr, { kind: 'column' }>;

export function columnsOf({ scope, qualified = false, choices }: Making, types: readonly Type[]): readonly ColumnExpr[] {
  const bare = !qualified && choices.chance(20);
  return scope.flatMap(({ alias, about }) =>
    Object.entries(about.columns)
      .filter(([, type]) => types.includes(type))
      .map(([name, type]): ColumnExpr => ({
        kind: 'column',
        alias,
        name,
        type,
        bare: bare && scope.filter((one) => name in one.about.columns).length === 1,
      })),
  );
}

function leaf(making: Making, type: Type): Expr {
  const { choices, parameters } = making;
  const columns = columnsOf(making, [type]);
  const which = choices.pick(10);
  if (columns.length > 0 && (which < 6 || type === 'list')) return choices.of(columns);
  if (type === 'list') return { kind: 'literal', value: null, type };
  if (which === 9) {
    const known = parameters.filter((one) => one.type === type);
    if (known.length > 0 && choices.chance(50)) return { kind: 'parameter', name: choices.of(known).name, type };
    const value = choices.chance(10) ? null : choices.of(constantsOf[type]);
    const parameter: Parameter = { name: `p${parameters.length}`, type, value, isDefault: choices.chance(50) };
    parameters.push(parameter);
    return { kind: 'parameter', name: parameter.name, type };
  }
  const constant = literal(making, type);
  // A text alone is no day; one beside a day is, see `side`.
  if (type === 'datetime' || (type === 'date' && which % 2 > 0)) return { kind: 'cast', of: constant, type };
  if (type === 'date') return { kind: 'call', name: 'today', values: [], type, nocase: 'no' };
  return constant;
}

/** The second side of a comparison: beside a day, a text is one. */
function side(making: Making, type: Type, depth: number): Expr {
  const { choices } = making;
  return (type === 'date' || type === 'datetime') && choices.chance(50) ? literal(making, type) : makeExpression(making, type, depth);
}

function literal({ choices }: Making, type: Exclude<Type, 'list'>): Expr {
  return { kind: 'literal', value: choices.of(constantsOf[type]), type };
}

/** An expression of a type. */
export function makeExpression(making: Making, type: Type, depth: number): Expr {
  const { choices } = making;
  if (depth <= 0 || type === 'list' || !choices.chance(40))
    return type === 'boolean' && depth > 0 ? makeCondition(making, depth) : leaf(making, type);
  const make = (of: Type): Expr => makeExpression(making, of, depth - 1);
  const call = (name: string, ...values: readonly Expr[]): Expr => ({ kind: 'call', name, values, type, nocase: 'no' });
  const shared = [
    (): Expr => call('coalesce', make(type), make(type)),
    (): Expr => chooseCase(making, type, depth),
    (): Expr => call('nullif', make(type), side(making, type, depth - 1)),
  ];
  const small = (...values: readonly number[]): Expr => ({ kind: 'literal', value: choices.of(values), type: 'number' });
  const own: Readonly<Record<Type, readonly (() => Expr)[]>> = {
    text: [
      () => call(choices.of(['lower', 'upper', 'trim', 'ltrim', 'rtrim']), make('text')),
      () => call(choices.of(['trim', 'ltrim', 'rtrim']), make('text'), literal(making, 'text')),
      () => call('substr', make('text'), small(1, 2, 3, -1, -2), ...(choices.chance(50) ? [small(0, 1, 2, 5)] : [])),
      () => call('replace', make('text'), literal(making, 'text'), literal(making, 'text')),
      () => ({ kind: 'arithmetic', operator: '||', left: make(choices.of(['text', 'number', 'boolean'])), right: make('text'), type }),
      () => ({ kind: 'cast', of: make(choices.of(['number', 'boolean'])), type }),
      () => call('coalesce', ...(choices.chance(50) ? [make('boolean'), make('text')] : [make('text'), make('boolean')])),
      () => call(choices.of(['lower', 'upper', 'trim']), make(choices.of(['number', 'boolean']))),
    ],
    number: [
      () => ({
        kind: 'arithmetic',
        operator: choices.of(['+', '-', '*', '/'] as const),
        left: make('number'),
        right: make('number'),
        type,
      }),
      () => ({ kind: 'negative', of: make('number'), type }),
      () => call('abs', make('number')),
      () => call('round', make('number'), ...(choices.chance(50) ? [small(0, 1)] : [])),
      () => call('length', make('text')),
      () => call('instr', make('text'), make('text')),
      () => call(choices.of(['year', 'month', 'day']), make(choices.of(['date', 'datetime']))),
      () => ({ kind: 'arithmetic', operator: '-', left: make('date'), right: make('date'), type }),
      () => ({ kind: 'cast', of: make('text'), type }),
    ],
    boolean: [() => makeCondition(making, depth), () => ({ kind: 'cast', of: make(choices.of(['text', 'number'])), type })],
    date: [
      () => call('today'),
      () => call('date', make(choices.of(['datetime', 'date']))),
      () => ({ kind: 'arithmetic', operator: choices.of(['+', '-'] as const), left: make('date'), right: small(0, 1, 7, -1), type }),
      () => ({ kind: 'cast', of: make(choices.of(['datetime', 'text'])), type }),
    ],
    datetime: [() => ({ kind: 'cast', of: make('text'), type })],
    list: [],
  };
  return choices.of([...own[type], ...shared])();
}

function chooseCase(making: Making, type: Type, depth: number): Expr {
  const { choices } = making;
  const of = choices.chance(30) ? makeExpression(making, choices.of(['text', 'number', 'date', 'boolean']), depth - 1) : undefined;
  const branches = Array.from({ length: 1 + choices.pick(2) }, () => ({
    when: of ? side(making, of.type, depth - 1) : makeCondition(making, depth - 1),
    then: makeExpression(making, type, depth - 1),
  }));
  return {
    kind: 'case',
    ...(of && { of }),
    branches,
    ...(choices.chance(60) && { otherwise: makeExpression(making, type, depth - 1) }),
    type,
  };
}

function nocaseOf({ choices }: Making, type: Type): Nocase {
  return (type === 'text' || type === 'list') && choices.chance(30) ? choices.of(['whole', 'left', 'right'] as const) : 'no';
}

/** A condition of any kind. */
export function makeCondition(making: Making, depth: number): Expr {
  const { choices } = making;
  const type = 'boolean';
  const comparable = ['text', 'number', 'date', 'datetime', 'boolean', 'list'] as const;
  const comparison = (): Expr => {
    const of = choices.of(comparable);
    const operator: Comparator = choices.of(
      of === 'boolean' || of === 'list' ? (['=', '<>'] as const) : (['=', '<>', '<', '<=', '>', '>='] as const),
    );
    const left = makeExpression(making, of, depth - 1);
    // A day beside a point in time, too.
    const other = of === 'date' && choices.chance(20) ? 'datetime' : of;
    return { kind: 'compare', operator, left, right: side(making, other, depth - 1), nocase: nocaseOf(making, of), type };
  };
  const kinds: readonly (() => Expr)[] = [
    comparison,
    comparison,
    comparison,
    () => ({
      kind: 'call',
      name: 'exists',
      values: [makeExpression(making, choices.of(comparable), depth - 1)],
      nocase: 'no',
      type,
    }),
    () => ({
      kind: 'null',
      negated: choices.chance(50),
      of: makeExpression(making, choices.of(comparable), depth - 1),
      type,
    }),
    () => {
      const of = choices.of(comparable);
      const values = Array.from({ length: 1 + choices.pick(3) }, (): Expr =>
        choices.chance(8) ? { kind: 'literal', value: null, type: of } : side(making, of, Math.min(1, depth - 1)),
      );
      return {
        kind: 'in',
        negated: choices.chance(40),
        of: makeExpression(making, of, depth - 1),
        values,
        nocase: nocaseOf(making, of),
        type,
      };
    },
    () => {
      const of = choices.of(['number', 'text', 'date', 'datetime'] as const);
      const value = makeExpression(making, of, depth - 1);
      const [low, high] = [side(making, of, depth - 1), side(making, of, depth - 1)];
      return { kind: 'between', negated: choices.chance(40), of: value, low, high, nocase: nocaseOf(making, of), type };
    },
    () => ({
      kind: 'like',
      negated: choices.chance(40),
      of: makeExpression(making, 'text', depth - 1),
      pattern: choices.chance(70)
        ? { kind: 'literal', value: choices.of(['a%', '%a', '%', '_', '%\u00df%', '_%[a]', '%*%', 'S_', '?', '']), type: 'text' }
        : makeExpression(making, 'text', depth - 1),
      nocase: nocaseOf(making, 'text'),
      type,
    }),
    () => ({
      kind: 'call',
      name: choices.of(['contains', 'starts_with', 'ends_with']),
      values: [makeExpression(making, 'text', depth - 1), makeExpression(making, 'text', depth - 1)],
      nocase: nocaseOf(making, 'text'),
      type,
    }),
    () => {
      const lists = columnsOf(making, ['list']);
      if (lists.length === 0) return comparison();
      return {
        kind: 'call',
        name: 'contains',
        values: [choices.of(lists), makeExpression(making, 'text', 0)],
        nocase: nocaseOf(making, 'text'),
        type,
      };
    },
    () => leaf(making, 'boolean'),
    () => {
      const maybe = making.scope.filter((one) => one.maybe || choices.chance(10));
      return maybe.length > 0 ? { kind: 'matched', alias: choices.of(maybe).alias, type } : comparison();
    },
    () => ({ kind: 'not', of: makeCondition(making, depth - 1), type }),
    ...(['and', 'or', 'and', 'or'] as const).map((kind) => (): Expr => ({
      kind,
      all: Array.from({ length: 2 + choices.pick(2) }, () => makeCondition(making, depth - 1)).flatMap((one) =>
        one.kind === kind ? one.all : [one],
      ),
      type,
    })),
  ];
  return choices.of(depth > 0 ? kinds : kinds.slice(0, -5))();
}
