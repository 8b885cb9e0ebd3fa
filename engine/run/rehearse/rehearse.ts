import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connector } from '../../model/connector/connector.ts';
import type { System } from '../../model/system/system.ts';
import { collectWith } from '../collect/run-collection.ts';
import type { ConnectionSources } from '../connection.ts';
import type { RunContext } from '../context.ts';
import { cancelled, SollistError } from '../error.ts';
import { filesAreNoTraffic } from '../files/no-traffic.ts';
import { chooseTraffic, type ChosenTraffic } from '../http/recording/choose-traffic.ts';
import { recordingPath, type RecordingManifest } from '../http/recording/form.ts';
import { parseManifest } from '../http/recording/read-recording.ts';
import { basisOf, whyNoRemoval } from '../plan/basis.ts';
import type { PlanOptions } from '../plan/plan-mapping.ts';
import type { TableOutcome } from '../records.ts';
import type { RehearsalReport, RehearsedFault, RehearsedMapping, RehearsedTable } from '../rehearsal-report.ts';
import { openVault } from '../vault/open-vault.ts';
import type { Vault } from '../vault/vault.ts';
import { systemToRun, type OpenWorkspace } from '../workspace/open-workspace.ts';
import { copyOtherSystems } from './copy-others.ts';
import type { Fault } from './fault.ts';
import { faultsNamed } from './faults.ts';
import { faultyTraffic } from './faulty-traffic.ts';
import { lostRows } from './lost-rows.ts';
import { planAll, type Planned } from './plan-all.ts';
import { judge } from './verdict.ts';

/** What is to be rehearsed. */
export interface RehearsalWish {
  readonly system: string;
  /** Ids of faults; all of them, if absent. */
  readonly faults?: readonly string[];
  /** Chooses the places where faults strike. */
  readonly seed: number;
  /** The vault whose other systems the mappings may rest on. It is only read. */
  readonly vault: string;
  /** yyyy-mm-dd, for filters. */
  readonly today: string;
}

interface Rehearsal {
  readonly open: OpenWorkspace;
  readonly system: System;
  readonly connector: Connector;
  readonly manifest: RecordingManifest;
  readonly clean: ChosenTraffic;
  readonly context: RunContext;
  readonly options: PlanOptions;
  readonly seed: number;
  /** Of the vaults. */
  readonly folder: string;
}

/**
 * Replays the recording of a system once as it is and once with each fault, each time into a vault of its own, and plans what rests on the
 * data. Opens no socket and touches neither the vault nor the recording. Throws `no-recording`, `recording-broken`, `unknown-fault`, and
 * `rehearsal-impossible` where the recording does not replay as it is.
 */
