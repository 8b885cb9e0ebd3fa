import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan, PlannedChange } from '../../engine/run/plan/plan.ts';
import type { TableOutcome } from '../../engine/run/records.ts';
import type { RehearsalReport } from '../../engine/run/rehearsal-report.ts';
import type { RoleReport } from '../../engine/run/roles/role-report.ts';
import type { RowsComparison } from '../../engine/run/run-record.ts';
import type { Outcome, Stage } from './stage.ts';

/** One step of the walk: what it is called, and what it shows. */
export interface Step {
  readonly title: string;
  show(stage: Stage, say: (text: string) => void): Promise<void>;
}

export const steps: readonly Step[] = [
  {
    title: 'Check: every name in every file hangs together',
    async show(stage, say) {
      const clean = await stage.sollist('check');
      expectExit(clean, 0, 'check');
      say(clean.stdout);
      const connector = join(stage.workspace, 'connectors/directory.json');
      const text = readFileSync(connector, 'utf8');
      writeFileSync(connector, text.replace('"iterator": "id"', '"iterator": "groupId"'));
      const broken = await stage.sollist('check');
      writeFileSync(connector, text);
      expectExit(broken, 1, 'check of a broken connector');
      say(`\nWith one wrong word in a connector it says:\n${broken.stdout}`);
    },
  },
  {
    title: 'Collect: two APIs into the vault, with evidence that each table is complete',
    async show(stage, say) {
      for (const system of ['hr', 'directory']) {
        const collected = await stage.sollist('collect', system);
        expectExit(collected, 0, `collect ${system}`);
        say(collected.stdout);
      }
    },
  },
  {
    title: 'Filter: everybody below Sales, over the department tree',
    async show(stage, say) {
      const rows = await stage.sollist('filter', 'Staff of a department', '--param', 'department=Sales', '--limit', '6');
      expectExit(rows, 0, 'filter');
      say(rows.stdout);
    },
  },
  {
    title: 'Plan: what would change in the directory, and the exact request of each change',
    async show(stage, say) {
      const planned = await stage.sollist('plan', '--format', 'json');
      expectExit(planned, 0, 'plan');
      const plan = JSON.parse(planned.stdout) as Plan;
      for (const line of plan.attention) say(`! ${line}\n`);
      for (const mapping of plan.mappings) {
        const blocked = mapping.changes.filter((change) => change.blocked !== undefined).length;
        say(
          `  ${mapping.mapping}: ${mapping.changes.length - blocked} to ${mapping.kind}, ${mapping.unchanged} unchanged${blocked > 0 ? `, ${blocked} blocked` : ''}\n`,
        );
        for (const note of mapping.notes) say(`    ! ${note}\n`);
      }
      const example = plan.mappings.find(({ kind }) => kind === 'update')?.changes[0];
      if (example) say(`\nOne of them in full:\n${describe(example)}`);
    },
  },
  {
    title: 'Roles: soll against ist, both sides of every group',
    async show(stage, say) {
      const inspected = await stage.sollist('roles', 'development', '--format', 'json');
      const report = JSON.parse(inspected.stdout) as RoleReport;
      for (const line of report.attention) say(`! ${line}\n`);
      for (const { display, counts } of report.groups) say(`  ${display}: +${counts.add} −${counts.remove}, ${counts.stay} stay\n`);
      const removed = report.groups.flatMap(({ members }) => members).find(({ change }) => change === 'remove');
      if (removed) say(`\nWhy ${removed.display} would go:\n${removed.reasons.map((reason) => `    ${reason}\n`).join('')}`);
      expectExit(inspected, report.guards.some(({ tripped }) => tripped) ? 3 : 0, 'roles');
      if (inspected.exitCode === 3) say('\nA guard has tripped, so the command ends with 3 and a run would stop here.\n');
    },
  },
  {
    title: 'Record and replay: HR once over the network, then with HR stopped',
    async show(stage, say) {
      const recorded = await stage.sollist('collect', 'hr', '--record');
      expectExit(recorded, 0, 'collect hr --record');
      say(recorded.stderr);
      await stage.systems.hr.stop();
      const requests = stage.systems.hr.log.length;
      const replayed = await stage.sollist('collect', 'hr', '--replay');
      expectExit(replayed, 0, 'collect hr --replay');
      say(replayed.stdout);
      await expectSameRows(stage, ['persons', 'departments', 'contracts']);
      if (stage.systems.hr.log.length !== requests) throw new Error('HR was asked although a recording was replayed.');
      say('HR is stopped and was not asked; every row is the same as when it answered.\n');
      expectExit(await stage.sollist('test', 'hr', '--write'), 0, 'test hr --write');
      const tested = await stage.sollist('test', 'hr');
      expectExit(tested, 0, 'test hr');
      say(`\nWhat the data must be like from now on stands in expectations/hr.json:\n${tested.stdout}`);
    },
  },
  {
    title: 'Rehearse: what would become of data and plans if HR failed',
    async show(stage, say) {
      const faults = ['page-fails', 'token-ends', 'duplicate-keys', 'empty-source'];
      const wish = faults.flatMap((fault) => ['--fault', fault]);
      const rehearsed = await stage.sollist('rehearse', 'hr', ...wish, '--format', 'json');
      expectExit(rehearsed, 0, 'rehearse hr');
      const report = JSON.parse(rehearsed.stdout) as RehearsalReport;
      // Where nothing would be deleted, no fault could do harm.
      if (!report.clean.some(({ deletes }) => deletes > 0))
        throw new Error('No delete rests on the recording of HR, so the rehearsal says nothing.');
      const rows: string[][] = [];
      for (const fault of faults) {
        const found = report.faults.find(({ id }) => id === fault);
        if (!found?.safe || found.struck === 0)
          throw new Error(`${fault} did not strike, or was not safe: ${found?.verdict ?? 'it is not in the report'}`);
        const wrong = found.mappings.reduce((sum, mapping) => sum + mapping.deletesWrong, 0);
        if (wrong > 0) throw new Error(`${fault} brings ${wrong} wrong deletes, yet is called safe.`);
        // A table that lost rows, or was not brought in, must not carry a delete.
        const bad = found.tables.find(({ lost, outcome, deletesAllowed }) => deletesAllowed && (lost > 0 || outcome.state !== 'collected'));
        if (bad) throw new Error(`${fault}: deletes may rest on ${bad.table}, which is not whole.`);
        rows.push([fault, ...found.tables.map(({ table, outcome }) => `${table} ${wordOf(outcome)}`), `${wrong} wrong deletes`]);
      }
      const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
      for (const row of rows) say(`  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`);
      say('\nsollist rehearse hr tries all of its faults.\n');
    },
  },
  {
    title: 'Trouble: Directory stops in the middle of a table',
    async show(stage, say) {
      const before = await usersIn(stage);
      stage.systems.directory.faults.add({ path: /\/Users/, after: 2, action: { kind: 'stop' } });
      const failed = await stage.sollist('collect', 'directory');
      expectExit(failed, 2, 'collect with the server gone');
      say(failed.stdout);
      const after = await usersIn(stage);
      if (before !== after) throw new Error(`The old table was touched: ${before} users before, ${after} after.`);
      say(`The table of before is untouched: ${after} users.\n`);
    },
  },
];

