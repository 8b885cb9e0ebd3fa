import type { Cursor } from './cursor.ts';
import type { ExpressionReader } from './parse-expression.ts';
import type { ColumnNode, GroupNode, JoinMode, JoinNode, TableNode, ViaNode } from './tree.ts';
import { reservedWords } from './words.ts';

/** Joins inside each other; deeper is refused. */
const maxNesting = 10;

const modes: ReadonlyMap<string, JoinMode> = new Map<string, JoinMode>([
  ['left', 'left'],
  ['anti', 'anti'],
  ['multiple', 'multiple'],
  ['all', 'all'],
]);

/** Joins of SQL that are none here, and what to write. */
const elsewhere: ReadonlyMap<string, { readonly mode: JoinMode; readonly advice: string }> = new Map<
  string,
  { readonly mode: JoinMode; readonly advice: string }
>([
  ['right', { mode: 'left', advice: 'Swap the two tables: the one whose rows all stay stands before "left join".' }],
  [
    'full',
    { mode: 'left', advice: 'Write a left join, and append a filter that begins with the other table and has an anti join to this one.' },
  ],
  ['cross', { mode: 'any', advice: 'Where every row is to meet every row, write "join … on 1 = 1".' }],
  ['natural', { mode: 'any', advice: 'Write "join": without "on" it follows the relation of the data model.' }],
]);

/** How many words stand before the `join` of one that is none here; 0 where none follows. */
function wordsElsewhere(cursor: Cursor): number {
  const wordAt = (ahead: number): string => (cursor.peek(ahead).kind === 'word' ? cursor.peek(ahead).value.toLowerCase() : '');
  if (!elsewhere.has(wordAt(0))) return 0;
  if (wordAt(1) === 'join') return 1;
  return ['outer', 'inner', 'left', 'right', 'full'].includes(wordAt(1)) && wordAt(2) === 'join' ? 2 : 0;
}

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
  return cursor.acceptWord('as')
    ? cursor.expectName('A name after "as"', true)
    : wordsElsewhere(cursor) > 0
      ? undefined
      : cursor.acceptName();
}

/** Reads joins as long as there are any. */
export function parseJoins(reader: ExpressionReader, nesting = 0): readonly JoinNode[] {
  const { cursor } = reader;
  const joins: JoinNode[] = [];
  while (cursor.isWord('join', ...modes.keys()) || wordsElsewhere(cursor) > 0) joins.push(parseJoin(reader, nesting));
  return joins;
}

function parseJoin(reader: ExpressionReader, nesting: number): JoinNode {
  const { cursor } = reader;
  const { offset } = cursor.peek().span;
  const mode = refusedMode(cursor) ?? modes.get(cursor.peek().value.toLowerCase());
  if (mode && !cursor.isWord('join')) cursor.next();
  cursor.expectWord('join', mode ? `after "${mode}"` : 'here');
  const recursive = cursor.acceptWord('recursive') !== undefined;
  const source = cursor.isSymbol('(') ? parseGroup(reader, nesting + 1) : parseTable(reader);
  const reference = cursor.isWord('via') ? parseReference(reader) : undefined;
  const via = !reference && cursor.isWord('via') ? parseVia(reader) : undefined;
  const on = cursor.acceptWord('on') ? reader.expression() : undefined;
  const span = cursor.spanFrom(offset);
  return {
    kind: 'join',
    mode: mode ?? 'any',
    recursive,
    source,
    ...(via && { via }),
    ...(reference && { reference }),
    ...(on && { on }),
    span,
  };
}

/** Says what to write for a join that is none here, and goes on to its `join`; how it is read then. */
function refusedMode(cursor: Cursor): JoinMode | undefined {
  const count = wordsElsewhere(cursor);
  const refused = elsewhere.get(cursor.peek().value.toLowerCase());
  if (count === 0 || !refused) return undefined;
  const { value, span } = cursor.peek();
  cursor.report('syntax', `There is no "${value.toLowerCase()} join" here. ${refused.advice}`, span);
  for (let i = 0; i < count; i++) cursor.next();
  return refused.mode;
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

/** Reads `via reference`; undefined where a link table follows, or might. */
function parseReference({ cursor }: ExpressionReader): ColumnNode | undefined {
  const isName = (ahead: number): boolean => cursor.peek(ahead).kind === 'name' || cursor.peek(ahead).kind === 'word';
  const isAt = (ahead: number, symbol: string): boolean => cursor.peek(ahead).kind === 'symbol' && cursor.peek(ahead).value === symbol;
  const first = cursor.peek(1);
  if (!isName(1) || (first.kind === 'word' && reservedWords.has(first.value.toLowerCase()))) return undefined;
  const dotted = isAt(2, '.');
  if ((dotted && !isName(3)) || isAt(dotted ? 4 : 2, '(')) return undefined;
  cursor.next();
  const { offset } = cursor.peek().span;
  const name = cursor.expectName('A reference');
  const column = cursor.acceptSymbol('.') ? cursor.expectName('A reference', true) : undefined;
  return { kind: 'column', ...(column && { table: name }), column: column ?? name, span: cursor.spanFrom(offset) };
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
