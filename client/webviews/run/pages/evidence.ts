import type { Evidence } from '../../../../engine/run/records.ts';
import { element, foreign, icon } from '../dom.ts';
import { bullets, pairs, section } from '../details/parts.ts';
import type { Part } from '../grid/browser.ts';
import { count, durationText, endText, grouped, timeText } from '../words.ts';

/** Whether the table is proven complete, and what that rests on, in words. */
export function evidencePart(evidence: Evidence | undefined): Part {
  if (evidence === undefined) return { node: element('p', { class: 'empty', text: 'The run ended before there was evidence.' }) };
  const { complete, caps, notes, assumed, duplicates } = evidence;
  const verdict = complete
    ? 'Complete: the end was known, and nothing was capped, skipped or failed.'
    : 'Not proven complete: no delete and no removal may rest on this table.';
  return {
    node: element(
      'div',
      { class: 'page-text', attributes: { tabindex: '0' } },
      element(
        'p',
        { class: complete ? 'verdict good' : 'verdict doubtful' },
        icon(complete ? 'pass' : 'warning'),
        element('span', { text: verdict }),
      ),
      caps.length === 0 ? undefined : section('Limits of this run that cut it short', bullets(caps)),
      notes.length === 0 ? undefined : section(complete ? 'Still suspicious' : 'Why', bullets(notes)),
      section('Counted', pairs(countedPairs(evidence))),
      duplicates.count === 0
        ? undefined
        : section(`Keys that several rows have: ${grouped(duplicates.count)}`, bullets(duplicates.samples)),
      assumed.length === 0 ? undefined : section('Assumed, where the format is silent', bullets(assumed)),
      element(
        'p',
        { class: 'quiet' },
        foreign(`Read from ${timeText(evidence.startedAt)} in ${durationText(evidence.endedAt - evidence.startedAt)}.`),
      ),
    ),
  };
}

function countedPairs(evidence: Evidence): readonly (readonly [string, string])[] {
  const { rows, pages, calls, retries, announced, parents, rowsPerPage, duplicates, caps } = evidence;
  const perPage = rowsPerPage.slice(0, 40).map(String).join(', ') + (rowsPerPage.length > 40 ? ', …' : '');
  return [
    [
      'Rows',
      announced === undefined
        ? `${grouped(rows)}; the API announced no total`
        : `${grouped(rows)} received, ${grouped(announced)} announced${rows === announced ? '' : ': they differ'}`,
    ],
    ['Pages', `${grouped(pages)}; it ended because ${endText(evidence)}`],
    ...(rowsPerPage.length > 1 ? [['Rows per page', perPage] as const] : []),
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
