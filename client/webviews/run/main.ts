import './style.css';
import type { RunSummary } from '../../../engine/run/run-record.ts';
import { element, foreign } from './dom.ts';
import type { Part } from './part.ts';
import { headerElement, showOutdated, showPinned } from './header.ts';
import { historyElement } from './history.ts';
import { onMessage, post, rememberTab, rememberedTab } from './host.ts';
import type { HostMessage, RunPage } from './messages.ts';
import { notices } from './notices.ts';
import { runningPart } from './pages/running.ts';
import { tabsOf } from './pages/tabs-of.ts';
import { createTabs, type TabsPart } from './tabs.ts';
import { count } from './words.ts';

let shown: { readonly id: number; readonly runId: string | undefined; readonly part?: Part } | undefined;

/** Draws a page in place of the one before, and says so once it is on the screen. */
function show(page: RunPage): void {
  shown?.part?.dispose?.();
  let tabbed: TabsPart | undefined;
  const { tabs, first } = tabsOf(page, (tab) => {
    tabbed?.open(tab);
  });
  const { kind } = page.body;
  const part =
    kind === 'running'
      ? runningPart(page.startedAt)
      : tabs.length === 0
        ? undefined
        : (tabbed = createTabs(tabs, first ?? rememberedTab(kind) ?? '', (tab) => {
            // Where the result says itself what to look at first, what is looked at is about this result, and no habit.
            if (first === undefined) rememberTab(kind, tab);
          }));
  const main = document.getElementById('run') ?? document.body;
  main.replaceChildren(headerElement(page), historySlot(page.history ?? [], page.runId), ...notices(page), part?.node ?? element('div'));
  main.setAttribute('aria-busy', String(kind === 'running'));
  main.dataset['kind'] = kind;
  shown = { id: page.id, runId: page.runId, ...(part !== undefined && { part }) };
  part?.mount?.();
  // A hidden page gets no frames, and the extension waits for the word: the timer speaks where the frame does not.
  let said = false;
  const say = (): void => {
    if (!said) post({ type: 'rendered', id: page.id });
    said = true;
  };
  requestAnimationFrame(say);
  setTimeout(say, 250);
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
      document.querySelector('.progress')?.replaceChildren(foreign(message.message + rows));
      return;
    }
    case 'pinned': {
      const pin = document.querySelector('.pin');
      if (pin !== null) showPinned(pin, message.pinned);
      return;
    }
    case 'history':
      if (message.id === shown?.id) document.querySelector('.history-slot')?.replaceWith(historySlot(message.history, shown.runId));
      return;
    case 'outdated':
      if (message.id === shown?.id) showOutdated();
      return;
  }
}

onMessage(receive);
post({ type: 'ready' });