export async function rehearse(
  open: OpenWorkspace,
  wish: RehearsalWish,
  sources: ConnectionSources,
  context: RunContext,
): Promise<RehearsalReport> {
  const startedAt = context.clock.now();
  const chosen = faultsNamed(wish.faults);
  const { system, connector } = systemToRun(open, wish.system);
  if (system.files) throw filesAreNoTraffic(system.name);
  const manifest = parseManifest(open.folder, system.name);
  const clean = chooseTraffic('replay', { folder: open.folder, connector, system }, sources, context.clock);
  const options: PlanOptions = { env: sources.env, today: wish.today, allowIncomplete: new Set(), signal: context.signal };
  const folder = mkdtempSync(join(tmpdir(), 'sollist-rehearsal-'));
  try {
    const rehearsal: Rehearsal = { open, system, connector, manifest, clean, context, options, seed: wish.seed, folder };
    const planned = await replayClean(rehearsal, wish.vault, sources);
    const faults: RehearsedFault[] = [];
    for (const fault of chosen) {
      context.onProgress({ message: `${system.name}: ${fault.title}` });
      faults.push(await rehearseFault(rehearsal, fault, planned));
      if (context.signal.aborted) throw cancelled();
    }
    return {
      system: system.name,
      recording: recordingPath(system.name),
      seed: wish.seed,
      startedAt,
      endedAt: context.clock.now(),
      clean: planned.map((each) => mappingOf(each, [each])),
      faults,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const cleanName = 'clean.db';

/** Fills the vault that every fault begins with, and plans by it. */
async function replayClean(rehearsal: Rehearsal, from: string, sources: ConnectionSources): Promise<readonly Planned[]> {
  const { open, system, clean, context, options, folder, manifest } = rehearsal;
  const vault = openVault(join(folder, cleanName));
  try {
    await copyOtherSystems(open, { vault, from, except: system.name, sources }, context);
    const report = await collectWith(open, wishOf(system, manifest), clean, vault, quiet(context));
    if (context.signal.aborted) throw cancelled();
    const bad = report.tables.find(({ state }) => state !== 'collected');
    if (bad) {
      throw new SollistError(
        'rehearsal-impossible',
        `${system.name}: the recording does not replay as it is, so no fault could be told from that. ${bad.error?.message ?? `${bad.table} ${bad.state}.`}`,
        { subject: bad.table },
      );
    }
    return planAll(open, vault, system.name, options);
  } finally {
    vault.close();
  }
}

async function rehearseFault(rehearsal: Rehearsal, fault: Fault, planned: readonly Planned[]): Promise<RehearsedFault> {
  const { open, system, connector, manifest, clean, context, options, seed, folder } = rehearsal;
  const path = join(folder, `${fault.id}.db`);
  copyFileSync(join(folder, cleanName), path);
  const faulty = faultyTraffic(clean.traffic, fault, { connector, exchanges: manifest.exchanges, seed });
  const before = openVault(join(folder, cleanName));
  const vault = openVault(path);
  try {
    const report = await collectWith(open, wishOf(system, manifest), { ...clean, traffic: faulty.traffic }, vault, quiet(context));
    if (context.signal.aborted) throw cancelled();
    const tables = report.tables.map((outcome) => tableOf(rehearsal, outcome, before, vault));
    const mappings = planAll(open, vault, system.name, options).map((each) => mappingOf(each, planned));
    const place = faulty.place();
    return {
      id: fault.id,
      title: fault.title,
      struck: faulty.struck(),
      ...(place !== undefined && { place }),
      tables,
      mappings,
      ...judge(
        faulty.struck(),
        tables,
        mappings,
        planned.map((each) => mappingOf(each, planned)),
      ),
    };
  } finally {
    vault.close();
    before.close();
    for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
  }
}

/** The tables that were recorded, in the order in which the system lists them: parents are not asked for before their time. */
function wishOf(system: System, manifest: RecordingManifest): Parameters<typeof collectWith>[1] {
  const listed = system.tables.map(({ name }) => name.text).filter((name) => manifest.tables.includes(name));
  const others = manifest.tables.filter((name) => !listed.includes(name));
  return { system: system.name, tables: [...listed, ...others], limits: manifest.limits };
}

/** What a table was and is, by the two vaults rather than by what the run says of itself. */
function tableOf({ system, connector }: Rehearsal, outcome: TableOutcome, before: Vault, after: Vault): RehearsedTable {
  const { table } = outcome;
  const name = { system: system.name, table };
  const was = before.table(system.name, table);
  const is = after.table(system.name, table);
  const columns = was?.columns.map((column) => column.name) ?? [];
  const key =
    system.tables.find((each) => each.name.text === table)?.key?.text ?? connector.tables.find((each) => each.name === table)?.key?.text;
  return {
    table,
    rowsBefore: was?.evidence.rows ?? 0,
    rowsAfter: is?.evidence.rows ?? 0,
    lost:
      was && is ? lostRows(before, after, name, key !== undefined && columns.includes(key) ? key : undefined) : (was?.evidence.rows ?? 0),
    outcome,
    deletesAllowed: whyNoRemoval(basisOf(after, [name]), new Set()) === undefined,
  };
}

function mappingOf({ deleted, ...planned }: Planned, clean: readonly Planned[]): RehearsedMapping {
  const expected = clean.find(({ mapping }) => mapping === planned.mapping)?.deleted ?? new Set<string>();
  return { ...planned, deletesWrong: [...deleted].filter((key) => !expected.has(key)).length };
}

/** The rows of each replay would only flicker. */
function quiet(context: RunContext): RunContext {
  return { ...context, onProgress: () => undefined };
}
