import type { ExpressionReader } from './parse-expression.ts';
import { parseAlias, parseJoins, parseTable } from './parse-join.ts';
import { parseLiteral } from './parse-operand.ts';
import type { Expression, JoinNode, Literal, SelectItem, SelectNode, SortNode, TableNode } from './tree.ts';

type Clauses = { -readonly [K in 'where' | 'having' | 'excludeWhen']?: Expression } & {
  limit?: Literal;
  groupBy: Expression[];
  orderBy: SortNode[];
  /** Those that stand too late. */
  joins: JoinNode[];
};

/** Reads from `select` to the last clause. A filter that extends another has no `from` of its own. */
export function parseSelect(reader: ExpressionReader, extending: boolean): SelectNode {
  const { cursor } = reader;
  const { offset } = cursor.next().span;
  const distinct = cursor.acceptWord('distinct') !== undefined;
  const distinctOn = distinct && cursor.acceptWord('on') ? parseDistinctOn(reader) : undefined;
  const items = [parseItem(reader)];
  while (cursor.acceptSymbol(',')) items.push(parseItem(reader));
  let from: TableNode | undefined;
  if (extending && !cursor.isWord('from')) {
    if (!cursor.isSymbol(';')) cursor.skipToPart('A comma before the next column, or a join or clause, is expected here.');
  } else {
    if (!cursor.isWord('from')) cursor.skipToPart('A comma before the next column, or "from", is expected here.');
    const { span } = cursor.peek();
    if (cursor.expectWord('from', 'after the columns')) from = parseTable(reader);
    if (extending && from)
      cursor.report('syntax', 'A filter that extends another takes its tables from there. Leave out "from"; joins may follow.', span);
  }
  const joins = from || extending ? parseJoins(reader) : [];
  const { joins: late, ...clauses } = parseClauses(reader);
  return {
    kind: 'select',
    distinct,
    ...(distinctOn && { distinctOn }),
    items,
    ...(from && { from }),
    joins: [...joins, ...late],
    ...clauses,
    span: cursor.spanFrom(offset),
  };
}

function parseDistinctOn(reader: ExpressionReader): Expression {
  const { cursor } = reader;
  cursor.expectSymbol('(', 'after "distinct on"');
  const expression = reader.expression();
  cursor.expectSymbol(')', 'after the column');
  return expression;
}

function parseItem(reader: ExpressionReader): SelectItem {
  const { cursor } = reader;
  const { offset } = cursor.peek().span;
  if (cursor.acceptSymbol('*')) return { kind: 'star-item', span: cursor.spanFrom(offset) };
  const [first, dot, star] = [cursor.peek(), cursor.peek(1), cursor.peek(2)];
  const dotted = dot.kind === 'symbol' && dot.value === '.' && star.kind === 'symbol' && star.value === '*';
  if (dotted && (first.kind === 'word' || first.kind === 'name')) {
    for (let i = 0; i < 3; i++) cursor.next();
    return { kind: 'star-item', table: { text: first.value, span: first.span }, span: cursor.spanFrom(offset) };
  }
  const typed = cursor.peek(1).kind === 'word' && cursor.peek(2).kind === 'script';
  if (cursor.isWord('script') && (typed || cursor.peek(1).kind === 'script')) return parseScript(reader, typed);
  const expression = reader.expression();
  const alias = parseAlias(reader);
  return { kind: 'column-item', expression, ...(alias && { alias }), span: cursor.spanFrom(offset) };
}

/** `script [type] $$ … $$ as name` */
function parseScript(reader: ExpressionReader, typed: boolean): SelectItem {
  const { cursor } = reader;
  const { offset } = cursor.next().span;
  const word = typed ? cursor.next() : undefined;
  const { value: code, span } = cursor.next();
  const alias = parseAlias(reader);
  if (!alias) cursor.report('syntax', '"as" and a name are expected after a script column.', cursor.peek().span);
  return {
    kind: 'script-item',
    ...(word && { type: { text: word.value, span: word.span } }),
    code,
    codeSpan: { offset: span.offset + 2, length: code.length },
    ...(alias && { alias }),
    span: cursor.spanFrom(offset),
  };
}

/** The clauses in the order they must stand in. */
const order = ['where', 'group', 'having', 'exclude', 'order', 'limit'] as const;

function parseClauses(reader: ExpressionReader): Clauses {
  const { cursor } = reader;
  const clauses: Clauses = { groupBy: [], orderBy: [], joins: [] };
  let last = -1;
  for (;;) {
    const rank = order.findIndex((word) => cursor.isWord(word));
    const clause = order[rank];
    if (clause === undefined) {
      if (cursor.isWord('join', 'left', 'anti', 'multiple', 'all')) {
        cursor.report('syntax', 'Joins stand before "where" and what follows it. Move this one there.', cursor.peek().span);
        // Read all the same, so that its alias is known.
        clauses.joins.push(...parseJoins(reader));
        continue;
      }
      if (cursor.isWord('from', 'select')) {
        cursor.report('syntax', 'A filter is one query; this is a second one.', cursor.peek().span);
        do cursor.next();
        while (!cursor.atPart() || cursor.isWord('from', 'select'));
        continue;
      }
      if (cursor.atPart() || cursor.isSymbol(';')) return clauses;
      cursor.next();
      cursor.skipToPart('This is not expected here. A clause such as where, order by or lookup may follow.');
      continue;
    }
    const { span } = cursor.peek();
    if (rank === last) cursor.report('syntax', `There is a second "${clause}". Join the two into one.`, span);
    else if (rank < last) cursor.report('syntax', `"${clause}" belongs before "${order[last] ?? ''}".`, span);
    last = Math.max(last, rank);
    cursor.next();
    parseClause(reader, clause, clauses);
    if (!cursor.isSymbol(';')) cursor.skipToPart('This is not expected here. Is an operator or a comma missing before it?');
  }
}

function parseClause(reader: ExpressionReader, clause: (typeof order)[number], into: Clauses): void {
  const { cursor } = reader;
  switch (clause) {
    case 'where':
    case 'having':
      into[clause] = reader.expression();
      break;
    case 'exclude':
      cursor.expectWord('when', 'after "exclude"');
      into.excludeWhen = reader.expression();
      break;
    case 'group':
      cursor.expectWord('by', 'after "group"');
      do into.groupBy.push(reader.expression());
      while (cursor.acceptSymbol(','));
      break;
    case 'order':
      cursor.expectWord('by', 'after "order"');
      do into.orderBy.push(parseSort(reader));
      while (cursor.acceptSymbol(','));
      break;
    case 'limit': {
      const { span } = cursor.peek();
      const limit = parseLiteral(reader);
      const valid = typeof limit?.value === 'number' && Number.isInteger(limit.value) && limit.value >= 0;
      if (limit && valid) into.limit = limit;
      else cursor.report('syntax', 'A whole number of rows is expected after "limit".', limit?.span ?? span);
    }
  }
}

function parseSort(reader: ExpressionReader): SortNode {
  const { cursor } = reader;
  const { offset } = cursor.peek().span;
  const expression = reader.expression();
  const descending = cursor.acceptWord('desc') !== undefined;
  if (!descending) cursor.acceptWord('asc');
  return { kind: 'sort', expression, descending, span: cursor.spanFrom(offset) };
}
