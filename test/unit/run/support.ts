import { readConnector } from '../../../engine/model/connector/read-connector.ts';
import type { Connector } from '../../../engine/model/connector/connector.ts';
import type { ConnectionValue, System } from '../../../engine/model/system/system.ts';
import { parseJson } from '../../../engine/model/text/json.ts';
import { collectSystem, type CollectionInput } from '../../../engine/run/collect/collect-system.ts';
import { resolveConnection } from '../../../engine/run/connection.ts';
import type { Clock, Progress, RunContext } from '../../../engine/run/context.ts';
import type { Cell, CollectionReport, TableOutcome, TraceEntry } from '../../../engine/run/records.ts';
import { openVault } from '../../../engine/run/vault/open-vault.ts';
import type { Vault } from '../../../engine/run/vault/vault.ts';

/** A connector from its plain form. */
export function connectorOf(json: unknown): Connector {
  return readConnector(parseJson(JSON.stringify(json), { strict: true }).root);
}

/** A system that collects `tables`, with literal connection values unless given otherwise. */
export function systemOf(
  name: string,
  tables: readonly string[],
  connection: Readonly<Record<string, string | ConnectionValue>> = {},
): System {
  const span = { offset: 0, length: 0 };
  return {
    name,
    connector: { text: name, span },
    connection: new Map(
      Object.entries(connection).map(([key, value]) => [key, typeof value === 'string' ? { kind: 'literal', value } : value]),
    ),
    allowedHosts: [],
    tables: tables.map((table) => ({ name: { text: table, span }, references: [], relations: [] })),
  };
}

/** A clock whose waits end at once and are remembered. */
export function manualClock(): Clock & { readonly waits: readonly number[]; advance(milliseconds: number): void } {
  let now = Date.UTC(2026, 0, 5, 12);
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    advance: (milliseconds) => void (now += milliseconds),
    wait(milliseconds, signal) {
      waits.push(milliseconds);
      now += milliseconds;
      return signal.aborted ? Promise.reject(signal.reason as Error) : Promise.resolve();
    },
  };
}

export interface TestRun {
  readonly context: RunContext;
  readonly trace: readonly TraceEntry[];
  readonly progress: readonly Progress[];
  readonly waits: readonly number[];
  readonly abort: () => void;
}

/** A context that remembers what it was told; `onProgress` may act on it. */
export function testRun(onProgress: (progress: Progress) => void = () => undefined): TestRun {
  const clock = manualClock();
  const controller = new AbortController();
  const trace: TraceEntry[] = [];
  const progress: Progress[] = [];
  return {
    trace,
    progress,
    waits: clock.waits,
    abort: () => controller.abort(),
    context: {
      signal: controller.signal,
      clock,
      random: () => 0.5,
      onTrace: (entry) => void trace.push(entry),
      onProgress(entry) {
        progress.push(entry);
        onProgress(entry);
      },
    },
  };
}

/** A collection against a vault in memory. */
export interface Collected {
  readonly report: CollectionReport;
  readonly vault: Vault;
  readonly table: (name: string) => TableOutcome;
  readonly rows: (name: string) => readonly Readonly<Record<string, Cell>>[];
}

/** Collects with a connection resolved from the system alone. */
export async function collect(
  connector: Connector,
  system: System,
  run: TestRun,
  more: Partial<Pick<CollectionInput, 'vault' | 'tables' | 'limits' | 'settling' | 'timeouts'>> & {
    readonly secrets?: ReadonlyMap<string, string>;
  } = {},
): Promise<Collected> {
  const { secrets = new Map<string, string>(), vault = openVault(':memory:'), ...input } = more;
  const connection = resolveConnection(connector, system, { env: {}, secrets });
  const report = await collectSystem({ connector, system, connection, vault, ...input }, run.context);
  return {
    report,
    vault,
    table(name) {
      const outcome = report.tables.find(({ table }) => table === name);
      if (!outcome) throw new Error(`no outcome for ${name}`);
      return outcome;
    },
    rows: (name) => rowsOf(vault, system.name, name),
  };
}

export function rowsOf(vault: Vault, system: string, table: string): readonly Readonly<Record<string, Cell>>[] {
  return [...vault.query({ sql: `select * from "${system}.${table}"`, parameters: [] })];
}
