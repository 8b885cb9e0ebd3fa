import './style.css';
import type { RunSummary } from '../../../engine/run/run-record.ts';
import { element, foreign } from './dom.ts';
import { answerCame, forgetQuestions } from './filter/ask.ts';
import { createForm, type ParameterForm } from './filter/form.ts';
import { canGoOn } from './filter/rows.ts';
import { createStream, type Stream } from './filter/stream.ts';
import type { Streamed } from './filter/tabs.ts';
import { keepFocus } from './focus.ts';
import type { Part } from './part.ts';
import { withRunBefore } from './compare-before.ts';
import { headerElement, showOutdated, showPinned } from './header.ts';
import { historyElement } from './history.ts';
import { onMessage, post, rememberTab, rememberedTab } from './host.ts';
import type { HostMessage, RunPage } from './messages.ts';
import { notices } from './notices.ts';
import { runningPart } from './pages/running.ts';
import { tabsOf } from './pages/tabs-of.ts';
import { createTabs, type TabsPart } from './tabs.ts';
import { count } from './words.ts';

interface Shown {
  readonly id: number;
  readonly runId: string | undefined;
  readonly kind: RunPage['body']['kind'];
  readonly part?: Part;
  readonly tabbed?: TabsPart;
  /** Rows that came while the run went on. */
  readonly stream: Stream;
}

let shown: Shown | undefined;

/** Draws a page in place of the one before, and says so once it is on the screen. */
function show(page: RunPage): void {
  const before = shown;
  const restoreFocus = keepFocus();
  before?.part?.dispose?.();
  forgetQuestions();
  let tabbed: TabsPart | undefined;
  const { kind } = page.body;
  // What is remembered goes by the kind of run: a filter has the same parts before and after it ran.
  const habit = kind === 'not-run' ? 'filter' : kind;
  const streamed = streamedOf(before, page);
  const { tabs, first } = tabsOf(
    page,
    (tab) => {
      tabbed?.open(tab);
    },
    streamed,
  );
  const part =
    kind === 'running'
      ? runningPart(page.startedAt)
      : tabs.length === 0
        ? undefined
        : (tabbed = createTabs(tabs, page.opens ?? first ?? rememberedTab(habit) ?? '', (tab) => {
            // Where the result says itself what to look at first, what is looked at is about this result, and no habit.
            if (first === undefined) rememberTab(habit, tab);
          }));
  // The rows of a run that was cancelled stay to be looked at.
  const keepsStream = kind === 'cancelled' && before?.kind === 'running';
  if (streamed?.goesOn === true) before?.stream.release();
  else if (!keepsStream) before?.stream.dispose?.();
  const stream = keepsStream ? before.stream : createStream(page.filter?.filter ?? page.heading);
  const form = page.filter !== undefined && page.filter.parameters.length > 0 ? createForm(page.filter) : undefined;
  const main = document.getElementById('run') ?? document.body;
  main.replaceChildren(
    headerElement(page, () => {
      again(form);
    }),
    ...(form === undefined ? [] : [form.node]),
    historySlot(page.history ?? [], page.runId),
    ...notices(page),
    part?.node ?? element('div'),
    ...(kind === 'running' || kind === 'cancelled' ? [stream.node] : []),
  );
  main.setAttribute('aria-busy', String(kind === 'running'));
  main.dataset['kind'] = kind;
  shown = {
    id: page.id,
    runId: page.runId,
    kind,
    stream,
    ...(part !== undefined && { part }),
    ...(tabbed !== undefined && { tabbed }),
  };
  part?.mount?.();
  restoreFocus();
  // A hidden page gets no frames, and the extension waits for the word: the timer speaks where the frame does not.
  let said = false;
  const say = (): void => {
    if (!said) post({ type: 'rendered', id: page.id });
    said = true;
  };
  requestAnimationFrame(say);
  setTimeout(say, 250);
}

/** Rows that came while the run of a filter went on, now that all of them are there. */
function streamedOf(before: Shown | undefined, { body }: RunPage): Streamed | undefined {
  const rows = before?.kind === 'running' ? before.stream.rows : undefined;
  return rows === undefined || body.kind !== 'filter' ? undefined : { rows, goesOn: canGoOn(rows, body.report) };
}

/** *Run again* takes what stands in the form, as *Run* beside it does. */
function again(form: ParameterForm | undefined): void {
  if (form === undefined) post({ type: 'again' });
  else form.run();
}

/** Holds its place for a strip that comes or changes later. */
function historySlot(history: readonly RunSummary[], runId: string | undefined): HTMLElement {
  return element('div', { class: 'history-slot' }, historyElement(history, runId));
}

function receive(message: HostMessage): void {
  switch (message.type) {
    case 'show':
      show(message.page);
      return;
    case 'progress': {
      if (message.id !== shown?.id) return;
      const rows = message.rows === undefined ? '' : ` · ${count(message.rows, 'row')}`;
      // Some say the number themselves, as a status bar needs it.
      document.querySelector('.progress')?.replaceChildren(foreign(message.message.replace(/: \d+ rows?$/, '') + rows));
      return;
    }
    case 'chunk':
      if (message.id !== shown?.id || (shown.kind !== 'running' && shown.kind !== 'cancelled')) return;
      shown.stream.append(message.chunk);
      return;
    case 'answer':
      answerCame(message.ask, message.answered);
      return;
    case 'openTab':
      if (message.id === shown?.id) shown.tabbed?.open(message.tab, true);
      return;
    case 'pinned': {
      const pin = document.querySelector('.pin');
      if (pin !== null) showPinned(pin, message.pinned);
      return;
    }
    case 'history': {
      if (message.id !== shown?.id) return;
      document.querySelector('.history-slot')?.replaceWith(historySlot(message.history, shown.runId));
      const compare = document.querySelector<HTMLButtonElement>('.compare-before');
      if (compare !== null && shown.runId !== undefined) withRunBefore(message.history, shown.runId, compare);
      return;
    }
    case 'outdated':
      if (message.id === shown?.id) showOutdated();
      return;
  }
}

onMessage(receive);
post({ type: 'ready' });
