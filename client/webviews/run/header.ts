import { element, foreign, icon, iconButton, button } from './dom.ts';
import { post } from './host.ts';
import type { RecordingOutcome, TableOutcome } from '../../../engine/run/records.ts';
import type { DryRunReport, FilterReport } from '../../../engine/host/protocol.ts';
import { compareButton } from './compare-before.ts';
import { fromWords } from './filter/basis.ts';
import { restsOnElement } from './filter/rests-on.ts';
import type { RunPage } from './messages.ts';
import { stateOf } from './states.ts';
import { count, durationText, grouped, limitsText, sourceText, timeText } from './words.ts';

/** How a run ended, at a glance. */
export interface Verdict {
  readonly tone: 'good' | 'doubtful' | 'bad' | 'quiet';
  readonly icon: string;
  readonly text: string;
}

function verdictOf({ body }: RunPage): Verdict {
  switch (body.kind) {
    case 'running':
      return { tone: 'quiet', icon: 'loading codicon-modifier-spin', text: 'running' };
    case 'failed':
      return { tone: 'bad', icon: 'error', text: 'failed' };
    case 'cancelled':
      return { tone: 'doubtful', icon: 'circle-slash', text: 'cancelled' };
    case 'filter':
      return filterVerdict(body.report);
    case 'not-run':
      return { tone: 'quiet', icon: 'circle-outline', text: 'not run yet' };
    case 'mapping':
      return mappingVerdict(body);
    case 'dry-run': {
      const { outcome, rowSet } = body.report;
      const state = stateOf(outcome);
      return outcome.state === 'collected' ? { ...state, text: `${count(rowSet.total, 'row')}, ${state.text}` } : state;
    }
    case 'collection':
      return collectionVerdict(body.report.tables);
    case 'comparison': {
      const { counts } = body.comparison;
      const parts = (['new', 'gone', 'changed'] as const)
        .filter((kind) => counts[kind] > 0)
        .map((kind) => `${grouped(counts[kind])} ${kind}`);
      return parts.length === 0
        ? { tone: 'good', icon: 'pass', text: 'no difference' }
        : { tone: 'quiet', icon: 'git-compare', text: parts.join(', ') };
    }
    case 'rehearsal': {
      const { faults } = body.report;
      const unsafe = faults.filter(({ safe }) => !safe).length;
      const struck = faults.filter((fault) => fault.struck > 0).length;
      return unsafe > 0
        ? { tone: 'bad', icon: 'error', text: `${grouped(unsafe)} of ${count(faults.length, 'fault')} unsafe` }
        : {
            tone: struck === 0 ? 'doubtful' : 'good',
            icon: struck === 0 ? 'warning' : 'pass',
            text: `${count(faults.length, 'fault')}, none unsafe`,
          };
    }
  }
}

/** The worst that happened to any table, with how many tables it happened to. */
function collectionVerdict(tables: readonly TableOutcome[]): Verdict {
  const all = count(tables.length, 'table');
  const states = tables.map(stateOf);
  const worst = states.find(({ tone }) => tone === 'bad') ?? states.find(({ tone }) => tone === 'doubtful');
  if (worst === undefined) return { tone: 'good', icon: 'pass', text: `${all}, complete` };
  return { ...worst, text: `${grouped(states.filter(({ text }) => text === worst.text).length)} of ${all} ${worst.text}` };
}

/** Rows are good news only where every script gave its value and the data is whole. */
function filterVerdict({ rowSet, problems, restsOn = [] }: FilterReport): Verdict {
  const rows = count(rowSet.total, 'row');
  const failed = (problems?.count ?? 0) + (problems?.leftOut ?? 0);
  if (failed > 0) return { tone: 'bad', icon: 'error', text: `${rows}, ${grouped(failed)} with a problem` };
  if (restsOn.some(({ complete }) => !complete))
    return { tone: 'doubtful', icon: 'warning', text: `${rows}, of data that is not complete` };
  return rowSet.total === 0 ? { tone: 'doubtful', icon: 'circle-slash', text: 'no rows' } : { tone: 'good', icon: 'pass', text: rows };
}

function mappingVerdict({ preview: { plan, guards } }: Extract<RunPage['body'], { kind: 'mapping' }>): Verdict {
  const blocked = plan.changes.filter((change) => change.blocked !== undefined).length;
  const text =
    plan.changes.length === 0
      ? 'nothing to change'
      : `${count(plan.changes.length, plan.kind)}${blocked === 0 ? '' : `, ${grouped(blocked)} blocked`}`;
  if (guards.some(({ tripped }) => tripped)) return { tone: 'bad', icon: 'shield', text: `${text}; a guard would stop it` };
  // Deletes that could go through are no good news, whatever else they are.
  if (blocked === 0 && plan.kind === 'delete' && plan.changes.length > 0) return { tone: 'doubtful', icon: 'trash', text };
  return blocked === 0 ? { tone: 'good', icon: 'pass', text } : { tone: 'doubtful', icon: 'warning', text };
}

/** What ran, where, when, how long, within which limits, and how it ended. */
export function headerElement(page: RunPage, again: () => void): HTMLElement {
  const verdict = verdictOf(page);
  return element(
    'header',
    { class: 'run-header' },
    element(
      'div',
      { class: 'title' },
      element('h1', {}, foreign(page.heading)),
      element(
        'span',
        { class: `verdict-chip ${verdict.tone}`, attributes: { 'data-verdict': verdict.tone } },
        icon(verdict.icon),
        element('span', { text: verdict.text }),
      ),
      page.outdated === true ? outdatedElement() : undefined,
      element('span', { class: 'spring' }),
      element('span', { class: 'title-actions' }, compareButton(page), actionOf(page, again), pinButton(page.pinned)),
    ),
    element(
      'ul',
      { class: 'facts', attributes: { 'aria-label': 'About this run' } },
      ...facts(page).map(([name, text]) => element('li', {}, element('span', { class: 'fact-name', text: `${name} ` }), foreign(text))),
    ),
    page.body.kind === 'filter' ? restsOnElement(page.body.report.restsOn ?? []) : undefined,
  );
}

