import { draftExpectations, type DraftTable } from '../../model/expectations/draft.ts';
import { findCatalogTable, vaultTableName, type CatalogTable } from '../../model/system/catalog.ts';
import type { ConnectionSources } from '../connection.ts';
import type { RunContext } from '../context.ts';
import { cancelled, SollistError } from '../error.ts';
import type { Source, VaultTable } from '../records.ts';
import { quoteIdentifier } from '../vault/identifier.ts';
import { openVault } from '../vault/open-vault.ts';
import { statisticsOf } from '../vault/statistics.ts';
import type { Vault } from '../vault/vault.ts';
import type { OpenWorkspace } from '../workspace/open-workspace.ts';
import { collectForTest, type TestWish } from './collect-for-test.ts';

/** A first expectations file, not written yet. */
export interface ExpectationsDraft {
  /** Relative to the workspace. */
  readonly path: string;
  readonly text: string;
  /** The file is there already: writing would lose what its author has in it. */
  readonly exists: boolean;
  readonly source: Source;
  readonly tables: readonly string[];
  /** Tables that could not be collected, with why; nothing is expected of them. */
  readonly left: readonly { readonly table: string; readonly why: string }[];
}

/**
 * Collects a system into a vault in memory and makes a first expectations file of what it gives. Throws what keeps it from collecting, and
 * `nothing-collected` where no table could be.
 */
export async function draftSystem(
  open: OpenWorkspace,
  wish: TestWish,
  sources: ConnectionSources,
  context: RunContext,
): Promise<ExpectationsDraft> {
  const { system } = wish;
  const vault = openVault(':memory:');
  try {
    const report = await collectForTest(open, wish, sources, vault, context);
    if (context.signal.aborted) throw cancelled();
    const collected = report.tables.filter(({ state }) => state === 'collected');
    const left = report.tables
      .filter(({ state }) => state !== 'collected')
      .map(({ table, error }) => ({ table, why: error?.message ?? 'It was not collected.' }));
    if (collected.length === 0)
      throw new SollistError(
        'nothing-collected',
        left[0]?.why ?? `${system} has no table to expect something of. Add one in systems/${system}.json.`,
      );
    const tables = collected.flatMap(({ table }) => {
      const held = vault.table(system, table);
      return held ? [draftOf(vault, held, findCatalogTable(open.workspace.catalog, system, table))] : [];
    });
    const path = `expectations/${system}.json`;
    const origins = { live: 'a collection', replay: 'the recording', files: 'the files' } as const;
    const origin = `${origins[report.source.kind]} of ${system}`;
    return {
      path,
      text: draftExpectations(tables, origin, report.source.kind !== 'live'),
      exists: open.files.has(path),
      source: report.source,
      tables: tables.map(({ name }) => name),
      left,
    };
  } finally {
    vault.close();
  }
}

function draftOf(vault: Vault, held: VaultTable, known: CatalogTable | undefined): DraftTable {
  const { columns } = statisticsOf(vault, held);
  const filled = held.columns.filter(({ name }) => columns.some((column) => column.name === name && column.filled > 0));
  return {
    name: held.table,
    rows: held.evidence.rows,
    complete: held.evidence.complete,
    filled,
    ...(known?.key !== undefined && { key: known.key }),
    ...(known?.display !== undefined && { display: known.display }),
    samples: known?.key === undefined ? [] : samplesOf(vault, held, known.key),
  };
}

/** The first row and one from the middle, in the order of the key, so that the same data gives the same file. */
function samplesOf(vault: Vault, { system, table, columns, evidence }: VaultTable, key: string): DraftTable['samples'] {
  if (!columns.some(({ name }) => name === key)) return [];
  const from = quoteIdentifier(vaultTableName(system, table));
  const places = [...new Set([0, Math.floor(evidence.rows / 2)])].filter((place) => place < evidence.rows);
  return places.flatMap((place) => [
    ...vault.query({ sql: `select * from ${from} order by ${quoteIdentifier(key)} limit 1 offset ${place}`, parameters: [] }),
  ]);
}
