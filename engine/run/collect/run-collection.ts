import type { ConnectionSources } from '../connection.ts';
import { resolveConnection } from '../connection.ts';
import type { RunContext } from '../context.ts';
import type { CollectionReport, RunLimits } from '../records.ts';
import type { Vault } from '../vault/vault.ts';
import { systemToRun, type OpenWorkspace } from '../workspace/open-workspace.ts';
import { collectSystem } from './collect-system.ts';

/** What is to be collected, and how; everything a border (command line, engine process) can ask for. */
export interface CollectionWish {
  readonly system: string;
  /** All the system lists, if absent. */
  readonly tables?: readonly string[];
  readonly limits?: RunLimits;
}

/**
 * Collects a system of a workspace into a vault: the one way for the command line, the editor, tests of a connector and rehearsals. Throws
 * when nothing can be tried at all (unknown system, missing values); what fails later stands in the report.
 */
export async function runCollection(
  open: OpenWorkspace,
  wish: CollectionWish,
  sources: ConnectionSources,
  vault: Vault,
  context: RunContext,
): Promise<CollectionReport> {
  const { system, connector } = systemToRun(open, wish.system);
  const connection = resolveConnection(connector, system, sources);
  return collectSystem(
    { connector, system, connection, vault, ...(wish.limits && { limits: wish.limits }), ...(wish.tables && { tables: wish.tables }) },
    context,
  );
}
