import type { Drift, Evidence } from '../../../../engine/run/records.ts';
import { element, foreign, icon } from '../dom.ts';
import { count, durationText, endText, grouped, timeText } from '../words.ts';
import { bullets, pairs, section } from './parts.ts';

/** Pages that the chart shows. */
const mostBars = 120;

/** Whether the table is proven complete, and what that rests on: the verdict first, then what speaks against it, then what was counted. */
export function evidenceElement(evidence: Evidence): HTMLElement {
  const { complete, caps, notes, assumed, duplicates, failedParents = [], gaps = [], drift, rowsPerPage } = evidence;
  const verdict = complete
    ? 'Complete: the end was known, and nothing was capped, skipped or failed.'
    : 'Not proven complete: no delete and no removal may rest on this table.';
  return element(
    'div',
    {},
    element(
      'p',
      { class: complete ? 'verdict good' : 'verdict doubtful' },
      icon(complete ? 'pass' : 'warning'),
      element('span', { text: verdict }),
    ),
    caps.length === 0 ? undefined : section('Limits of this run that cut it short', bullets(caps)),
    notes.length === 0 ? undefined : section(complete ? 'Still suspicious' : 'Why', bullets(notes)),
    failedParents.length === 0 ? undefined : section('Parents that failed and were skipped', failedTable(evidence)),
    drift === undefined ? undefined : section(`Since the collection of ${timeText(drift.since)}`, driftElement(drift, evidence.rows)),
    section('Counted', pairs(countedPairs(evidence)), saysSomething(rowsPerPage) ? pagesChart(rowsPerPage) : undefined),
    gaps.length === 0 ? undefined : section('Columns that rows left out, or had as null', gapsTable(gaps, evidence.rows)),
    duplicates.count === 0 ? undefined : section(`Keys that several rows have: ${grouped(duplicates.count)}`, bullets(duplicates.samples)),
    assumed.length === 0 ? undefined : section('Assumed, where the format is silent', bullets(assumed)),
    element(
      'p',
      { class: 'quiet read' },
      foreign(`Read from ${timeText(evidence.startedAt)} in ${durationText(evidence.endedAt - evidence.startedAt)}.`),
    ),
  );
}

function failedTable({ failedParents = [], parents }: Evidence): HTMLElement {
  const more = (parents?.skipped ?? 0) - failedParents.length;
  return element(
    'div',
    {},
    table(
      ['Parent', 'What happened'],
      failedParents.map(({ parent, message }) => [foreign(parent), foreign(message)]),
    ),
    more > 0 ? element('p', { class: 'quiet', text: `and ${grouped(more)} more` }) : undefined,
  );
}

/** `+12 rows`, columns that came and went. */
function driftElement(drift: Drift, rows: number): HTMLElement {
  return element(
    'div',
    {},
    pairs([
      ['Rows', `${grouped(drift.rowsBefore)} before, ${grouped(rows)} now (${driftText(drift, rows)})`],
      ['Columns new', drift.columnsNew.length === 0 ? 'none' : drift.columnsNew.join(', ')],
      ['Columns gone', drift.columnsGone.length === 0 ? 'none' : drift.columnsGone.join(', ')],
    ]),
  );
}

/** `+12`, `−3 (−1 %)`, `as many`. */
export function driftText({ rowsBefore }: Drift, rows: number): string {
  const change = rows - rowsBefore;
  if (change === 0) return 'as many';
  const sign = change > 0 ? '+' : '\u2212';
  const share = rowsBefore === 0 ? '' : `, ${sign}${String(Math.round((Math.abs(change) / rowsBefore) * 100))} %`;
  return `${sign}${grouped(Math.abs(change))}${share}`;
}

