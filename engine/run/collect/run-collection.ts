import { collapseOf, keepOf } from '../../model/settings/collection-settings.ts';
import type { ConnectionSources } from '../connection.ts';
import type { RunContext } from '../context.ts';
import { SollistError } from '../error.ts';
import { collectFiles } from '../files/collect-files.ts';
import { filesAsTraffic, filesAreNoTraffic } from '../files/no-traffic.ts';
import { chooseTraffic, type ChosenTraffic, type TrafficKind } from '../http/recording/choose-traffic.ts';
import type { CollectionReport, RunLimits } from '../records.ts';
import type { Vault } from '../vault/vault.ts';
import { systemToRun, type OpenWorkspace } from '../workspace/open-workspace.ts';
import { acceptedTables } from './accepted.ts';
import { collectSystem } from './collect-system.ts';
import { setOut } from './course.ts';
import { withTableScripts } from './table-scripts.ts';

/** What is to be collected, and how; everything a border (command line, engine process) can ask for. */
export interface CollectionWish {
  readonly system: string;
  /** All the system lists, if absent. */
  readonly tables?: readonly string[];
  readonly limits?: RunLimits;
  /** Goes on with the last collection of the system: its tables and its limits, without what it brought in. */
  readonly resume?: boolean;
  /** Tables (`persons` or `hr.persons`) whose loss of rows is right this time. */
  readonly accept?: readonly string[];
  /** `live` if absent. `record` writes a recording as well, `replay` asks nothing but the recording. */
  readonly traffic?: TrafficKind;
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
  if (system.files) {
    if ((wish.traffic ?? 'live') !== 'live') throw filesAreNoTraffic(system.name);
    return collectWith(open, wish, filesAsTraffic(system, system.files), vault, context);
  }
  const { folder } = open;
  if (wish.traffic === 'record' && wish.resume === true) {
    throw new SollistError(
      'usage',
      `${system.name}: a collection that goes on with another one cannot be recorded, since half of its requests were made before. Record a whole one.`,
    );
  }
  const chosen = chooseTraffic(wish.traffic ?? 'live', { folder, connector, system }, sources, context.clock);
  try {
    return chosen.finish(await collectWith(open, wish, chosen, vault, context));
  } finally {
    chosen.abandon();
  }
}

/** As `runCollection`, over traffic that was chosen already. */
export async function collectWith(
  open: OpenWorkspace,
  wish: Omit<CollectionWish, 'traffic'>,
  { connection, traffic }: Pick<ChosenTraffic, 'connection' | 'traffic'>,
  vault: Vault,
  context: RunContext,
): Promise<CollectionReport> {
  const { system, connector } = systemToRun(open, wish.system);
  const { settings } = open.workspace;
  const accepted = acceptedTables(connector, system, wish.accept ?? []);
  const filled = await withTableScripts(vault, system, open.workspace, context.clock.now());
  const course = setOut(vault, system, wish, traffic.source, context.clock);
  const { tables, limits, run } = course;
  const settling = { collapse: (table: string) => collapseOf(settings, system, table), keep: keepOf(settings, system), accepted, run };
  try {
    const report = system.files
      ? await collectFiles(
          { system, source: system.files, root: open.folder, data: open.workspace.data, vault: filled, tables, limits, settling },
          context,
        )
      : await collectSystem({ connector, system, connection, vault: filled, traffic, tables, limits, settling }, context);
    course.end('ended');
    return { ...report, tables: [...course.earlier, ...report.tables] };
  } catch (error) {
    course.end('never-begun');
    throw error;
  }
}
