import { collectWith } from '../collect/run-collection.ts';
import type { ConnectionSources } from '../connection.ts';
import type { RunContext } from '../context.ts';
import { SollistError } from '../error.ts';
import { chooseTraffic } from '../http/recording/choose-traffic.ts';
import { describeRecordings } from '../http/recording/describe-recordings.ts';
import type { Cell } from '../records.ts';
import { readVault } from '../vault/read-vault.ts';
import type { Vault } from '../vault/vault.ts';
import { wholeTable } from '../vault/whole-table.ts';
import { systemToRun, type OpenWorkspace } from '../workspace/open-workspace.ts';

/** Rows copied at a time. */
const batch = 1_000;

/** Fills a vault with what mappings may rest on beside one system: what was collected of the others, or else what was recorded of them. */
export async function copyOtherSystems(
  open: OpenWorkspace,
  to: { readonly vault: Vault; readonly from: string; readonly except: string; readonly sources: ConnectionSources },
  context: RunContext,
): Promise<void> {
  const { vault, from, except, sources } = to;
  const collected = copyTables(vault, from, except);
  for (const { system, problem, tables } of describeRecordings(open.folder)) {
    if (system === except || collected.has(system) || problem !== undefined || !open.workspace.systems.has(system)) continue;
    try {
      const { connector, system: model } = systemToRun(open, system);
      const chosen = chooseTraffic('replay', { folder: open.folder, connector, system: model }, sources, context.clock);
      await collectWith(open, { system, tables }, chosen, vault, { ...context, onProgress: () => undefined });
    } catch (error) {
      // What rests on it cannot be planned then, and says so.
      if (!(error instanceof SollistError)) throw error;
    }
  }
}

function copyTables(vault: Vault, from: string, except: string): ReadonlySet<string> {
  const copied = new Set<string>();
  const source = readVault(from);
  if (!source) return copied;
  try {
    for (const { system, table, columns, evidence, lastAttempt } of source.tables()) {
      if (system === except) continue;
      const staging = vault.stage(system, table, columns);
      let rows: (readonly Cell[])[] = [];
      for (const row of source.query(wholeTable(system, table))) {
        rows.push(columns.map(({ name }) => row[name] ?? null));
        if (rows.length < batch) continue;
        staging.add(rows);
        rows = [];
      }
      staging.add(rows);
      staging.commit(evidence);
      if (lastAttempt) vault.noteAttempt(system, table, lastAttempt);
      copied.add(system);
    }
  } finally {
    source.close();
  }
  return copied;
}
