import type { Fix, Name, Problem } from '../text/problem.ts';
import { type Cursor, createCursor } from './cursor.ts';
import { createExpressionReader, type ExpressionReader } from './parse-expression.ts';
import { parseTable } from './parse-join.ts';
import { parseLiteral } from './parse-operand.ts';
import { parseSelect } from './parse-select.ts';
import { tokenize } from './tokens.ts';
import type { FilterTree, LookupNode, ParameterNode, SelectNode } from './tree.ts';

/** Reads a filter as far as it goes; never throws. No tree only where there is nothing but blanks and comments. */
export function parseFilter(text: string): { readonly tree: FilterTree | undefined; readonly problems: readonly Problem[] } {
  const { tokens, comments, problems } = tokenize(text);
  const cursor = createCursor(tokens, problems);
  if (cursor.peek().kind === 'end' && problems.length === 0) {
    cursor.report('syntax', 'The filter is empty. It begins with "select" and its columns.', cursor.peek().span);
    return { tree: undefined, problems: cursor.problems };
  }
  const reader = createExpressionReader(cursor);
  const parameters: ParameterNode[] = [];
  const appends: Name[] = [];
  const lookups: LookupNode[] = [];
  let parent: Name | undefined;
  let select: SelectNode | undefined;
  while (cursor.peek().kind !== 'end') {
    const { span } = cursor.peek();
    if (cursor.isWord('select')) {
      if (select)
        cursor.report(
          'syntax',
          'A filter is one query; this is a second one. To add the rows of another filter, write append and its name.',
          span,
        );
      const read = parseSelect(reader, parent !== undefined);
      select ??= read;
    } else if (cursor.isWord('parameter')) {
      if (select) cursor.report('syntax', 'Parameters belong before "select".', span);
      parameters.push(parseParameter(reader));
    } else if (cursor.acceptWord('extends')) {
      if (select || parent) cursor.report('syntax', 'A filter extends one other filter, named before "select".', span);
      parent = cursor.expectName('The name of a filter');
    } else if (cursor.acceptWord('append')) {
      if (lookups.length > 0) cursor.report('syntax', '"append" belongs before the lookups.', span);
      appends.push(cursor.expectName('The name of a filter'));
    } else if (cursor.isWord('lookup')) lookups.push(parseLookup(reader));
    else if (select && appends.length + lookups.length > 0 && cursor.isWord(...clauseWords))
      lateClause(cursor, text, select, appends.length > 0);
    else if (cursor.acceptSymbol(';')) endOfQuery(cursor);
    else {
      cursor.report('syntax', unexpected(cursor), span);
      do cursor.next();
      while (cursor.peek().kind !== 'end' && !cursor.isSymbol(';') && !cursor.isWord('select', 'parameter', 'extends', 'append', 'lookup'));
    }
    if (!cursor.isSymbol(';')) cursor.skipToPart('This is not expected here.');
  }
  if (!select && cursor.problems.length === 0)
    cursor.report(
      'syntax',
      parent
        ? 'A filter needs "select" and its columns. The tables are those of the filter that it extends.'
        : 'A filter needs "select", its columns, and "from" with a table.',
      cursor.peek().span,
    );
  const tree: FilterTree = {
    kind: 'filter',
    parameters,
    ...(parent && { parent }),
    ...(select && { select }),
    appends,
    lookups,
    comments,
    span: { offset: 0, length: text.length },
  };
  return { tree, problems: cursor.problems };
}

const clauseWords = ['join', 'left', 'anti', 'multiple', 'all', 'where', 'group', 'having', 'exclude', 'order', 'limit'] as const;

