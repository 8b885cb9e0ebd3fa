import { runCollection } from '../collect/run-collection.ts';
import type { ConnectionSources } from '../connection.ts';
import type { RunContext } from '../context.ts';
import type { CollectionReport } from '../records.ts';
import type { Vault } from '../vault/vault.ts';
import { systemToRun, type OpenWorkspace } from '../workspace/open-workspace.ts';

/** What is to be tested, and on what. */
export interface TestWish {
  readonly system: string;
  /** All the system or its expectations list, if absent. */
  readonly tables?: readonly string[];
  /** Speak to the system itself; otherwise to its recording, without network and secrets. */
  readonly live?: boolean;
}

/**
 * Collects for a test: from the recording, unless the system itself is wanted or it is a folder of files, which are as good as one. Throws
 * `no-recording`, and what `runCollection` does.
 */
export async function collectForTest(
  open: OpenWorkspace,
  { system, tables, live = false }: TestWish,
  sources: ConnectionSources,
  vault: Vault,
  context: RunContext,
): Promise<CollectionReport> {
  const isLive = live || systemToRun(open, system).system.files !== undefined;
  return runCollection(open, { system, ...(tables && { tables }), traffic: isLive ? 'live' : 'replay' }, sources, vault, context);
}
