import type { ColumnType } from '../../model/connector/connector.ts';
import { bindFilter } from '../../model/filter/bind.ts';
import { compileFilter } from '../../model/filter/compile.ts';
import { parseFilterReference, type Mapping } from '../../model/mapping/mapping.ts';
import type { Cell } from '../records.ts';
import type { Vault } from '../vault/vault.ts';
import { pick, refuseBroken, type OpenWorkspace } from '../workspace/open-workspace.ts';
import { SollistError } from '../error.ts';
import type { TableRef } from './basis.ts';

/** A filter made ready for one run, and the tables it reads. */
export interface FilterRows {
  readonly reference: string;
  readonly tables: readonly TableRef[];
  readonly columns: readonly string[];
  readonly typedColumns: readonly { readonly name: string; readonly type: ColumnType }[];
  readonly sql: string;
  rows(): IterableIterator<Readonly<Record<string, Cell>>>;
  /** How SQLite would run it, one line a step. */
  explain(): readonly string[];
}

/**
 * Compiles the filter a mapping or role names (`Name` or `Name[lookup]`) with its parameters. `today` is yyyy-mm-dd. Throws
 * `unknown-filter`, `file-broken` and `not-collected`.
 */
export function filterRows(open: OpenWorkspace, vault: Vault, reference: string, parameters: Mapping['parameters'], today: string): FilterRows {
  const { filter: name, lookup } = parseFilterReference(reference);
  const file = pick('unknown-filter', 'filter', 'filters', open.workspace.filters, name);
  const bound = bindFilter(file.model, open.workspace.catalog);
  refuseBroken(open, file.path, [...file.model.problems, ...bound.problems]);
  const compiled = compileFilter(bound, {
    parameters: new Map(parameters.map((parameter) => [parameter.name.text, parameter.value])),
    today,
    ...(lookup !== undefined && { lookup }),
  });
  refuseBroken(open, file.path, compiled.problems);
  const { query } = compiled;
  if (!query) throw new SollistError('file-broken', `${file.path} cannot be run. Run "sollist check" to see why.`);
  const tables = tablesOf(bound, lookup);
  for (const { system, table } of tables) requireCollected(vault, system, table);
  return { reference, tables, columns: compiled.columns.map((column) => column.name),
    typedColumns: compiled.columns.map(({ name: column, type }) => ({ name: column, type })), sql: query.sql, rows: () => vault.query(query), explain: () => vault.explain(query) };
}

function tablesOf(bound: ReturnType<typeof bindFilter>, lookup: string | undefined): readonly TableRef[] {
  const looked = bound.document.tree?.lookups.filter(({ name }) => name.text === lookup) ?? [];
  return [...bound.tables, ...looked.flatMap(({ target }) => (target.system ? [{ system: target.system.text, table: target.table.text }] : []))];
}

/** Throws `not-collected` when the vault has no such table. */
export function requireCollected(vault: Vault, system: string, table: string): void {
  if (vault.table(system, table)) return;
  throw new SollistError('not-collected', `${system}.${table} has not been collected yet. Run "sollist collect ${system}" (in the editor: Collect system) first.`, {
    subject: system,
  });
}
