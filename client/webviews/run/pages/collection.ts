import type { CollectionReport, TableOutcome } from '../../../../engine/run/records.ts';
import { driftText, evidenceElement } from '../details/evidence.ts';
import { section, stateHeading } from '../details/parts.ts';
import { element, foreign, icon } from '../dom.ts';
import { errorText } from '../error-text.ts';
import { createBrowser } from '../grid/browser.ts';
import type { GridColumn } from '../grid/model.ts';
import type { Part } from '../part.ts';
import { stateOf, type TableState } from '../states.ts';
import { durationText, grouped } from '../words.ts';

const columns: readonly GridColumn<TableOutcome>[] = [
  { name: 'Table', value: ({ table }) => table },
  {
    name: 'Outcome',
    value: (outcome) => stateOf(outcome).text,
    mark: (outcome) => ({ class: stateOf(outcome).tone, icon: stateOf(outcome).icon }),
    width: 130,
  },
  {
    name: 'Rows',
    value: ({ evidence }) => evidence?.rows ?? null,
    text: ({ evidence }) => numberText(evidence?.rows),
    numeric: true,
    width: 70,
  },
  {
    name: 'Change',
    value: ({ evidence }) => evidence?.drift?.rowsBefore ?? null,
    text: ({ evidence }) => (evidence?.drift === undefined ? '' : driftText(evidence.drift, evidence.rows)),
    numeric: true,
    width: 116,
  },
  {
    name: 'Time',
    value: ({ evidence }) => (evidence === undefined ? null : evidence.endedAt - evidence.startedAt),
    text: ({ evidence }) => (evidence === undefined ? '' : durationText(evidence.endedAt - evidence.startedAt)),
    numeric: true,
    width: 74,
  },
  {
    name: 'Calls',
    value: ({ evidence }) => evidence?.calls ?? null,
    text: ({ evidence }) => numberText(evidence?.calls),
    numeric: true,
    width: 66,
  },
  {
    name: 'Retries',
    value: ({ evidence }) => evidence?.retries ?? null,
    text: ({ evidence }) => (evidence === undefined || evidence.retries === 0 ? '' : grouped(evidence.retries)),
    numeric: true,
    width: 88,
  },
  { name: 'What to know', value: whatToKnow, width: 420 },
];

function numberText(number: number | undefined): string {
  return number === undefined ? '' : grouped(number);
}

/** Said of a table that this run did not have to ask for. */
const broughtBefore = 'Brought in before: this run went on from there.';

function whatToKnow(outcome: TableOutcome): string {
  const { evidence, earlier } = outcome;
  const columnsOf = (what: string, names: readonly string[] = []): string => (names.length === 0 ? '' : `${what}: ${names.join(', ')}`);
  return [
    earlier === true ? broughtBefore : '',
    errorText(outcome) ?? '',
    ...(evidence?.caps ?? []),
    ...(evidence?.notes ?? []),
    columnsOf('columns new', evidence?.drift?.columnsNew),
    columnsOf('columns gone', evidence?.drift?.columnsGone),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** The tables of a collection; the one that went wrong first is looked at first. */
export function collectionPart({ tables, system }: CollectionReport): Part {
  const rank: Readonly<Record<TableState['tone'], number>> = { bad: 0, doubtful: 1, good: 2 };
  const worst = tables.reduce<number>((least, outcome) => Math.min(least, rank[stateOf(outcome).tone]), 2);
  return createBrowser({
    label: `Tables of ${system}`,
    noun: 'table',
    columns,
    rows: tables,
    startAt: Math.max(
      0,
      tables.findIndex((outcome) => rank[stateOf(outcome).tone] === worst),
    ),
    fileName: `${system} collection`,
    whenEmpty: 'The collection had no table.',
    rowClass: (outcome) => (stateOf(outcome).tone === 'bad' ? 'failed' : undefined),
    details: tableDetails,
  });
}

function tableDetails(outcome: TableOutcome): Node {
  const { table, error, evidence } = outcome;
  const state = stateOf(outcome);
  return element(
    'div',
    {},
    stateHeading(table, state),
    error === undefined
      ? undefined
      : element(
          'p',
          { class: state.tone === 'bad' ? 'notice error' : 'notice warning' },
          icon(state.icon),
          element('span', {}, foreign(errorText(outcome) ?? error.message)),
        ),
    outcome.earlier === true ? element('p', { class: 'said', text: broughtBefore }) : undefined,
    whatToDo[outcome.state] === '' ? undefined : section('What to do', element('p', { text: whatToDo[outcome.state] })),
    evidence === undefined
      ? section('Evidence', element('p', { class: 'quiet', text: 'None: nothing was collected.' }))
      : evidenceElement(evidence),
  );
}

const whatToDo: Readonly<Record<TableOutcome['state'], string>> = {
  collected: '',
  'held-back':
    'A guard kept these rows out of use; the vault still has the rows of before. If the source is right, let the table shrink, or load the version that was held back in the Systems view; if it is not, mend the source and collect again.',
  failed: 'The vault has what it had before, and no delete may rest on it. Look at the last requests, then go on, or collect again.',
  cancelled: 'The vault has what it had before. Go on, or collect again.',
  'not-reached': 'The vault has what it had before. Mend what failed before it, then go on, or collect again.',
};
