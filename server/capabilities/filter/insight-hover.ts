import type { Hover } from 'vscode-languageserver/node';
import { type BoundJoin, isGroup } from '../../../engine/model/filter/bound.ts';
import { printExpression } from '../../../engine/model/filter/print-expression.ts';
import type { Span } from '../../../engine/model/text/problem.ts';
import type { ColumnFacts } from '../../../engine/run/filter/insight/column-facts.ts';
import type { FilterInsight } from '../../../engine/run/filter/insight/insight.ts';
import { rangeOf } from '../../convert.ts';
import type { ColumnAsked } from '../../column-memory.ts';
import type { TableFacts } from '../../known-facts.ts';
import { ageOf, counted, describeFacts, sampleCode } from '../connector/collected.ts';
import { MarkupKind } from '../connector/json-service.ts';
import { code } from './describe.ts';
import type { OpenFilter } from './document.ts';
import { matchesOf, rowsOf } from './inlay-hints.ts';
import { nameAt, type FilterName } from './names.ts';
import { meaningOfWord } from './word-meanings.ts';

/** What a hover in a filter is about, beyond its text. */
export type Subject =
  | { readonly kind: 'table'; readonly system: string; readonly table: string }
  | { readonly kind: 'column'; readonly asked: ColumnAsked }
  | { readonly kind: 'join'; readonly join: BoundJoin; readonly span: Span };

/** What is at `offset` that the vault can tell about. */
export function subjectAt(filter: OpenFilter, offset: number): Subject | undefined {
  const name = nameAt(filter.bound, offset);
  if (name) return subjectOf(filter, name);
  const join = everyJoin(filter.bound.joins).find(({ node }) => {
    const { offset: start, length } = node.span;
    return length > 0 && start <= offset && offset < node.source.span.offset;
  });
  if (!join) return undefined;
  const start = join.node.span.offset;
  const head = filter.text.slice(start, join.node.source.span.offset).trimEnd();
  return { kind: 'join', join, span: { offset: start, length: head.length } };
}

function subjectOf({ bound }: OpenFilter, name: FilterName): Subject | undefined {
  const meaning =
    name.kind === 'output' && name.column.expression?.kind === 'column' ? bound.meanings.get(name.column.expression) : undefined;
  const column = name.kind === 'column' ? name : meaning?.kind === 'column' ? meaning : undefined;
  if (column) return { kind: 'column', asked: { system: column.table.system, table: column.table.table, column: column.column.name } };
  if (name.kind !== 'table' && name.kind !== 'alias') return undefined;
  return { kind: 'table', system: name.table.system, table: name.table.table };
}

function everyJoin(joins: readonly BoundJoin[]): readonly BoundJoin[] {
  return joins.flatMap((join) => [...(isGroup(join.source) ? everyJoin(join.source.joins) : []), join]);
}

/** A hover with one more paragraph behind its first. */
export function withParagraph(hover: Hover | undefined, text: string): Hover | undefined {
  if (!hover || text === '' || typeof hover.contents !== 'object' || !('value' in hover.contents)) return hover;
  const [first = '', ...rest] = hover.contents.value.split('\n\n');
  return { ...hover, contents: { kind: MarkupKind.Markdown, value: [first, text, ...rest].join('\n\n') } };
}

/** `Filled in 471 of 482 rows (98 %), 12 different values: `'a'` 120, `'b'` 80; collected 2 h ago.` */
export function describeColumnFacts(facts: ColumnFacts, table: TableFacts | undefined, now: number): string {
  const { looked, filled, distinct, more } = facts;
  const of = `${table && table.rows > looked ? 'the first ' : ''}${counted(looked)}`;
  const age = table ? `; collected ${ageOf(table.at, now)}${table.complete ? '' : ', not complete'}` : '';
  if (filled === 0) return `Empty in all of ${of}${age}.`;
  const share = Math.floor((filled / looked) * 100);
  const different = more
    ? `more than ${counted(distinct).replace(/ rows?$/, '')} different values`
    : distinct === 1
      ? 'one value'
      : `${distinct.toLocaleString('en')} different values`;
  return `Filled in ${filled.toLocaleString('en')} of ${of} (${share} %), ${different}${valuesOf(facts)}${age}.`;
}

function valuesOf({ values, secret, type }: ColumnFacts): string {
  if (secret) return ', which are not shown';
  const shown = values.slice(0, 3).map(({ value, rows }) => {
    const text = type === 'boolean' && (value === 0 || value === 1) ? String(value === 1) : String(value);
    return `${sampleCode(text)}${rows > 1 ? ` ${rows.toLocaleString('en')}×` : ''}`;
  });
  return shown.length === 0 ? '' : `: ${shown.join(', ')}${values.length > shown.length ? ', …' : ''}`;
}

export function describeHeld(facts: TableFacts | undefined, now: number): string {
  return facts ? describeFacts(facts, now) : '';
}

/** What a join does, what it compares, and how many rows it leaves. */
export function hoverJoin(
  filter: OpenFilter,
  { join, span }: Extract<Subject, { kind: 'join' }>,
  insight: FilterInsight | undefined,
): Hover {
  const { node, on, via, recursion } = join;
  const head = isGroup(join.source) ? join.source.table : join.source;
  const word = node.mode === 'any' ? 'join' : `${node.mode} join`;
  const step = insight?.steps.find(({ kind, span: own }) => kind === 'join' && own.offset === node.span.offset);
  const how = via
    ? `Through ${code(`${via.link.system}.${via.link.table}`)}: ${code(via.near)} and ${code(via.far)}.`
    : on
      ? `On ${code(printExpression(on))}${node.reference ? `, by the reference ${code(node.reference.column.text)}` : node.on ? '' : ', as the data model relates them'}.`
      : '';
  const tree = recursion
    ? `Every row ${recursion.direction === 'up' ? 'above' : 'below'} along ${code(recursion.parent)}, the first one included.`
    : '';
  const value = [
    `${code(node.recursive ? `${word} recursive` : word)} ${code(`${head.system}.${head.table}`)}: ${meaningOfWord(word) ?? ''}`,
    how,
    tree,
    step ? `After it ${rowsOf(step)}.${matchesOf(step)}` : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
  return { contents: { kind: MarkupKind.Markdown, value }, range: rangeOf(filter.lines, span) };
}
