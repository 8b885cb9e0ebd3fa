import { bindFilter } from '../../../engine/model/filter/bind.ts';
import { readFilter } from '../../../engine/model/filter/filter.ts';
import type { FilterLibrary } from '../../../engine/model/filter/library.ts';
import type { Catalog } from '../../../engine/model/system/catalog.ts';
import { lookInto, type LookInto } from '../../../engine/run/filter/insight/look-into.ts';
import type { FilterInsight } from '../../../engine/run/filter/insight/insight.ts';
import type { Cell } from '../../../engine/run/records.ts';
import { openVault } from '../../../engine/run/vault/open-vault.ts';
import type { Vault } from '../../../engine/run/vault/vault.ts';
import { catalog } from '../filter/catalog.ts';
import { whole } from '../run/vault-support.ts';

export type Rows = Readonly<Record<string, readonly (readonly Cell[])[]>>;

/** A vault in memory with these tables of the catalog; cells in the order of its columns, missing ones null. */
export function vaultOf(rows: Rows, from: Catalog = catalog): Vault {
  const vault = openVault(':memory:');
  for (const [name, cells] of Object.entries(rows)) {
    const held = from.tables.find(({ system, table }) => `${system}.${table}` === name);
    if (!held) throw new Error(`The catalog has no ${name}.`);
    const staging = vault.stage(held.system, held.table, held.columns);
    staging.add(cells.map((row) => held.columns.map((_, i) => row[i] ?? null)));
    staging.commit({ ...whole, rows: cells.length });
  }
  return vault;
}

/** Looks into a filter; the texts of others by name. */
export async function insightOf(
  text: string,
  rows: Rows,
  more: Partial<LookInto> & { readonly others?: Readonly<Record<string, string>> } = {},
): Promise<FilterInsight> {
  const known = more.catalog ?? catalog;
  const vault = vaultOf(rows, known);
  const documents = new Map(Object.entries(more.others ?? {}).map(([name, other]) => [name, readFilter(other)]));
  const library: FilterLibrary = {
    names: [...documents.keys()],
    find(name) {
      const document = documents.get(name);
      return document && { name, document };
    },
  };
  const document = readFilter(text);
  const wrong = [...document.problems, ...bindFilter(document, known, library).problems].filter(({ severity }) => severity === 'error');
  if (wrong.length > 0) throw new Error(`The filter has errors: ${wrong.map(({ message }) => message).join(' ')}`);
  try {
    return await lookInto({
      document,
      catalog,
      library,
      vault,
      parameters: new Map(),
      session: new Map(),
      today: '2026-05-10',
      timeZone: 'UTC',
      signal: new AbortController().signal,
      now: () => 0,
      patience: 2_000,
      ...more,
    });
  } finally {
    vault.close();
  }
}

/** The text of each step with its rows: `join directory.users as u: 3`. */
export function stepsOf(text: string, { steps }: FilterInsight): readonly string[] {
  return steps.map(({ kind, span, rows, matched, unmatched }) => {
    const part = text.slice(span.offset, span.offset + span.length).replaceAll(/\s+/g, ' ');
    const met = matched === undefined ? '' : ` (${matched} met, ${unmatched ?? '?'} did not)`;
    return `${kind} ${part}: ${rows}${met}`;
  });
}

/** `code at text: message` */
export function hazardsOf(text: string, { hazards }: FilterInsight): readonly string[] {
  return hazards.map(
    ({ code, severity, span, message }) => `${severity} ${code} at ${text.slice(span.offset, span.offset + span.length)}: ${message}`,
  );
}

/** Five persons, three departments, and accounts that have every trouble there is. */
export const world: Rows = {
  'hr.persons': [
    // employeeNumber firstName lastName mail departmentId status active startDate endDate salary
    ['1', 'Ann', 'Berg', 'Ann@school.example', 1, 'active', 1, '2020-01-01', null, 3000],
    ['2', 'Bob', 'Cray', 'bob@school.example', 1, 'active', 1, '2020-01-01', '2026-06-30', 'n/a'],
    ['3', 'Cid', 'Dunn', 'cid@school.example', 2, 'leaver', 0, '2020-01-01', '2026-01-31', 2500],
    ['4', 'Dan', 'Ekes', 'dan@school.example', 3, null, 1, '2020-01-01', null, 2600],
    ['5', 'Eve', 'Fohn', null, null, null, 1, '2020-01-01', null, 2700],
  ],
  'hr.departments': [
    [1, 'IT', null],
    [2, 'Sales', 1],
    [3, 'Care', 1],
  ],
  'directory.users': [
    // id userName employeeNumber mail active
    ['u1', 'ann', '1', 'ann@school.example', 1],
    ['u2', 'bob', '2', 'bob@school.example ', 1],
    ['u3', 'bob2', '2', 'bob2@school.example', 0],
    ['u4', 'cid', '3', 'cid@school.example', null],
  ],
};
