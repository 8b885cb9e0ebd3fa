import type { RehearsalReport, RehearsedFault, RehearsedMapping, RehearsedTable } from '../../../../engine/run/rehearsal-report.ts';
import { bullets, section, stateHeading } from '../details/parts.ts';
import { element, foreign, icon } from '../dom.ts';
import { errorText } from '../error-text.ts';
import { createBrowser } from '../grid/browser.ts';
import type { GridColumn } from '../grid/model.ts';
import type { Part } from '../part.ts';
import { stateOf, type TableState } from '../states.ts';
import { count, grouped } from '../words.ts';

/** What each fault did to each table: a line a fault, a column a table; an unsafe fault is looked at first. */
export function rehearsalPart({ faults, system, recording, clean }: RehearsalReport): Part {
  const tables = [...new Set(faults.flatMap(({ tables: touched }) => touched.map(({ table }) => table)))];
  return createBrowser<RehearsedFault>({
    label: `Rehearsal of ${system}`,
    noun: 'fault',
    columns: [
      { name: 'Fault', value: ({ title }) => title, width: 230 },
      {
        name: 'Safe',
        value: (fault) => safetyOf(fault).text,
        mark: (fault) => ({ class: safetyOf(fault).tone, icon: safetyOf(fault).icon }),
        width: 116,
      },
      ...tables.map(tableColumn),
      numberColumn('Wrong deletes', ({ deletesWrong }) => deletesWrong, 120),
      numberColumn('Withheld', ({ deletesWithheld }) => deletesWithheld, 90),
      { name: 'Struck', value: ({ struck }) => struck, text: ({ struck, place }) => struckText(struck, place), width: 180 },
    ],
    rows: faults,
    startAt: Math.max(
      0,
      faults.findIndex(({ safe }) => !safe),
    ),
    fileName: `${system} rehearsal`,
    whenEmpty: `No fault was rehearsed with ${recording}.`,
    summary: 'Each cell: rows before → after, how the table ended, and \u2298 where no delete may rest on it any more.',
    rowClass: ({ safe }) => (safe ? undefined : 'failed'),
    details: (fault) => faultDetails(fault, clean),
  });
}

function safetyOf({ safe, struck }: RehearsedFault): TableState {
  if (!safe) return { tone: 'bad', icon: 'error', text: 'unsafe' };
  return struck === 0 ? { tone: 'doubtful', icon: 'circle-slash', text: 'not tried' } : { tone: 'good', icon: 'pass', text: 'safe' };
}

/** A sum over the mappings; nothing is shown for none. */
function numberColumn(name: string, of: (mapping: RehearsedMapping) => number, width: number): GridColumn<RehearsedFault> {
  const sum = ({ mappings }: RehearsedFault): number => mappings.reduce((total, mapping) => total + of(mapping), 0);
  return { name, value: sum, text: (fault) => (sum(fault) === 0 ? '' : grouped(sum(fault))), numeric: true, width };
}

function struckText(struck: number, place: string | undefined): string {
  if (struck === 0) return 'never';
  return `${grouped(struck)}\u00d7${place === undefined ? '' : `, first at ${place}`}`;
}

function tableColumn(name: string): GridColumn<RehearsedFault> {
  const find = ({ tables }: RehearsedFault): RehearsedTable | undefined => tables.find(({ table }) => table === name);
  return {
    name,
    value: (fault) => find(fault)?.rowsAfter ?? null,
    text: (fault) => {
      const table = find(fault);
      return table === undefined ? '' : `${rowsText(table)}, ${stateOf(table.outcome).text}${table.deletesAllowed ? '' : ', no deletes'}`;
    },
    draw: (fault) => {
      const table = find(fault);
      if (table === undefined) return element('span', {});
      const state = stateOf(table.outcome);
      return element(
        'span',
        // Red is for what is unsafe alone: a table that failed and stayed as it was is what should happen.
        { class: `rehearsed ${isUnsafe(table) ? 'bad' : state.tone === 'bad' ? 'doubtful' : state.tone}` },
        icon(isUnsafe(table) ? 'error' : state.icon),
        element('span', { text: rowsText(table) }),
        table.deletesAllowed ? undefined : element('span', { class: 'quiet', text: ' \u2298' }),
      );
    },
    width: Math.max(150, Math.min(260, name.length * 9 + 30)),
  };
}

