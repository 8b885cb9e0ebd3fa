import fc from 'fast-check';
import type { Expression, FilterTree, GroupNode, JoinNode, SelectItem, TableNode } from '../../../engine/model/filter/tree.ts';

const span = { offset: 0, length: 0 };
const hostile = fc.constantFrom(
  '"',
  "'",
  ';',
  '--',
  '/*',
  '*/',
  '\0',
  '😀',
  '\\',
  '`',
  '$$',
  '@',
  '\n',
  '\ud800',
  'select',
  ' ',
  'é',
  ')',
  '?',
);

/** Texts made of what breaks languages. */
export const hostileText = fc.oneof(
  fc.string(),
  fc.array(hostile, { maxLength: 6 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);

const words = fc.constantFrom(
  'id',
  'name',
  'group',
  'order',
  'desc',
  'text',
  'script',
  'include',
  'Größe',
  'x1',
  '_',
  'matched_',
  'session',
);
const nameText = fc.oneof(
  words,
  hostileText.filter((text) => text !== ''),
);
const name = nameText.map((text) => ({ text, span }));
const literal = fc
  .oneof(
    hostileText,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Number.isInteger(n) || Number.isSafeInteger(n)),
    fc.boolean(),
    fc.constant(null),
  )
  .map((value) => ({ kind: 'literal' as const, value: value === 0 ? 0 : value, span }));

const maybe = <Value, Key extends string>(key: Key, value: fc.Arbitrary<Value>): fc.Arbitrary<Partial<Record<Key, Value>>> =>
  fc.oneof(
    fc.constant({}),
    value.map((one) => ({ [key]: one }) as Record<Key, Value>),
  );

const { tree: expression } = fc.letrec<{ tree: Expression; leaf: Expression }>((tie) => {
  const part = tie('tree');
  const negated = fc.boolean();
  const node = <Node extends Expression>(parts: { [Key in keyof Omit<Node, 'span'>]: fc.Arbitrary<Node[Key]> }): fc.Arbitrary<Expression> =>
    fc.record<Record<string, unknown>>(parts).map((made) => ({ ...made, span }) as unknown as Expression);
  return {
    leaf: fc.oneof(
      literal,
      fc.tuple(maybe('table', name), name).map(([table, column]): Expression => ({ kind: 'column', ...table, column, span })),
      nameText.map((text): Expression => ({ kind: 'parameter', name: text, span })),
      name.map((alias): Expression => ({ kind: 'matched', alias, span })),
    ),
    tree: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      tie('leaf'),
      node<Extract<Expression, { kind: 'not' }>>({ kind: fc.constant('not'), operand: part }),
      node<Extract<Expression, { kind: 'negative' }>>({ kind: fc.constant('negative'), operand: part }),
      fc
        .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(part, { minLength: 2, maxLength: 4 }))
        .map(([operator, operands]): Expression => ({
          kind: 'logic',
          operator,
          operands: operands.flatMap((one) => (one.kind === 'logic' && one.operator === operator ? one.operands : [one])),
          span,
        })),
      node<Extract<Expression, { kind: 'compare' }>>({
        kind: fc.constant('compare'),
        operator: fc.constantFrom('=', '<>', '<', '<=', '>', '>='),
        left: part,
        right: part,
      }),
      node<Extract<Expression, { kind: 'arithmetic' }>>({
        kind: fc.constant('arithmetic'),
        operator: fc.constantFrom('+', '-', '*', '/', '||'),
        left: part,
        right: part,
      }),
      node<Extract<Expression, { kind: 'in' }>>({
        kind: fc.constant('in'),
        negated,
        operand: part,
        values: fc.array(part, { minLength: 1, maxLength: 3 }),
      }),
      node<Extract<Expression, { kind: 'between' }>>({ kind: fc.constant('between'), negated, operand: part, low: part, high: part }),
      node<Extract<Expression, { kind: 'like' }>>({ kind: fc.constant('like'), negated, operand: part, pattern: part }),
      node<Extract<Expression, { kind: 'null-test' }>>({ kind: fc.constant('null-test'), negated, operand: part }),
      node<Extract<Expression, { kind: 'collate' }>>({ kind: fc.constant('collate'), operand: part, collation: name }),
      node<Extract<Expression, { kind: 'cast' }>>({ kind: fc.constant('cast'), operand: part, type: name }),
      fc
        .tuple(
          maybe('operand', part),
          fc.array(fc.record({ when: part, then: part }), { minLength: 1, maxLength: 2 }),
          maybe('otherwise', part),
        )
        .map(([operand, branches, otherwise]): Expression => ({ kind: 'case', ...operand, branches, ...otherwise, span })),
      fc
        .tuple(name, fc.boolean(), fc.boolean(), fc.array(part, { maxLength: 3 }))
        .filter(([one]) => one.text.toLowerCase() !== 'matched')
        .map(([one, distinct, star, values]): Expression => ({
          kind: 'call',
          name: one,
          distinct: distinct && (star || values.length > 0),
          star,
          arguments: star ? [] : values,
          span,
        })),
    ),
  };
});