function gapsTable(gaps: NonNullable<Evidence['gaps']>, rows: number): HTMLElement {
  const part = (number: number): HTMLElement => {
    const bar = element('span', { class: 'meter', attributes: { 'aria-hidden': 'true' } });
    bar.style.setProperty('--part', `${String(rows === 0 ? 0 : Math.min(100, (number / rows) * 100))}%`);
    return element('span', { class: 'metered' }, element('span', { class: 'figure', text: number === 0 ? '' : grouped(number) }), bar);
  };
  return table(
    ['Column', 'Absent', 'Null'],
    gaps.map(({ column, absent, null: sent }) => [foreign(column), part(absent), part(sent)]),
  );
}

/** Pages that are all alike, but perhaps the last, need no picture. */
function saysSomething(rowsPerPage: readonly number[]): boolean {
  return rowsPerPage.length > 2 && new Set(rowsPerPage.slice(0, -1)).size > 1;
}

function evenText(rowsPerPage: readonly number[]): string {
  const [first = 0] = rowsPerPage;
  const last = rowsPerPage.at(-1) ?? 0;
  return last === first ? `${grouped(first)} each` : `${grouped(first)} each, ${grouped(last)} on the last`;
}

/** Rows of each page as bars: the short page, the one that repeats, the one that is empty. */
function pagesChart(rowsPerPage: readonly number[]): HTMLElement {
  const shown = rowsPerPage.slice(0, mostBars);
  const most = Math.max(1, ...shown);
  const least = Math.min(...shown);
  const chart = element('div', {
    class: 'chart',
    attributes: {
      role: 'img',
      'aria-label': `Rows of ${count(shown.length, 'page')}: at least ${grouped(least)}, at most ${grouped(most)}, the last one ${grouped(shown.at(-1) ?? 0)}.`,
    },
  });
  shown.forEach((rows, at) => {
    const bar = element('span', {
      attributes: { title: `Page ${String(at + 1)}: ${count(rows, 'row')}` },
      class: rows * 2 < most ? 'less' : '',
    });
    bar.style.height = `${String((rows / most) * 100)}%`;
    chart.append(bar);
  });
  return element(
    'div',
    { class: 'charted' },
    chart,
    element('p', {
      class: 'quiet',
      text: `Rows per page: ${grouped(least)} to ${grouped(most)}${rowsPerPage.length > mostBars ? `; the first ${String(mostBars)} of ${grouped(rowsPerPage.length)} pages` : ''}`,
    }),
  );
}

function table(head: readonly string[], rows: readonly (readonly Node[])[]): HTMLElement {
  return element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...head.map((text) => element('th', { text, attributes: { scope: 'col' } })))),
    element(
      'tbody',
      {},
      ...rows.map(([first, ...others]) =>
        element('tr', {}, element('th', { attributes: { scope: 'row' } }, first), ...others.map((cell) => element('td', {}, cell))),
      ),
    ),
  );
}

function countedPairs(evidence: Evidence): readonly (readonly [string, string])[] {
  const { rows, pages, calls, retries, announced, parents, duplicates, caps, rowsPerPage } = evidence;
  return [
    [
      'Rows',
      announced === undefined
        ? `${grouped(rows)}; the API announced no total`
        : `${grouped(rows)} received, ${grouped(announced)} announced${rows === announced ? '' : ': they differ'}`,
    ],
    ['Pages', `${grouped(pages)}; it ended because ${endText(evidence)}`],
    ...(rowsPerPage.length > 1 && !saysSomething(rowsPerPage) ? [['Rows per page', evenText(rowsPerPage)] as const] : []),
    ['Calls', `${grouped(calls)}, ${count(retries, 'retry', 'retries')}`],
    ...(parents === undefined ? [] : [['Parents', parentsText(parents, caps.length > 0)] as const]),
    ['Duplicate keys', duplicates.count === 0 ? 'none' : grouped(duplicates.count)],
  ];
}

/** A run that a limit stopped never asked for all of its parents, and does not say for how many it did. */
function parentsText({ total, skipped }: NonNullable<Evidence['parents']>, isCapped: boolean): string {
  const all = isCapped ? `at most ${count(total, 'parent')}, stopped early` : grouped(total);
  return `${all}, ${grouped(skipped)} skipped`;
}
