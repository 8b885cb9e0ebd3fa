import { InlayHintKind, type InlayHint } from 'vscode-languageserver/node';
import { vaultTableName } from '../../../engine/model/system/catalog.ts';
import type { Span } from '../../../engine/model/text/problem.ts';
import type { FilterInsight, InsightStep } from '../../../engine/run/filter/insight/insight.ts';
import { rangeOf } from '../../convert.ts';
import { counted } from '../connector/collected.ts';
import type { OpenFilter } from './document.ts';

/** Behind each part of a filter the rows that are left after it: `→ 1,204 rows`; behind tables that are not there, that they are not. Only within `span`. */
export function rowHints(filter: OpenFilter, insight: FilterInsight, span: Span): InlayHint[] {
  const missing = new Set(insight.missing);
  const unread = [...filter.bound.tables, ...filter.bound.lookups.map(({ table }) => table)].filter(
    (table) => table.span.length > 0 && missing.has(vaultTableName(table.system, table.table)),
  );
  const parts = [
    ...insight.steps
      .filter(({ kind }) => kind !== 'result')
      .map((step) => ({ end: endOf(filter.text, step.span), label: labelOf(step), tooltip: tooltipOf(step, insight) })),
    ...unread.map(({ span: own, system, table }) => ({
      end: endOf(filter.text, own),
      label: 'not collected',
      tooltip: `${system}.${table} was not collected yet, so what is behind it is not counted. Collect ${system} first.`,
    })),
  ];
  const whole = insight.steps.filter(({ kind }) => kind === 'result');
  const hints = [
    ...whole.map((step) => ({ end: resultEnd(filter, step.span, parts), label: labelOf(step), tooltip: tooltipOf(step, insight) })),
    ...parts,
  ];
  return hints
    .filter(({ end }) => end >= span.offset && end <= span.offset + span.length)
    .map(({ end, label, tooltip }) => ({
      position: rangeOf(filter.lines, { offset: end, length: 0 }).start,
      label,
      tooltip,
      kind: InlayHintKind.Type,
      paddingLeft: true,
    }));
}

function labelOf(step: InsightStep): string {
  return `${step.kind === 'append' ? '+' : '→'} ${rowsOf(step)}`;
}

/** `1,204 rows`, `more than 1,000,000 rows` */
export function rowsOf({ rows, more }: InsightStep): string {
  return more ? `more than ${counted(rows)}` : counted(rows);
}

function tooltipOf(step: InsightStep, { without, stopped }: FilterInsight): string {
  const left = without.map((name) => `@${name}`).join(', ');
  return [
    sentenceOf(step),
    ...(without.length > 0
      ? [`Counted without the conditions on ${left}, which ${without.length === 1 ? 'has' : 'have'} no default.`]
      : []),
    ...(stopped ? ['There was no time to count everything.'] : []),
  ].join(' ');
}

function sentenceOf(step: InsightStep): string {
  const rows = rowsOf(step);
  switch (step.kind) {
    case 'parent':
      return `The filter that this one extends leaves ${rows} before its conditions.`;
    case 'from':
      return `The table has ${rows}.`;
    case 'join':
      return `After this join: ${rows}.${matchesOf(step)}`;
    case 'where':
      return `After these conditions: ${rows}.`;
    case 'append':
      return `It adds ${rows}.`;
    case 'result':
      return `The filter gives ${rows}.`;
    case 'lookup':
      return `With this lookup: ${rows}.`;
  }
}

/** ` Of the 5 rows before it 4 met a row, 1 did not.` */
export function matchesOf({ matched, unmatched }: InsightStep): string {
  if (matched === undefined || unmatched === undefined) return '';
  return ` Of the ${counted(matched + unmatched)} before it ${matched.toLocaleString('en')} met a row, ${unmatched.toLocaleString('en')} did not.`;
}

/** The end of the line a part ends on, where nothing but a comment follows it; else the end of the part. */
function endOf(text: string, { offset, length }: Span): number {
  const end = offset + length;
  const rest = /[^\r\n]*/y;
  rest.lastIndex = end;
  const line = rest.exec(text)?.[0] ?? '';
  return /^\s*[,;)]*\s*(--.*)?$/.test(line) ? end + line.trimEnd().length : end;
}

/** The end of the line `select` stands on, unless another part has its rows there: then behind the word itself. */
function resultEnd({ text, lines }: OpenFilter, { offset, length }: Span, parts: readonly { readonly end: number }[]): number {
  const { line } = lines.positionAt(offset);
  if (parts.some(({ end }) => lines.positionAt(end).line === line)) return offset + length;
  const rest = /[^\r\n]*/y;
  rest.lastIndex = offset;
  return offset + (rest.exec(text)?.[0].trimEnd().length ?? length);
}
