import type { ExpressionReader } from './parse-expression.ts';
import type { GroupNode, JoinMode, JoinNode, TableNode, ViaNode } from './tree.ts';

/** Joins inside each other; deeper is refused. */
const maxNesting = 10;

const modes: ReadonlyMap<string, JoinMode> = new Map<string, JoinMode>([
  ['left', 'left'],
  ['anti', 'anti'],
  ['multiple', 'multiple'],
  ['all', 'all'],
]);

/** Reads `system.table [as alias]`. */
export function parseTable(reader: ExpressionReader, withAlias = true): TableNode {
  const { cursor } = reader;
  const { offset } = cursor.peek().span;
  const first = cursor.expectName('A table, written system.table,');
  const table = cursor.acceptSymbol('.') ? cursor.expectName('The name of a table', true) : undefined;
  const alias = withAlias ? parseAlias(reader) : undefined;
  const span = cursor.spanFrom(offset);
  return { kind: 'table', ...(table && { system: first }), table: table ?? first, ...(alias && { alias }), span };
}

/** Reads `[as] name`, where there is one. */
export function parseAlias({ cursor }: ExpressionReader): TableNode['alias'] {
  return cursor.acceptWord('as') ? cursor.expectName('A name after "as"', true) : cursor.acceptName();
}

/** Reads joins as long as there are any. */
export function parseJoins(reader: ExpressionReader, nesting = 0): readonly JoinNode[] {
  const { cursor } = reader;
  const joins: JoinNode[] = [];
  while (cursor.isWord('join', ...modes.keys())) joins.push(parseJoin(reader, nesting));
  return joins;
}

function parseJoin(reader: ExpressionReader, nesting: number): JoinNode {
  const { cursor } = reader;
  const { offset } = cursor.peek().span;
  const mode = modes.get(cursor.peek().value.toLowerCase());
  if (mode) cursor.next();
  cursor.expectWord('join', mode ? `after "${mode}"` : 'here');
  const recursive = cursor.acceptWord('recursive') !== undefined;
  const source = cursor.isSymbol('(') ? parseGroup(reader, nesting + 1) : parseTable(reader);
  const via = cursor.isWord('via') ? parseVia(reader) : undefined;
  const on = cursor.acceptWord('on') ? reader.expression() : undefined;
  const span = cursor.spanFrom(offset);
  return { kind: 'join', mode: mode ?? 'any', recursive, source, ...(via && { via }), ...(on && { on }), span };
}

function parseGroup(reader: ExpressionReader, nesting: number): GroupNode {
  const { cursor } = reader;
  const { offset } = cursor.next().span;
  if (nesting > maxNesting) {
    cursor.report('too-deep', `Joins may be nested ${maxNesting} deep, not more.`, cursor.peek().span);
    let open = 1;
    while (cursor.peek().kind !== 'end' && open > 0) {
      const { kind, value } = cursor.next();
      if (kind === 'symbol') open += value === '(' ? 1 : value === ')' ? -1 : 0;
    }
    const span = cursor.spanFrom(offset);
    return { kind: 'group', table: { kind: 'table', table: { text: '', span }, span }, joins: [], span };
  }
  const table = parseTable(reader);
  const joins = parseJoins(reader, nesting);
  cursor.expectSymbol(')', 'after the joins in brackets');
  return { kind: 'group', table, joins, span: cursor.spanFrom(offset) };
}

function parseVia(reader: ExpressionReader): ViaNode {
  const { cursor } = reader;
  const { offset } = cursor.next().span;
  const link = parseTable(reader, false);
  cursor.expectSymbol('(', 'after the link table');
  const near = cursor.expectName('The column that refers to a table so far', true);
  cursor.expectSymbol(',', 'between the two columns');
  const far = cursor.expectName('The column that refers to the joined table', true);
  cursor.expectSymbol(')', 'after the two columns');
  return { kind: 'via', link, near, far, span: cursor.spanFrom(offset) };
}
