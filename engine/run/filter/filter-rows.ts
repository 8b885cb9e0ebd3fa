import type { ColumnType } from '../../model/connector/connector.ts';
import { compileFilter } from '../../model/filter/compile.ts';
import { problemColumn, type CompiledQuery } from '../../model/filter/compiled.ts';
import { parseFilterReference, type Mapping } from '../../model/mapping/mapping.ts';
import type { Problem } from '../../model/text/problem.ts';
import { bindInWorkspace } from '../../model/workspace/filter-library.ts';
import type { Cell } from '../records.ts';
import type { Query, Vault } from '../vault/vault.ts';
import { pick, refuseBroken, type OpenWorkspace } from '../workspace/open-workspace.ts';
import { SollistError } from '../error.ts';
import type { TableRef } from '../plan/basis.ts';
import { timeZoneOf } from '../workspace/time-zone.ts';
import type { RowProblems } from './filter-report.ts';
import { scriptTable, type FailedScripts } from './script-tables.ts';
import { scriptGlobals } from '../scripts/script-globals.ts';

/** A filter with its parameters put in: what it reads and gives. */
export interface FilterQuery {
  readonly reference: string;
  /** Every table it reads, that of its lookup included. */
  readonly tables: readonly TableRef[];
  readonly columns: readonly string[];
  readonly typedColumns: readonly { readonly name: string; readonly type: ColumnType }[];
  readonly sql: string;
  /** Values of the `?` in the SQL, in order. */
  readonly values: readonly Cell[];
  readonly query: CompiledQuery;
}

/** A filter made ready for one run. */
export interface FilterRows extends FilterQuery {
  /** Throws `script-failed` at a row whose script failed: nothing may be planned on rows that are not what their author meant. */
  rows(): IterableIterator<FilterRow>;
  /** As `rows`, but a row whose script failed has null there, and says why under `problemColumn`. For those who show rows. */
  rowsWithProblems(): IterableIterator<FilterRow>;
  /** Rows read so far whose script failed, with those that `limit` or `distinct` then left out; 0 where there is neither. */
  failedRows(): number;
  /** How SQLite would run it, one line a step. */
  explain(): readonly string[];
}

export type FilterRow = Readonly<Record<string, Cell>>;

/**
 * Compiles the filter a mapping or role names (`Name` or `Name[lookup]`) with its parameters. `today` is yyyy-mm-dd. Throws
 * `unknown-filter`, `file-broken`, and for what was given `unknown-parameter`, `value-type`, `parameter-missing`, `unknown-lookup`.
 */
export function compileReference(open: OpenWorkspace, reference: string, parameters: Mapping['parameters'], today: string): FilterQuery {
  const { filter: name, lookup } = parseFilterReference(reference);
  const file = pick('unknown-filter', 'filter', 'filters', open.workspace.filters, name);
  const bound = bindInWorkspace(file.model, open.workspace);
  refuseBroken(open, file.path, [...file.model.problems, ...bound.problems]);
  const compiled = compileFilter(bound, {
    parameters: new Map(parameters.map((parameter) => [parameter.name.text, parameter.value])),
    today,
    timeZone: timeZoneOf(open),
    ...(lookup !== undefined && { lookup }),
  });
  refuseGiven(name, compiled.problems);
  refuseBroken(open, file.path, compiled.problems);
  const { query, tables, columns } = compiled;
  if (!query) throw new SollistError('file-broken', `${file.path} cannot be run. Run "sollist check" to see why.`);
  const typedColumns = columns.map(({ name: column, type }) => ({ name: column, type }));
  return {
    reference,
    tables,
    columns: columns.map((column) => column.name),
    typedColumns,
    sql: query.sql,
    values: query.parameters,
    query,
  };
}

