import { findCatalogTable, type Catalog } from '../system/catalog.ts';
import { didYouMean, nearest } from '../text/nearest.ts';
import type { Fix, Problem, Span } from '../text/problem.ts';

/** A call of `vaultObjectExists` or `vaultObjectExistsByRef` in a script. */
export interface VaultCall {
  /** Asks by the primary key, so that it names no column. */
  readonly byKey: boolean;
  /** System, table and, unless `byKey`, column; undefined where it cannot be told without running. Spans are without quotes. */
  readonly names: readonly ({ readonly text: string; readonly span: Span } | undefined)[];
}

/** A name of a question to the vault that nobody knows. */
export interface UnknownVaultName {
  /** Its place: 0 the system, 1 the table, 2 the column. */
  readonly place: 0 | 1 | 2;
  readonly message: string;
  /** What was most likely meant. */
  readonly meant?: string;
}

/** The column that a question to the vault asks for. */
export interface AskedColumn {
  readonly column: string;
}

type Known = Pick<Catalog, 'parts'>;

/**
 * The column that is asked for, without `column` the primary key; or the first name that nobody knows: what is unknown would be answered with "it is
 * not there", which means "create it" to whoever asks. Names count letter by letter, as everything in a script.
 */
export function askedColumn(catalog: Catalog, system: string, table: string, column: string | undefined): AskedColumn | UnknownVaultName {
  const found = findCatalogTable(catalog, system, table);
  if (!found) return unknownTable(catalog, system, table);
  const asked = column ?? found.key;
  if (asked === undefined)
    return {
      place: 1,
      message: `${system}.${table} has no primary key to be asked by. Write vaultObjectExistsByRef(system, table, column, value).`,
    };
  const names = found.columns.map(({ name }) => name);
  // A table whose columns are not known may have any.
  if (column === undefined || names.length === 0 || names.includes(asked)) return { column: asked };
  return unknown(2, `${system}.${table} has no column "${asked}".`, asked, names);
}

function unknownTable(catalog: Known, system: string, table: string | undefined): UnknownVaultName {
  const part = catalog.parts.get(system);
  if (!part) return unknown(0, `There is no system "${system}".`, system, [...catalog.parts.keys()]);
  const names = part.tables.map((one) => one.table);
  return unknown(1, `The system "${system}" has no table "${table ?? ''}".`, table ?? '', names);
}

function unknown(place: UnknownVaultName['place'], message: string, name: string, names: readonly string[]): UnknownVaultName {
  const meant = nearest(name, names);
  return { place, message: message + didYouMean(name, names), ...(meant !== undefined && { meant }) };
}

/** Calls that name what nobody knows, as far as their names stand in the text. */
export function checkVaultCalls(calls: readonly VaultCall[], catalog: Catalog): readonly Problem[] {
  return calls.flatMap(({ byKey, names: [system, table, column] }) => {
    if (!system) return [];
    const found =
      table && (byKey || column)
        ? askedColumn(catalog, system.text, table.text, byKey ? undefined : column?.text)
        : catalog.parts.has(system.text) && (!table || findCatalogTable(catalog, system.text, table.text))
          ? undefined
          : unknownTable(catalog, system.text, table?.text);
    if (!found || 'column' in found) return [];
    const { place, message, meant } = found;
    const { span } = [system, table, column][place] ?? system;
    const fixes: readonly Fix[] =
      meant === undefined || /['"\\\n`]/.test(meant) ? [] : [{ title: `Replace by "${meant}"`, span, text: meant }];
    const whole = `${message} The script fails where it asks for it.`;
    return [{ code: 'script-unknown-table', severity: 'error', message: whole, span, ...(fixes.length > 0 && { fixes }) } as const];
  });
}
