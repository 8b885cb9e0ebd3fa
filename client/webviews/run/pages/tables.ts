import type { ChildRows, DryRunReport, RowSet } from '../../../../engine/host/protocol.ts';
import { recordTable } from '../details/record-table.ts';
import { namedSection } from '../details/parts.ts';
import { button, element, foreign } from '../dom.ts';
import type { Browser } from '../grid/browser.ts';
import { exactly } from '../grid/condition.ts';
import type { Part } from '../part.ts';
import { cellText, grouped } from '../words.ts';
import { rowsPart, type DataRow } from './rows.ts';

/** Children that a parent row's details list; the grid has them all. */
const fewChildren = 10;

/** A child table and how its rows are found from the row above. */
interface Link {
  readonly child: ChildRows;
  /** Indexes of child rows by what their parent column holds. */
  readonly byParent: ReadonlyMap<string, readonly number[]>;
  /** What a row above is named by. */
  readonly keyOf: (row: DataRow, index: number) => string | undefined;
  readonly parentAt: number;
}

/** The rows of a dry run and of the child tables that came with them: one grid at a time, and ways from a row to those that belong to it. */
export function tablesPart(report: DryRunReport, whenEmpty: string, toRequest: (sequence: number) => void): Part {
  const { children = [], system, table } = report;
  const rowSets = new Map<string, RowSet>([[table, report.rowSet], ...children.map((child) => [child.table, child.rowSet] as const)]);
  const links = children.flatMap((child) => linkOf(child, rowSets.get(child.parent)));
  const stage = element('div', { class: 'tables' });
  const browsers = new Map<string, Browser<DataRow>>();
  let mounted = false;

  const show = (name: string): Browser<DataRow> | undefined => {
    const rowSet = rowSets.get(name);
    if (rowSet === undefined) return undefined;
    const known = browsers.get(name);
    const browser = known ?? build(name, rowSet);
    browsers.set(name, browser);
    stage.replaceChildren(browser.node);
    for (const picker of stage.querySelectorAll<HTMLSelectElement>('.table-picker')) picker.value = name;
    if (known === undefined && mounted) browser.mount?.();
    return browser;
  };
  const build = (name: string, rowSet: RowSet): Browser<DataRow> => {
    const { gaps } = report.outcome.evidence ?? {};
    const isRoot = name === table;
    return rowsPart(rowSet, `${system}.${name}`, isRoot ? whenEmpty : 'No row brought any of these.', {
      ...(isRoot && {
        ...(gaps !== undefined && { gaps }),
        ...(report.rowOrigins !== undefined && { origins: report.rowOrigins }),
        requests: report.requests,
        toRequest,
      }),
      ...(children.length > 0 && { controls: () => [picker(name)] }),
      related: (row, index) => related(name, row, index),
    });
  };
  const picker = (current: string): HTMLElement => {
    const select = element(
      'select',
      { class: 'table-picker', attributes: { 'aria-label': 'Table', title: 'The table and the child tables that came with it' } },
      ...[...rowSets].map(([name, { total }]) => element('option', { text: `${name} (${grouped(total)})`, attributes: { value: name } })),
    );
    select.value = current;
    select.addEventListener('change', () => {
      show(select.value)?.grid?.node.focus();
      stage.querySelector<HTMLElement>('.table-picker')?.focus();
    });
    return select;
  };
  const related = (name: string, row: DataRow, index: number): readonly Node[] => [
    ...links.filter(({ child }) => child.table === name).map((link) => parentOf(link, row)),
    ...links.filter(({ child }) => child.parent === name).map((link) => childrenOf(link, row, index)),
  ];
  const parentOf = ({ child, keyOf, parentAt }: Link, row: DataRow): Node => {
    const own = cellText(row[parentAt] ?? null);
    const above = rowSets.get(child.parent)?.rows ?? [];
    const at = above.findIndex((candidate, index) => keyOf(candidate, index) === own);
    return namedSection(
      ['Belongs to ', foreign(child.parent)],
      at < 0
        ? element('p', { class: 'quiet', text: `The row ${own} is not here.` })
        : button(own, 'arrow-up', () => {
            const grid = show(child.parent)?.grid;
            if (grid?.reveal(at) === false) {
              grid.clearFilters();
              grid.reveal(at);
            }
            grid?.node.focus();
          }),
    );
  };
  const childrenOf = ({ child, byParent, keyOf, parentAt }: Link, row: DataRow, index: number): Node => {
    const key = keyOf(row, index);
    const own = (key === undefined ? undefined : byParent.get(key)) ?? [];
    return namedSection(
      [foreign(child.table), `: ${grouped(own.length)}`],
      own.length === 0 ? undefined : recordTable(child.rowSet, own.slice(0, fewChildren), parentAt),
      own.length === 0 || key === undefined
        ? undefined
        : button(own.length > fewChildren ? `Show all ${grouped(own.length)}` : 'Show in the grid', 'arrow-down', () => {
            const grid = show(child.table)?.grid;
            grid?.filterColumn(parentAt, exactly([key]));
            grid?.node.focus();
          }),
    );
  };
  show(table);
  return {
    node: stage,
    mount: () => {
      mounted = true;
      browsers.get(table)?.mount?.();
    },
    dispose: () => {
      for (const browser of browsers.values()) browser.dispose?.();
    },
  };
}

function linkOf(child: ChildRows, above: RowSet | undefined): readonly Link[] {
  const parentAt = child.rowSet.columns.findIndex(({ name }) => name === child.parentColumn);
  const keyAt = above?.columns.findIndex(({ name }) => name === child.refersTo) ?? -1;
  if (parentAt < 0 || (child.refersTo !== undefined && keyAt < 0)) return [];
  const byParent = new Map<string, number[]>();
  child.rowSet.rows.forEach((row, index) => {
    const parent = cellText(row[parentAt] ?? null);
    const known = byParent.get(parent);
    if (known === undefined) byParent.set(parent, [index]);
    else known.push(index);
  });
  const keyOf = (row: DataRow, index: number): string | undefined => {
    if (child.refersTo === undefined) return String(index + 1);
    const cell = row[keyAt] ?? null;
    return cell === null ? undefined : cellText(cell);
  };
  return [{ child, byParent, keyOf, parentAt }];
}