/** What the log of Directory itself says at the end. Throws if anything was written. */
export function proveNoWrite(stage: Stage): string {
  const { log } = stage.systems.directory;
  const writes = stage.systems.directory.writes();
  if (writes.length > 0) throw new Error(`Directory's own log shows ${writes.length} writes: ${JSON.stringify(writes[0])}`);
  return `Directory's own log: ${log.length} requests, 0 writes. HR's: ${stage.systems.hr.log.length} requests.`;
}

async function usersIn(stage: Stage): Promise<number> {
  const planned = await stage.sollist('plan', '--mapping', 'New accounts', '--format', 'json');
  const plan = JSON.parse(planned.stdout) as Plan;
  return plan.restsOn.find(({ system, table }) => system === 'directory' && table === 'users')?.rows ?? 0;
}

/** What became of a table, in a word or two. */
function wordOf({ state, evidence }: TableOutcome): string {
  if (state === 'collected') return evidence?.complete === true ? 'complete' : 'not complete';
  return state === 'held-back' ? 'held back' : state === 'not-reached' ? 'not tried' : state;
}

/** Throws unless the last two collections of each table have the very same rows. */
async function expectSameRows(stage: Stage, tables: readonly string[]): Promise<void> {
  await Promise.all(
    tables.map(async (table) => {
      const compared = await stage.sollist('vault', 'compare', `hr.${table}`, '--format', 'json');
      expectExit(compared, 0, `vault compare hr.${table}`);
      const { same, ...others } = (JSON.parse(compared.stdout) as RowsComparison).counts;
      if (same === 0 || Object.values(others).some((count) => count > 0))
        throw new Error(`The replay of hr.${table} differs: ${JSON.stringify({ same, ...others })}`);
    }),
  );
}

function describe({ display, attributes, reasons, request }: PlannedChange): string {
  return [
    `  ~ ${display}`,
    ...attributes.map(({ name, from, to }) => `    ${name}: ${JSON.stringify(from)} → ${JSON.stringify(to)}`),
    ...reasons.map((reason, index) => `    ${index === 0 ? 'because' : '       '} ${reason}`),
    ...(request
      ? [
          `    ${request.verb} ${request.url}`,
          ...Object.entries(request.headers).map(([name, value]) => `      ${name}: ${value}`),
          `      ${request.body ?? ''}`,
        ]
      : []),
    '',
  ].join('\n');
}

function expectExit({ exitCode, stdout, stderr }: Outcome, wanted: number, what: string): void {
  if (exitCode !== wanted) throw new Error(`${what} ended with ${exitCode}, not ${wanted}.\n${stdout}${stderr}`);
}
