import type { System } from '../../model/system/system.ts';
import type { Clock } from '../context.ts';
import { SollistError } from '../error.ts';
import type { CollectionRun, RunLimits, Source, TableOutcome } from '../records.ts';
import type { Vault } from '../vault/vault.ts';

/** What a collection has before it: all that is asked for, or what an interrupted one left over. */
export interface Course {
  /** The collection in the vault that the versions will belong to. */
  readonly run: number;
  readonly tables: readonly string[];
  readonly limits: RunLimits;
  /** Tables that the interrupted collection brought in; they are kept. */
  readonly earlier: readonly TableOutcome[];
  /** Ends it; a collection that could not even begin is not remembered. */
  end(outcome: 'ended' | 'never-begun'): void;
}

/** Begins a collection, or takes the last one up where it stopped. Throws `nothing-to-resume`, `resume-mismatch`, `collection-running`. */
export function setOut(
  vault: Vault,
  system: System,
  wish: { readonly tables?: readonly string[]; readonly limits?: RunLimits; readonly resume?: boolean },
  source: Source,
  clock: Clock,
): Course {
  if (wish.resume === true) return takeUp(vault, system.name, source, clock);
  const tables = wish.tables ?? system.tables.map(({ name }) => name.text);
  const limits = wish.limits ?? {};
  const run = vault.beginRun({ system: system.name, tables, limits, source, startedAt: clock.now() });
  return {
    run,
    tables,
    limits,
    earlier: [],
    end: (outcome) => quietly(() => (outcome === 'ended' ? vault.endRun(run, clock.now()) : vault.forgetRun(run))),
  };
}

function takeUp(vault: Vault, system: string, source: Source, clock: Clock): Course {
  const last = vault.lastRun(system);
  if (!last) {
    throw new SollistError(
      'nothing-to-resume',
      `The vault remembers no collection of ${system} that could be gone on with. Collect it from the start: sollist collect ${system}.`,
      { subject: system },
    );
  }
  if (JSON.stringify(last.source) !== JSON.stringify(source)) {
    throw new SollistError(
      'resume-mismatch',
      `The last collection of ${system} took its rows from ${placeOf(last.source)}, this one would from ${placeOf(source)}. Go on with it the same way, or collect ${system} from the start.`,
      { subject: system },
    );
  }
  vault.resumeRun(last.id);
  return {
    run: last.id,
    tables: last.tables.filter((table) => !last.collected.includes(table)),
    limits: last.limits,
    earlier: last.collected.map((table): TableOutcome => {
      const evidence = vault.table(system, table)?.evidence;
      return { system, table, state: 'collected', earlier: true, ...(evidence && { evidence }) };
    }),
    end: () => quietly(() => vault.endRun(last.id, clock.now())),
  };
}

function placeOf(source: CollectionRun['source']): string {
  switch (source.kind) {
    case 'live':
      return 'the system itself';
    case 'replay':
      return `the recording ${source.recording}`;
    case 'files':
      return `the folder ${source.folder}`;
  }
}

/** The report is worth more than the note that it is over; a run without one can be gone on with all the same. */
function quietly(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof SollistError)) throw error;
  }
}