/** A clause of the query behind an `append` or a lookup: what is added comes last. */
function lateClause(cursor: Cursor, text: string, select: SelectNode, isAppended: boolean): void {
  const { value, span } = cursor.peek();
  const word = value.toLowerCase();
  const before = isAppended ? 'append' : 'lookup';
  const overAll = word === 'order' || word === 'limit';
  const isJoin = !['where', 'group', 'having', 'exclude', 'order', 'limit'].includes(word);
  const name = isJoin ? 'join' : word === 'order' || word === 'group' ? `${word} by` : word;
  const end = cursor.end();
  do cursor.next();
  while (cursor.isWord('join') || (!cursor.atPart() && !cursor.isSymbol(';')));
  const clause = cursor.spanFrom(span.offset);
  const isFree = word === 'order' ? select.orderBy.length === 0 : word === 'limit' && !select.limit;
  // The order stands before a limit that is there.
  const limit = word === 'order' ? limitOf(text, select) : undefined;
  const at = limit ?? select.span.offset + select.span.length;
  const gap = text.slice(end, span.offset);
  const start = span.offset - (gap.length - gap.trimEnd().length);
  const moved = text.slice(clause.offset, clause.offset + clause.length);
  const fix: Fix = {
    title: `Move it before "${before}"`,
    span: { offset: at, length: 0 },
    text: limit === undefined ? `\n${moved}` : `${moved}\n`,
    more: [{ span: { offset: start, length: clause.offset + clause.length - start }, text: '' }],
  };
  const which = !isAppended
    ? ''
    : overAll
      ? ', and holds for all rows together, the appended ones, too'
      : '; appended rows have their own in their filter';
  cursor.report('syntax', `"${name}" stands before "${before}"${which}. Move it there.`, span, isFree ? [fix] : undefined);
}

/** Where the word `limit` of a query stands. */
function limitOf(text: string, { limit, span }: SelectNode): number | undefined {
  if (!limit) return undefined;
  // It is the last token before its number; a comment may stand between the two.
  const [word] = tokenize(text.slice(span.offset, limit.span.offset))
    .tokens.filter(({ kind }) => kind !== 'end')
    .slice(-1);
  return word && span.offset + word.span.offset;
}

function unexpected(cursor: Cursor): string {
  return cursor.isWord('insert', 'update', 'delete', 'create', 'drop', 'alter', 'pragma', 'attach', 'vacuum', 'with', 'replace')
    ? 'A filter reads rows and nothing else: it begins with its parameters or with "select".'
    : 'This is not expected here. A filter begins with its parameters or with "select".';
}

/** One semicolon at the very end is habit, and harmless. */
function endOfQuery(cursor: Cursor): void {
  if (cursor.peek().kind !== 'end') cursor.report('syntax', 'A filter is one query; nothing follows a semicolon.', cursor.peek().span);
  while (cursor.peek().kind !== 'end') cursor.next();
}

function parseParameter(reader: ExpressionReader): ParameterNode {
  const { cursor } = reader;
  const { offset } = cursor.next().span;
  const name = cursor.expectName('The name of the parameter');
  const type = cursor.acceptName();
  if (!type)
    cursor.report('syntax', 'The type of the parameter is expected here: text, number, boolean, date or datetime.', cursor.peek().span);
  let session: Name | undefined;
  if (cursor.acceptWord('from')) {
    cursor.expectWord('session', 'after "from"');
    cursor.expectSymbol('.', 'after "session"');
    session = cursor.expectName('The name of a session variable', true);
  }
  let value: ParameterNode['default'];
  if (cursor.acceptWord('default')) {
    const { span } = cursor.peek();
    value = parseLiteral(reader);
    if (!value)
      cursor.report('syntax', 'A value is expected after "default": a text in single quotes, a number, true, false or null.', span);
  }
  const span = cursor.spanFrom(offset);
  return {
    kind: 'parameter-declaration',
    name,
    ...(type && { type }),
    ...(session && { session }),
    ...(value && { default: value }),
    span,
  };
}

function parseLookup(reader: ExpressionReader): LookupNode {
  const { cursor } = reader;
  const { offset } = cursor.next().span;
  const name = cursor.expectName('The name of the lookup');
  const include = cursor.acceptWord('include') !== undefined;
  if (!include && !cursor.acceptWord('exclude'))
    cursor.report('syntax', '"include" or "exclude" is expected after the name of a lookup.', cursor.peek().span);
  // A column alone: `in` after it belongs to the lookup, not to an expression.
  const start = cursor.peek().span.offset;
  const first = cursor.expectName('A column');
  const second = cursor.acceptSymbol('.') ? cursor.expectName('A column', true) : undefined;
  const column = { kind: 'column', ...(second && { table: first }), column: second ?? first, span: cursor.spanFrom(start) } as const;
  cursor.expectWord('in', 'after the column');
  const target = parseTable(reader, false);
  cursor.expectSymbol('.', 'after the table: a lookup looks into system.table.column');
  const targetColumn = cursor.expectName('The column to look into', true);
  return { kind: 'lookup', name, include, column, target, targetColumn, span: cursor.spanFrom(offset) };
}