/** What can be done with the run itself; a comparison is none. */
function actionOf({ body }: RunPage, again: () => void): HTMLButtonElement | undefined {
  if (body.kind === 'comparison') return undefined;
  return body.kind === 'running'
    ? button('Cancel', 'debug-stop', () => {
        post({ type: 'cancel' });
      })
    : iconButton(body.kind === 'not-run' ? 'Run' : 'Run again', body.kind === 'not-run' ? 'play' : 'refresh', again);
}

function facts(page: RunPage): readonly (readonly [string, string])[] {
  const { body, endedAt, environment, workspace } = page;
  const report = body.kind === 'dry-run' || body.kind === 'collection' || body.kind === 'rehearsal' ? body.report : undefined;
  const startedAt = report?.startedAt ?? page.startedAt;
  const duration = body.kind === 'filter' ? body.report.milliseconds : (report?.endedAt ?? endedAt ?? startedAt) - startedAt;
  const source =
    body.kind === 'collection'
      ? body.report.source
      : body.kind === 'rehearsal'
        ? ({ kind: 'replay', recording: body.report.recording } as const)
        : page.source;
  const limits = body.kind === 'dry-run' || body.kind === 'collection' ? body.report.limits : page.limits;
  return [
    ...(report === undefined ? [] : [['System', report.system] as const]),
    ...(body.kind === 'mapping' ? [['System', body.preview.plan.system] as const] : []),
    ['Workspace', workspace],
    ...(environment === undefined ? [] : [['Environment', environment] as const]),
    ...(source === undefined ? [] : [['Source', sourceText(source)] as const]),
    ...(body.kind === 'comparison' ? [['Before', body.comparison.before] as const, ['After', body.comparison.after] as const] : []),
    ...(body.kind === 'comparison' || body.kind === 'not-run' ? [] : [['Started', timeText(startedAt)] as const]),
    ...(endedAt === undefined || body.kind === 'comparison' || body.kind === 'not-run'
      ? []
      : [['Took', `${durationText(duration)}${body.kind === 'filter' ? firstRowText(body.report) : ''}`] as const]),
    ...(limits === undefined ? [] : [['Limits', limitsText(limits)] as const]),
    ...(body.kind === 'dry-run' ? askedFact(body.report) : []),
    ...(body.kind === 'collection' && body.report.recording !== undefined
      ? [['Recording', recordingText(body.report.recording)] as const]
      : []),
    ...(body.kind === 'rehearsal' ? [['Seed', String(body.report.seed)] as const] : []),
    // Those of a run of now stand in its form.
    ...(body.kind === 'filter' && page.filter === undefined ? parameterFact(body) : []),
  ];
}

/** Which older rows scripts were answered from. */
function askedFact({ asked = [] }: DryRunReport): readonly (readonly [string, string])[] {
  if (asked.length === 0) return [];
  const tables = asked.map(({ system, table, collectedAt }) => `${system}.${table} as collected ${timeText(collectedAt)}`);
  return [['Scripts asked', tables.join(', ')]];
}

function recordingText({ folder, state, exchanges }: RecordingOutcome): string {
  switch (state) {
    case 'saved':
      return `${folder}, ${count(exchanges, 'exchange')}`;
    case 'unchanged':
      return `${folder}, the same as before`;
    case 'not-saved':
      return 'not saved';
  }
}

function firstRowText({ firstRowMilliseconds }: FilterReport): string {
  return firstRowMilliseconds === undefined ? '' : `, first row after ${durationText(firstRowMilliseconds)}`;
}

/** The values of the run shown, whatever the form says by now. */
function parameterFact({ report, parameters }: Extract<RunPage['body'], { kind: 'filter' }>): readonly (readonly [string, string])[] {
  const used =
    report.parameters?.map((one) => `${one.name} = ${String(one.value)}${one.from === 'given' ? '' : ` (${fromWords(one)})`}`) ??
    Object.entries(parameters).map(([name, value]) => `${name} = ${String(value)}`);
  return used.length === 0 ? [] : [['Parameters', used.join(', ')]];
}

function outdatedElement(): HTMLElement {
  return element(
    'span',
    { class: 'outdated', attributes: { role: 'status' } },
    icon('history'),
    element('span', { text: 'Collected since; run again.' }),
  );
}

/** Says beside the heading that the vault has other rows by now. */
export function showOutdated(): void {
  if (document.querySelector('.outdated') === null) document.querySelector('.title > .spring')?.before(outdatedElement());
}

/** Shows and changes whether the panel keeps this run; `aria-pressed` is the state. */
function pinButton(pinned: boolean): HTMLButtonElement {
  const built = iconButton('', 'pin', () => {
    post({ type: 'pin', pinned: built.getAttribute('aria-pressed') !== 'true' });
  });
  built.classList.add('pin');
  showPinned(built, pinned);
  return built;
}

export function showPinned(built: Element, pinned: boolean): void {
  const label = pinned ? 'Pinned: the next run opens another panel' : 'Pin: keep this run, open the next one in another panel';
  built.setAttribute('aria-pressed', String(pinned));
  built.setAttribute('aria-label', label);
  built.setAttribute('title', label);
  built.firstElementChild?.setAttribute('class', `codicon codicon-${pinned ? 'pinned' : 'pin'}`);
}
