import type { DataBasis, GuardResult, MappingPlan } from '../plan/plan.ts';
import type { UsedParameter } from '../filter/filter-report.ts';
import type { CollectionReport, TableOutcome } from '../records.ts';
import type { RehearsalReport } from '../rehearsal-report.ts';
import type { RoleReport } from '../roles/role-report.ts';
import type { RunState, RunSummary } from '../run-record.ts';

/** How a run ended, as its summary says it. */
export type Ending = Pick<RunSummary, 'state' | 'result'>;

/** A table that was tried. */
export function dryRunEnding(outcome: TableOutcome, rows: number): Ending {
  if (outcome.state !== 'collected') return { state: stateOf(outcome), result: outcome.error?.message ?? wordOf(outcome.state) };
  return {
    state: stateOf(outcome),
    result: `${counted(rows, 'row')}, ${outcome.evidence?.complete === true ? 'complete' : 'not complete'}`,
  };
}

/** A system that was collected: the worst that became of a table, with the first reason. */
export function collectionEnding({ tables }: CollectionReport): Ending {
  const states = new Set(tables.map(stateOf));
  const good = tables.filter(({ state }) => state === 'collected');
  const rows = good.reduce((sum, { evidence }) => sum + (evidence?.rows ?? 0), 0);
  const state = worst.find((each) => states.has(each)) ?? 'ok';
  const bad = tables.find((table) => table.state !== 'collected' && stateOf(table) === state);
  const reached = good.length === tables.length ? counted(tables.length, 'table') : `${good.length} of ${counted(tables.length, 'table')}`;
  const bare = good.filter(({ evidence }) => evidence?.withoutFile === true).length;
  const ending = state === 'ok' && bare > 0 ? `, complete but for ${bare} that NIM keeps` : suffix(state, bad);
  return { state, result: `${reached}, ${counted(rows, 'row')}${ending}` };
}

/** Rows that a filter gave, and how many of them have a script that failed. */
export function filterEnding(rows: number, failed = 0): Ending {
  if (failed === 0) return { state: 'ok', result: counted(rows, 'row') };
  return { state: 'incomplete', result: `${counted(rows, 'row')}, the script of ${failed} failed` };
}

/** The values a filter was run with, wherever they came from, beside those that were given; and what tells its rows apart. */
export function filterInputs(parameters: readonly UsedParameter[], key: string | undefined): Readonly<Record<string, unknown>> {
  return {
    used: Object.fromEntries(parameters.map(({ name, value }) => [name, value])),
    ...(key !== undefined && { key }),
  };
}

/** A mapping that was planned. */
export function mappingEnding(plan: MappingPlan, restsOn: readonly DataBasis[], guards: readonly GuardResult[]): Ending {
  const blocked = plan.changes.filter((change) => change.blocked !== undefined).length;
  const changes = plan.changes.length === 0 ? 'nothing to change' : counted(plan.changes.length, plan.kind);
  return planned(`${changes}${blocked === 0 ? '' : `, ${blocked} blocked`}`, restsOn, guards);
}

/** Soll against ist of a role model. */
export function rolesEnding({ groups, restsOn, guards }: RoleReport): Ending {
  const sum = (change: 'add' | 'remove' | 'stay'): number => groups.reduce((all, { counts }) => all + counts[change], 0);
  return planned(`+${sum('add')} −${sum('remove')} =${sum('stay')} in ${counted(groups.length, 'group')}`, restsOn, guards);
}

/** A replay with faults: a fault that could have led to a wrong delete is a failure. */
export function rehearsalEnding({ faults }: RehearsalReport): Ending {
  const unsafe = faults.filter(({ safe }) => !safe);
  const [first] = unsafe;
  return first
    ? { state: 'failed', result: `${unsafe.length} of ${counted(faults.length, 'fault')} not safe: ${first.verdict}` }
    : { state: 'ok', result: `${counted(faults.length, 'fault')}, all safe` };
}

function planned(result: string, restsOn: readonly DataBasis[], guards: readonly GuardResult[]): Ending {
  if (guards.some(({ tripped }) => tripped)) return { state: 'held-back', result: `${result}; a guard would stop it` };
  const incomplete = restsOn.filter(({ complete }) => !complete).length;
  return incomplete === 0
    ? { state: 'ok', result }
    : { state: 'incomplete', result: `${result}; ${counted(incomplete, 'table')} not proven complete` };
}

/** The worse, the earlier. */
const worst: readonly RunState[] = ['failed', 'cancelled', 'held-back', 'incomplete'];

function stateOf({ state, evidence, error }: TableOutcome): RunState {
  switch (state) {
    case 'collected':
      return evidence?.complete === true || evidence?.withoutFile === true ? 'ok' : 'incomplete';
    case 'not-reached':
      // Because of one that was held back; of one that failed, which counts for more; or because a person was in the way.
      return error?.code === 'parent-held-back' ? 'held-back' : 'cancelled';
    case 'held-back':
    case 'failed':
    case 'cancelled':
      return state;
  }
}

function suffix(state: RunState, bad: TableOutcome | undefined): string {
  switch (state) {
    case 'ok':
      return ', complete';
    case 'incomplete':
      return ', not all proven complete';
    case 'cancelled':
      return '; cancelled';
    case 'held-back':
    case 'failed':
      return bad === undefined ? '' : `; ${bad.table}: ${bad.error?.message ?? wordOf(bad.state)}`;
  }
}

function wordOf(state: TableOutcome['state']): string {
  switch (state) {
    case 'collected':
      return 'Collected.';
    case 'held-back':
      return 'Held back by a guard; the table is as it was.';
    case 'failed':
      return 'Failed; the table is as it was.';
    case 'cancelled':
      return 'Cancelled; the table is as it was.';
    case 'not-reached':
      return 'Not tried.';
  }
}

function counted(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? '' : 's'}`;
}
