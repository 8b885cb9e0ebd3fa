import type { MappingPlan, DataBasis } from '../../run/plan/plan.ts';
import type { AskedTable, Cell, CollectionReport } from '../../run/records.ts';
import type { RehearsalReport } from '../../run/rehearsal-report.ts';
import type { RoleReport } from '../../run/roles/role-report.ts';
import type { RunRecord, RunState, RunSummary } from '../../run/run-record.ts';
import type { Rows } from '../../run/runs/compare-rows.ts';
import { titleOf } from '../../run/runs/compare-runs.ts';
import { printCollection } from './collection.ts';
import { printPlan } from './plan.ts';
import { printRehearsal } from './rehearsal.ts';
import { printRoles } from './roles.ts';
import { rowsAsTable } from './rows.ts';
import { createStyle, type Style } from './style.ts';
import { plain, table } from './table.ts';

/** Rows of a run that a terminal shows. */
const shownRows = 50;

/** The history for a person, or the records themselves. */
export function printRuns(runs: readonly RunSummary[], format: string, colour: boolean): string {
  if (format === 'json') return `${JSON.stringify({ version: 1, runs }, undefined, 2)}\n`;
  if (runs.length === 0) return '';
  const style = createStyle(colour);
  const rows = runs.map((run) => [
    mark(run.state, style),
    titleOf(run),
    `${run.pinned ? 'pinned ' : ''}${run.kind}`,
    plain(`${run.subject}${run.environment === undefined ? '' : ` (${run.environment})`}`),
    durationOf(run),
    resultOf(run, style),
    style.dim(run.id),
  ]);
  return table([['', 'started', 'run', 'about', 'took', 'result', 'id'].map(style.dim), ...rows], { right: [4], longest: 80 });
}

/** One run: what it was, and what it showed. */
export function printRun(run: RunRecord, format: string, colour: boolean): string {
  if (format === 'json') return `${JSON.stringify(run, undefined, 2)}\n`;
  const style = createStyle(colour);
  const { kind, subject, environment, limits, inputs, cut = [], failure } = run;
  const facts = [
    ['started', titleOf(run)],
    ['took', durationOf(run)],
    ...(environment === undefined ? [] : [['environment', plain(environment)]]),
    ...(limits.rows === undefined ? [] : [['limit', `${limits.rows} rows`]]),
    ...(limits.calls === undefined ? [] : [['limit', `${limits.calls} calls`]]),
    ...askedFacts(run),
    ...Object.entries(inputs).map(([name, value]) => [plain(name), plain(typeof value === 'string' ? value : JSON.stringify(value))]),
  ].map(([name = '', value = '']) => [style.dim(name), value]);
  return [
    `${mark(run.state, style)} ${style.bold(plain(`${kind} ${subject}`))}: ${resultOf(run, style)}\n`,
    table(facts, { indent: '  ', longest: 200 }),
    ...cut.map((note) => `  ${style.yellow('!')} ${plain(note)}\n`),
    failure === undefined ? `\n${bodyOf(run, colour)}` : '',
  ].join('');
}

/** The older rows that scripts of a dry run were answered from. */
function askedFacts({ kind, report }: RunRecord): readonly (readonly [string, string])[] {
  if (kind !== 'dry-run' || report === undefined) return [];
  const { asked = [] } = report as { readonly asked?: readonly AskedTable[] };
  return asked.map(({ system, table, collectedAt }) => [
    'scripts asked',
    plain(`${system}.${table} as collected ${new Date(collectedAt).toISOString()}`),
  ]);
}

/** What the run showed. Its shape was looked into when it was read. */
function bodyOf(run: RunRecord, colour: boolean): string {
  if (run.report === undefined) return '';
  switch (run.kind) {
    case 'dry-run':
    case 'filter':
      return rowsOf((run.report as { readonly rowSet: Rows }).rowSet, colour);
    case 'collect':
      return printCollection(run.report as CollectionReport, 'text', colour);
    case 'mapping': {
      const { plan, restsOn, assumed } = run.report as {
        readonly plan: MappingPlan;
        readonly restsOn: readonly DataBasis[];
        readonly assumed: readonly string[];
      };
      const whole = {
        version: 1,
        workspace: run.subject,
        attention: [],
        restsOn,
        assumed,
        mappings: [plan],
        roles: [],
        guards: [],
      } as const;
      return printPlan(whole, { colour, requests: false });
    }
    case 'roles':
      return printRoles(run.report as RoleReport, { colour, all: false, reasons: false, basis: true });
    case 'rehearsal':
      return printRehearsal(run.report as RehearsalReport, 'text', colour);
    case 'test':
      return `${plain(JSON.stringify(run.report))}\n`;
  }
}

function rowsOf({ columns, rows, total }: Rows, colour: boolean): string {
  const shown = rows
    .slice(0, shownRows)
    .map((row) => Object.fromEntries(columns.map(({ name }, index): [string, Cell] => [name, row[index] ?? null])));
  const rest = total - shown.length;
  return `${rowsAsTable(columns, shown, colour)}${rest > 0 ? `… and ${rest} more.\n` : ''}`;
}

function mark(state: RunState, style: Style): string {
  switch (state) {
    case 'ok':
      return style.green('✓');
    case 'incomplete':
      return style.yellow('!');
    case 'held-back':
      return style.red('■');
    case 'failed':
      return style.red('✗');
    case 'cancelled':
      return style.dim('·');
  }
}

function resultOf({ state, result }: RunSummary, style: Style): string {
  const said = plain(result);
  if (state === 'failed') return style.red(`failed: ${said}`);
  if (state === 'held-back') return style.red(said);
  return state === 'cancelled' ? `cancelled: ${said}` : said;
}

function durationOf({ startedAt, endedAt }: RunSummary): string {
  return `${(Math.max(0, endedAt - startedAt) / 1000).toFixed(2)} s`;
}
