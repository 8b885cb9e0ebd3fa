import type { FilterReport } from '../../../../engine/host/protocol.ts';
import { element } from '../dom.ts';
import type { Part } from '../part.ts';
import type { Tab } from '../tabs.ts';
import { grouped } from '../words.ts';
import { filterBasisPart } from './basis.ts';
import { effectPart } from './effect.ts';
import { emptyPart } from './empty.ts';
import type { FilterFrame, FilterTab } from './questions.ts';
import { createFilterRows, type FilterRows } from './rows.ts';
import { explainPart, keptSqlPart } from './sql.ts';
import { whyNotPart } from './why-not.ts';

/** Rows that came while the run went on, and are shown already. */
export interface Streamed {
  readonly rows: FilterRows;
  /** Whether their grid can go on as that of the result; else the place in it is kept. */
  readonly goesOn: boolean;
}

/**
 * The tabs of a filter that gave rows. Only of one that was run now, with the text in the editor, can more be asked: a run of the history has
 * its rows and its SQL.
 */
export function filterTabs(
  report: FilterReport,
  frame: FilterFrame | undefined,
  open: (tab: FilterTab) => void,
  streamed?: Streamed,
): readonly Tab[] {
  const { filter, rowSet, restsOn = [] } = report;
  const isEmpty = rowSet.total === 0 && frame !== undefined;
  // Read now: what leaves the page for a moment forgets how far it was scrolled.
  const { scrollTop = 0, scrollLeft = 0 } = streamed?.rows.browser.grid?.node ?? {};
  return [
    {
      id: 'rows',
      label: 'Rows',
      badge: grouped(rowSet.total),
      build: () =>
        isEmpty
          ? emptyPart(filter, () => {
              open('why-not');
            })
          : rowsOf(report, frame !== undefined, streamed, { scrollTop, scrollLeft }),
    },
    ...(frame === undefined ? [] : askingTabs(frame)),
    { id: 'sql', label: 'SQL', build: () => (frame === undefined ? keptSqlPart(report.sql) : explainPart()) },
    ...(report.restsOn === undefined && report.parameters === undefined
      ? []
      : [
          {
            id: 'basis',
            label: 'Basis',
            loud: restsOn.some(({ complete }) => !complete),
            build: () => filterBasisPart(report),
          } satisfies Tab,
        ]),
  ];
}

/** The tabs of a filter that was not run yet. */
export function readyTabs(frame: FilterFrame): readonly Tab[] {
  return [
    { id: 'rows', label: 'Rows', build: () => notRunPart(frame) },
    ...askingTabs(frame),
    { id: 'sql', label: 'SQL', build: () => explainPart() },
  ];
}

function askingTabs(frame: FilterFrame): readonly Tab[] {
  return [
    { id: 'why-not', label: 'Why not?', build: () => whyNotPart(frame) },
    { id: 'effect', label: 'What changes', build: () => effectPart(frame) },
  ];
}

interface Scrolled {
  readonly scrollTop: number;
  readonly scrollLeft: number;
}

function rowsOf(report: FilterReport, isLive: boolean, streamed: Streamed | undefined, scrolled: Scrolled): Part {
  const { filter, rowSet, problems } = report;
  if (streamed?.goesOn === true) {
    const { rows } = streamed;
    rows.append({ columns: rowSet.columns, from: 0, rows: rowSet.rows });
    rows.finish(rowSet.total, isLive, report.key);
    // It was mounted when its first rows came.
    return {
      node: rows.browser.node,
      mount: () => {
        const { grid } = rows.browser;
        if (grid !== undefined) Object.assign(grid.node, scrolled);
      },
      dispose: () => rows.browser.dispose?.(),
    };
  }
  return createFilterRows(
    {
      name: filter,
      columns: rowSet.columns,
      rows: rowSet.rows,
      total: rowSet.total,
      ...(problems !== undefined && { problems }),
      ...(report.key !== undefined && { key: report.key }),
      ...(streamed !== undefined && { startAt: streamed.rows.browser.grid?.activeIndex ?? 0 }),
    },
    isLive,
  ).browser;
}

function notRunPart({ parameters }: FilterFrame): Part {
  const text =
    parameters.length === 0
      ? 'Not run yet: Run again, above, shows the rows.'
      : 'Not run yet: give the parameters their values, and press Enter.';
  return { node: element('p', { class: 'empty', text }) };
}
