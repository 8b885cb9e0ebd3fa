import { element, freshId } from './dom.ts';
import type { Part } from './part.ts';

export interface Tab {
  readonly id: string;
  readonly label: string;
  /** Goes on with the label where there is room. */
  readonly aside?: string;
  /** Beside the label: how many, or a sign. */
  readonly badge?: string;
  readonly loud?: boolean;
  readonly build: () => Part;
}

/** Tabs that another part of the page can open, too. */
export interface TabsPart extends Part {
  /** `anew`: made again, since what it shows is asked for when it is made. */
  open(id: string, anew?: boolean): void;
}

/** Tabs after the ARIA pattern: arrows move, the panel of a tab is built when it is first looked at. */
export function createTabs(tabs: readonly Tab[], first: string, onSelect: (id: string) => void): TabsPart {
  const parts = new Map<string, Part>();
  const list = element('div', { class: 'tabs', attributes: { role: 'tablist', 'aria-label': 'Parts of the result' } });
  const stage = element('div', { class: 'stage' });
  const buttons = tabs.map((tab) =>
    tabButton(tab, () => {
      select(tab.id, true);
    }),
  );
  const panels = tabs.map((_, index) => {
    const panel = element('div', {
      class: 'tab-panel',
      attributes: { role: 'tabpanel', id: freshId('panel'), 'aria-labelledby': buttons[index]?.id ?? '' },
    });
    buttons[index]?.setAttribute('aria-controls', panel.id);
    panel.hidden = true;
    return panel;
  });
  const select = (id: string, byPerson: boolean): void => {
    tabs.forEach((tab, index) => {
      const isChosen = tab.id === id;
      const panel = panels[index];
      const button = buttons[index];
      if (panel === undefined || button === undefined) return;
      panel.hidden = !isChosen;
      button.setAttribute('aria-selected', String(isChosen));
      button.tabIndex = isChosen ? 0 : -1;
      if (isChosen && byPerson) button.focus();
      if (!isChosen || parts.has(id)) return;
      const part = tab.build();
      parts.set(id, part);
      panel.append(part.node);
      part.mount?.();
    });
    if (byPerson) onSelect(id);
  };
  list.addEventListener('keydown', (event) => {
    const at = buttons.findIndex((button) => button.getAttribute('aria-selected') === 'true');
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (step === 0 || next === undefined) return;
    select(next.id, true);
    event.preventDefault();
  });
  list.append(...buttons);
  stage.append(...panels);
  return {
    node: element('div', { class: 'tabbed' }, list, stage),
    mount: () => {
      select(tabs.some(({ id }) => id === first) ? first : (tabs[0]?.id ?? ''), false);
    },
    open: (id, anew = false) => {
      if (anew) {
        parts.get(id)?.dispose?.();
        parts.get(id)?.node.remove();
        parts.delete(id);
      }
      select(id, false);
    },
    dispose: () => {
      for (const part of parts.values()) part.dispose?.();
    },
  };
}

function tabButton({ label, aside, badge, loud }: Tab, onClick: () => void): HTMLButtonElement {
  return element(
    'button',
    { class: loud === true ? 'tab loud' : 'tab', attributes: { type: 'button', role: 'tab', id: freshId('tab') }, onClick },
    element('span', { text: label }, aside === undefined ? undefined : element('span', { class: 'aside', text: ` ${aside}` })),
    badge === undefined ? undefined : element('span', { class: 'badge', text: badge }),
  );
}