/** As `compileReference`, ready to read the vault. Throws `not-collected`, too. */
export function filterRows(
  open: OpenWorkspace,
  vault: Vault,
  reference: string,
  parameters: Mapping['parameters'],
  today: string,
): FilterRows {
  const compiled = compileReference(open, reference, parameters, today);
  for (const { system, table } of compiled.tables) requireCollected(vault, system, table);
  const failed: FailedScripts = { rows: 0 };
  const query = vaultQuery(open, compiled.query, compiled.query.narrowed ? failed : undefined);
  const rows = (): IterableIterator<FilterRow> => vault.query(query);
  return {
    ...compiled,
    rows: compiled.query.stages.length > 0 ? () => soundRows(reference, rows(), failed) : rows,
    rowsWithProblems() {
      failed.rows = 0;
      return rows();
    },
    failedRows: () => failed.rows,
    explain: () => vault.explain(query),
  };
}

/** The problems of rows that were read, with those that nobody saw. */
export function withLeftOut(shown: RowProblems | undefined, { failedRows }: Pick<FilterRows, 'failedRows'>): RowProblems | undefined {
  const leftOut = failedRows() - (shown?.count ?? 0);
  return leftOut > 0 ? { count: 0, rows: [], ...shown, leftOut } : shown;
}

/** A compiled query as the vault runs it. */
export function vaultQuery(
  { workspace }: OpenWorkspace,
  { sql, parameters, stages, lookedUp, direct }: CompiledQuery,
  failed?: FailedScripts,
): Query {
  const globals = stages.length > 0 ? scriptGlobals(workspace) : new Map<string, never>();
  const { catalog } = workspace;
  const timeZone = timeZoneOf({ workspace });
  return {
    sql,
    parameters,
    lookedUp,
    catalog,
    computed: stages.map((stage) => scriptTable(stage, { catalog, globals, timeZone, ...(failed && { failed }) })),
    ...(direct && { direct }),
  };
}

function* soundRows(reference: string, rows: Iterable<FilterRow>, failed: FailedScripts): Generator<FilterRow> {
  failed.rows = 0;
  let row = 0;
  for (const { [problemColumn]: problem, ...values } of rows) {
    row++;
    if (typeof problem === 'string') {
      throw new SollistError(
        'script-failed',
        `Filter ${reference}: the script of row ${row} failed. ${problem} Nothing is planned on it. Run "sollist filter ${reference}" to see all such rows.`,
      );
    }
    yield values;
  }
  // One that was sorted behind a limit by its own null, or stood back behind another row of its value, might have been meant.
  if (failed.rows > 0) {
    throw new SollistError(
      'script-failed',
      `Filter ${reference}: the scripts of ${failed.rows} row${failed.rows === 1 ? '' : 's'} failed that then fell away, so it is not known which rows are meant. Nothing is planned on them. Run the filter without "limit" and "distinct" to see why they failed.`,
    );
  }
}

/** Problems of what was given to a filter, not of its file; with what to do about each. */
const givenCodes: Readonly<Record<string, string>> = {
  'unknown-parameter': '',
  'unknown-lookup': '',
  'value-type': '',
  'parameter-missing': ' Give it one: with --param on the command line, under "parameters" in a mapping or role.',
};

function refuseGiven(name: string, problems: readonly Problem[]): void {
  const first = problems.find(({ code }) => givenCodes[code] !== undefined);
  if (!first) return;
  const sentence = `${first.message.charAt(0).toLowerCase()}${first.message.slice(1)}`;
  throw new SollistError(first.code, `Filter ${name}: ${sentence}${givenCodes[first.code] ?? ''}`);
}

/** Throws `not-collected` when the vault has no such table, or has it without one of these columns. */
export function requireCollected(vault: Vault, system: string, table: string, columns: readonly string[] = []): void {
  const found = vault.table(system, table);
  if (!found) {
    throw new SollistError(
      'not-collected',
      `${system}.${table} has not been collected yet. Collect ${system} first: "sollist collect ${system}", or Collect System… in the editor.`,
      { subject: system },
    );
  }
  const missing = columns.find((column) => !found.columns.some(({ name }) => name === column));
  if (missing === undefined) return;
  throw new SollistError(
    'not-collected',
    `${system}.${table} was collected without its column "${missing}", so rows cannot be told apart by it. Add it to "columns" of ${table} in systems/${system}.json if need be, then run "sollist collect ${system}" again.`,
    { subject: system },
  );
}
