import './style.css';
import { element, foreign } from './dom.ts';
import type { Part } from './grid/browser.ts';
import { headerElement, showOutdated, showPinned } from './header.ts';
import { onMessage, post, rememberTab, rememberedTab } from './host.ts';
import type { HostMessage, RunPage } from './messages.ts';
import { notices } from './notices.ts';
import { runningPart } from './pages/running.ts';
import { tabsOf } from './pages/tabs-of.ts';
import { createTabs } from './tabs.ts';
import { count } from './words.ts';

let shown: { readonly id: number; readonly part?: Part } | undefined;

/** Draws a page in place of the one before, and says so once it is on the screen. */
function show(page: RunPage): void {
  shown?.part?.dispose?.();
  const { tabs, first } = tabsOf(page);
  const { kind } = page.body;
  const part =
    kind === 'running'
      ? runningPart(page.startedAt)
      : tabs.length === 0
        ? undefined
        : createTabs(tabs, first ?? rememberedTab(kind) ?? '', (tab) => {
            // Where the result says itself what to look at first, what is looked at is about this result, and no habit.
            if (first === undefined) rememberTab(kind, tab);
          });
  const main = document.getElementById('run') ?? document.body;
  main.replaceChildren(headerElement(page), ...notices(page), part?.node ?? element('div'));
  main.setAttribute('aria-busy', String(kind === 'running'));
  main.dataset['kind'] = kind;
  shown = { id: page.id, ...(part !== undefined && { part }) };
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
    case 'outdated':
      if (message.id === shown?.id) showOutdated();
      return;
  }
}

onMessage(receive);
post({ type: 'ready' });
