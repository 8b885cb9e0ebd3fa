import { findTable, getOperation } from '../../model/connector/connector.ts';
import type { System } from '../../model/system/system.ts';
import { rootOf } from '../../run/collect/units.ts';
import { collectSystem } from '../../run/collect/collect-system.ts';
import { withLastCollection } from '../../run/collect/last-collection.ts';
import { withTableScripts } from '../../run/collect/table-scripts.ts';
import { cancelled, SollistError } from '../../run/error.ts';
import { chooseTraffic } from '../../run/http/recording/choose-traffic.ts';
import type { CollectionReport, TableOutcome, TraceEntry } from '../../run/records.ts';
import { systemClock } from '../../run/system-clock.ts';
import { openVault } from '../../run/vault/open-vault.ts';
import { wholeTable } from '../../run/vault/whole-table.ts';
import { systemToRun, vaultPath, type OpenWorkspace } from '../../run/workspace/open-workspace.ts';
import type { DryRunParameters } from '../protocol.ts';
import { childRows, descendantsOf } from './child-rows.ts';
import { askedIn, dryRunFile } from './dry-run-file.ts';
import { rowOrigins } from './row-origins.ts';
import { rowSetOf } from './row-set.ts';
import { contextOf, type Run } from './run.ts';

/** More requests than this help nobody and would only fill memory. */
const mostRequests = 500;

/** Runs the get operation of one table into a vault in memory, so that a limited try never replaces what was collected whole. */
export const dryRun: Run<'dryRun'> = async (parameters, scope) => {
  const { system, connector } = systemToRun(scope.open, systemFor(scope.open, parameters));
  if (system.files) return dryRunFile(system, system.files, parameters, scope);
  const withTable: System = system.tables.some(({ name }) => name.text === parameters.table)
    ? system
    : {
        ...system,
        tables: [...system.tables, { name: { text: parameters.table, span: { offset: 0, length: 0 } }, references: [], relations: [] }],
      };
  const { folder } = scope.open;
  const { connection, traffic } = chooseTraffic(
    parameters.replay === true ? 'replay' : 'live',
    { folder, connector, system },
    scope,
    systemClock,
  );
  const requests: TraceEntry[] = [];
  let made = 0;
  const table = findTable(connector, parameters.table);
  // The answers bring the rows of the child tables anyway.
  const tables = [parameters.table, ...(table ? descendantsOf(connector, table) : []).map(({ name }) => name)];
  const vault = openVault(':memory:');
  const last = withLastCollection(vault, () => vaultPath(scope.open));
  try {
    const report = await collectSystem(
      {
        connector,
        system: withTable,
        connection,
        traffic,
        vault: await withTableScripts(vault, withTable, scope.open.workspace, systemClock.now(), last.exists),
        tables,
        limits: parameters.limits,
      },
      contextOf(scope, (entry) => {
        made++;
        if (requests.length < mostRequests) requests.push(entry);
      }),
    );
    const outcome = report.tables.find(({ table }) => table === parameters.table) ?? report.tables[0];
    if (!outcome) throw new SollistError('unknown-table', `The connector has no table "${parameters.table}" that can be collected.`);
    // A try that was given up shows nothing; a collection reports what it finished.
    if (outcome.state === 'cancelled') throw cancelled();
    const collected = vault.table(system.name, parameters.table);
    const root = table ? rootOf(connector, table).name : parameters.table;
    const seen = vault.answers().find((each) => each.system === system.name && each.table === root)?.answer;
    const rowSet = collected
      ? rowSetOf(collected.columns, vault.query(wholeTable(system.name, parameters.table)))
      : { columns: [], rows: [], total: 0 };
    const operation = table?.parent ? undefined : table && getOperation(table);
    const { evidence } = outcome;
    const origins =
      table && operation && evidence && rowOrigins({ table, operation, evidence, rowSet, requests, all: made === requests.length });
    const children = table && collected ? childRows(vault, system.name, connector, table) : [];
    return {
      system: system.name,
      table: parameters.table,
      startedAt: report.startedAt,
      endedAt: report.endedAt,
      limits: parameters.limits,
      outcome: withCause(outcome, report),
      rowSet,
      ...(table?.key && { key: table.key.text }),
      requests,
      ...(seen && { seen: { ...seen, table: root } }),
      ...(children.length > 0 && { children }),
      ...(origins && { rowOrigins: origins }),
      ...askedIn(last),
    };
  } finally {
    last.close();
    vault.close();
  }
};

/** A table that was not tried because another one failed before it failed for that one's reason: its sentence is what helps. */
function withCause(outcome: TableOutcome, report: CollectionReport): TableOutcome {
  const cause = report.tables.find(({ state }) => state === 'failed')?.error;
  return outcome.state === 'not-reached' && cause ? { ...outcome, state: 'failed', error: cause } : outcome;
}

/** The system to try a connector with: the one named, else the only one that uses it. */
function systemFor(open: OpenWorkspace, { connector, system }: DryRunParameters): string {
  if (system !== undefined) return system;
  const file = [...open.workspace.connectors.values()].find(({ path }) => path === connector);
  if (!file)
    throw new SollistError(
      'unknown-connector',
      `${connector} is not a connector of this workspace. Move it to connectors/ and add a system for it.`,
    );
  const users = [...open.workspace.systems.values()].filter(({ model }) => model.connector.text === file.name).map(({ name }) => name);
  const [only] = users;
  if (only === undefined) {
    throw new SollistError(
      'no-system',
      `No system uses the connector "${file.name}" yet. Add systems/${file.name}.json with "connector": "${file.name}" and its connection values.`,
    );
  }
  if (users.length > 1)
    throw new SollistError('several-systems', `Several systems use the connector "${file.name}": ${users.join(', ')}. Choose one.`, {
      subject: users.join('\n'),
    });
  return only;
}