/** Rows were lost, and deletes may rest on what is left. */
function isUnsafe({ lost, deletesAllowed }: RehearsedTable): boolean {
  return lost > 0 && deletesAllowed;
}

function rowsText({ rowsBefore, rowsAfter }: RehearsedTable): string {
  return rowsBefore === rowsAfter ? grouped(rowsAfter) : `${grouped(rowsBefore)} → ${grouped(rowsAfter)}`;
}

function faultDetails(fault: RehearsedFault, clean: readonly RehearsedMapping[]): Node {
  return element(
    'div',
    {},
    stateHeading(fault.title, safetyOf(fault)),
    element(
      'p',
      { class: fault.safe ? 'said' : 'notice error' },
      fault.safe ? undefined : icon('error'),
      element('span', {}, foreign(fault.verdict)),
    ),
    element('p', {
      class: 'quiet',
      text:
        fault.struck === 0
          ? 'The recording gave the fault no chance to strike.'
          : `The fault struck ${count(fault.struck, 'time')}${fault.place === undefined ? '' : `, first at ${fault.place}`}.`,
    }),
    section('Tables', tablesTable(fault.tables)),
    fault.mappings.length === 0
      ? undefined
      : section(
          'What would have been planned on it',
          ...fault.mappings.map((mapping) =>
            mappingElement(
              mapping,
              clean.find((other) => other.mapping === mapping.mapping),
            ),
          ),
        ),
  );
}

function tablesTable(tables: readonly RehearsedTable[]): HTMLElement {
  const head = ['Table', 'Rows', 'Outcome', 'Deletes'];
  return element(
    'table',
    { class: 'rehearsed-tables' },
    element('thead', {}, element('tr', {}, ...head.map((text) => element('th', { text, attributes: { scope: 'col' } })))),
    element(
      'tbody',
      {},
      ...tables.map((table) => {
        const state = stateOf(table.outcome);
        const why = errorText(table.outcome) ?? table.outcome.evidence?.notes[0];
        return element(
          'tr',
          {},
          element('th', { attributes: { scope: 'row' } }, foreign(table.table)),
          element('td', { text: rowsText(table) }),
          element(
            'td',
            {},
            element('span', { class: `sign ${state.tone}` }, icon(state.icon), element('span', { text: state.text })),
            why === undefined ? undefined : element('div', { class: 'quiet' }, foreign(why)),
          ),
          element('td', { class: isUnsafe(table) ? 'sign bad' : '', text: table.deletesAllowed ? 'allowed' : 'withheld' }),
        );
      }),
    ),
  );
}

/** A mapping under the fault beside what a clean replay plans. */
function mappingElement(mapping: RehearsedMapping, usual: RehearsedMapping | undefined): HTMLElement {
  const figures: readonly (readonly [string, (of: RehearsedMapping) => number])[] = [
    ['Creates', ({ creates }) => creates],
    ['Updates', ({ updates }) => updates],
    ['Deletes', ({ deletes }) => deletes],
    ['Deletes that are wrong', ({ deletesWrong }) => deletesWrong],
    ['Deletes withheld', ({ deletesWithheld }) => deletesWithheld],
  ];
  const head = [foreign(mapping.mapping), 'With the fault', 'Clean replay'];
  const lines = [...mapping.guards, ...(mapping.note === undefined ? [] : [mapping.note])];
  return element(
    'div',
    { class: 'mapping' },
    element(
      'table',
      {},
      element('thead', {}, element('tr', {}, ...head.map((text) => element('th', { attributes: { scope: 'col' } }, text)))),
      element(
        'tbody',
        {},
        ...figures.map(([name, of]) =>
          element(
            'tr',
            { class: of === figures[3]?.[1] && of(mapping) > 0 ? 'wrong' : '' },
            element('th', { text: name, attributes: { scope: 'row' } }),
            element('td', { class: 'numeric', text: grouped(of(mapping)) }),
            element('td', { class: 'numeric', text: usual === undefined ? '' : grouped(of(usual)) }),
          ),
        ),
      ),
    ),
    lines.length === 0 ? undefined : bullets(lines),
  );
}
