import type { RunSummary } from '../../../engine/run/run-record.ts';
import { button, element, foreign, freshId, icon, iconButton } from './dom.ts';
import { post } from './host.ts';
import { showPopup } from './popup.ts';
import { runStates } from './states.ts';
import { limitsText, sourceText, timeText } from './words.ts';

/** Older runs of the same subject, newest first: one is opened, pinned, or held against the one shown. */
export function historyElement(runs: readonly RunSummary[], current: string | undefined): HTMLElement | undefined {
  if (runs.length === 0 || (runs.length === 1 && runs[0]?.id === current)) return undefined;
  const items = runs.map((run) => element('li', {}, ...runButtons(run, current)));
  const strip = element(
    'nav',
    { class: 'history', attributes: { 'aria-label': 'Runs of the same' } },
    icon('history'),
    element('ul', {}, ...items),
  );
  const buttons = [...strip.querySelectorAll<HTMLButtonElement>('button')];
  const first = strip.querySelector<HTMLButtonElement>('[aria-current="true"]') ?? buttons[0];
  for (const each of buttons) each.tabIndex = each === first ? 0 : -1;
  // One stop for Tab; arrows go from run to run.
  strip.addEventListener('keydown', (event) => {
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = buttons[at + step];
    if (at < 0 || step === 0 || next === undefined) return;
    for (const each of buttons) each.tabIndex = each === next ? 0 : -1;
    next.focus();
    event.preventDefault();
  });
  return strip;
}

function runButtons(run: RunSummary, current: string | undefined): readonly HTMLElement[] {
  const state = runStates[run.state];
  const isCurrent = run.id === current;
  const open = element(
    'button',
    {
      class: 'run-chip',
      attributes: { type: 'button', title: `${timeText(run.startedAt)}\n${run.result}`, ...(isCurrent && { 'aria-current': 'true' }) },
      onClick: () => {
        if (!isCurrent) post({ type: 'openRun', run: run.id });
      },
    },
    element('span', { class: `sign ${state.tone}` }, icon(state.icon)),
    element('span', { class: 'run-time', text: shortTime(run.startedAt) }),
    foreign(run.result, 'run-result'),
    run.pinned ? icon('pinned') : undefined,
  );
  open.setAttribute('aria-label', `${state.text}, ${timeText(run.startedAt)}, ${run.result}${run.pinned ? ', pinned' : ''}`);
  const more = iconButton(`More about the run of ${timeText(run.startedAt)}`, 'ellipsis', () => {
    showRun(more, run, current);
  });
  more.setAttribute('aria-haspopup', 'dialog');
  more.setAttribute('aria-expanded', 'false');
  return [open, more];
}

/** What a run was, and what can be done with it. */
function showRun(anchor: HTMLElement, run: RunSummary, current: string | undefined): void {
  const facts: readonly (readonly [string, string])[] = [
    ['Started', timeText(run.startedAt)],
    ['Result', run.result],
    ...(run.source === undefined ? [] : [['Source', sourceText(run.source)] as const]),
    ...(run.environment === undefined ? [] : [['Environment', run.environment] as const]),
    ['Limits', limitsText(run.limits)],
  ];
  const list = element('dl', { class: 'pairs', attributes: { id: freshId('facts') } });
  for (const [name, text] of facts) list.append(element('dt', { text: name }), element('dd', {}, foreign(text)));
  const act = (message: Parameters<typeof post>[0]): void => {
    popup.close();
    post(message);
  };
  const actions = element('div', { class: 'buttons' });
  if (run.id !== current) {
    actions.append(
      button('Open', 'go-to-file', () => {
        act({ type: 'openRun', run: run.id });
      }),
    );
    if (current !== undefined)
      actions.append(
        button('Compare with the run shown', 'git-compare', () => {
          // The older one is the side before, whichever is shown. Ids sort by time.
          const [before, after] = run.id < current ? [run.id, current] : [current, run.id];
          act({ type: 'compareRuns', before, after });
        }),
      );
  }
  actions.append(
    button(run.pinned ? 'Unpin' : 'Keep (pin)', run.pinned ? 'pinned' : 'pin', () => {
      act({ type: 'pinRun', run: run.id, pinned: !run.pinned });
    }),
  );
  const popup = showPopup(anchor, `Run of ${timeText(run.startedAt)}`, element('div', { class: 'chooser' }, list, actions));
}

/** `20:31` of today, else `11-20 06:10`. */
export function shortTime(milliseconds: number): string {
  const text = timeText(milliseconds);
  return text.slice(0, 10) === timeText(Date.now()).slice(0, 10) ? text.slice(11, 16) : text.slice(5, 16);
}