const table: fc.Arbitrary<TableNode> = fc
  .tuple(maybe('system', name), name, maybe('alias', name))
  .map(([system, one, alias]) => ({ kind: 'table', ...system, table: one, ...alias, span }));
const bareTable: fc.Arbitrary<TableNode> = fc.tuple(name, name).map(([system, one]) => ({ kind: 'table', system, table: one, span }));

const { join } = fc.letrec<{ join: JoinNode; group: GroupNode }>((tie) => ({
  group: fc
    .tuple(table, fc.array(tie('join'), { maxLength: 2 }))
    .map(([first, joins]): GroupNode => ({ kind: 'group', table: first, joins, span })),
  join: fc
    .tuple(
      fc.constantFrom('any' as const, 'left' as const, 'anti' as const, 'multiple' as const, 'all' as const),
      fc.boolean(),
      fc.oneof({ maxDepth: 2 }, table, tie('group')),
      fc.oneof(
        maybe(
          'via',
          fc.tuple(bareTable, name, name).map(([link, near, far]) => ({ kind: 'via' as const, link, near, far, span })),
        ),
        maybe(
          'reference',
          fc.tuple(maybe('table', name), name).map(([owner, column]) => ({ kind: 'column' as const, ...owner, column, span })),
        ),
      ),
      maybe('on', expression),
    )
    .map(([mode, recursive, source, via, on]): JoinNode => ({ kind: 'join', mode, recursive, source, ...via, ...on, span })),
}));

const item: fc.Arbitrary<SelectItem> = fc.oneof(
  fc.tuple(expression, maybe('alias', name)).map(([one, alias]): SelectItem => ({ kind: 'column-item', expression: one, ...alias, span })),
  maybe('table', name).map((one): SelectItem => ({ kind: 'star-item', ...one, span })),
  fc
    .tuple(
      hostileText.filter((text) => !text.includes('$$') && !text.endsWith('$')),
      name,
      maybe(
        'type',
        fc.constantFrom('text', 'Number', 'anything').map((text) => ({ text, span })),
      ),
    )
    .map(([code, alias, type]): SelectItem => ({ kind: 'script-item', ...type, code, codeSpan: span, alias, span })),
);

/** Whole filters, as reading could have made them. */
export const filterTree: fc.Arbitrary<FilterTree> = fc
  .record({
    parameters: fc.array(
      fc
        .tuple(name, name, maybe('session', name), maybe('default', literal))
        .map(([one, type, session, value]) => ({ kind: 'parameter-declaration' as const, name: one, type, ...session, ...value, span })),
      { maxLength: 2 },
    ),
    parent: maybe('parent', name),
    distinct: fc.oneof(
      fc.constant({ distinct: false }),
      fc.constant({ distinct: true }),
      expression.map((distinctOn) => ({ distinct: true, distinctOn })),
    ),
    items: fc.array(item, { minLength: 1, maxLength: 3 }),
    from: table,
    joins: fc.array(join, { maxLength: 2 }),
    where: maybe('where', expression),
    groupBy: fc.array(expression, { maxLength: 2 }),
    having: maybe('having', expression),
    excludeWhen: maybe('excludeWhen', expression),
    orderBy: fc.array(
      fc.tuple(expression, fc.boolean()).map(([one, descending]) => ({ kind: 'sort' as const, expression: one, descending, span })),
      { maxLength: 2 },
    ),
    limit: maybe(
      'limit',
      fc.nat().map((value) => ({ kind: 'literal' as const, value, span })),
    ),
    appends: fc.array(name, { maxLength: 2 }),
    lookups: fc.array(
      fc
        .tuple(name, fc.boolean(), fc.tuple(maybe('table', name), name), bareTable, name)
        .map(([one, include, [owner, column], target, targetColumn]) => ({
          kind: 'lookup' as const,
          name: one,
          include,
          column: { kind: 'column' as const, ...owner, column, span },
          target,
          targetColumn,
          span,
        })),
      { maxLength: 2 },
    ),
  })
  .map(({ parameters, parent, distinct, items, from, joins, where, groupBy, having, excludeWhen, orderBy, limit, appends, lookups }) => ({
    kind: 'filter',
    parameters,
    ...parent,
    select: {
      kind: 'select',
      ...distinct,
      items,
      ...('parent' in parent ? {} : { from }),
      joins,
      ...where,
      groupBy,
      ...having,
      ...excludeWhen,
      orderBy,
      ...limit,
      span,
    },
    appends,
    lookups,
    comments: [],
    span,
  }));
