import { element } from './dom.ts';

export interface Popup {
  close(): void;
}

let open: Popup | undefined;

/**
 * Shows something beside what it belongs to, until Escape, a click elsewhere or the focus leaving it. The focus goes to its first control and
 * comes back to where it was.
 */
export function showPopup(anchor: HTMLElement, label: string, content: HTMLElement, onClose?: () => void): Popup {
  open?.close();
  const before = document.activeElement instanceof HTMLElement ? document.activeElement : anchor;
  const node = element('div', { class: 'popup', attributes: { role: 'dialog', 'aria-label': label, tabindex: '-1' } }, content);
  const outside = (event: PointerEvent): void => {
    if (event.target instanceof Node && !node.contains(event.target)) popup.close();
  };
  const popup: Popup = {
    close: () => {
      if (open !== popup) return;
      open = undefined;
      document.removeEventListener('pointerdown', outside, true);
      const hadFocus = node.contains(document.activeElement);
      node.remove();
      if (anchor.tagName === 'BUTTON') anchor.setAttribute('aria-expanded', 'false');
      onClose?.();
      if (hadFocus && before.isConnected) before.focus({ preventScroll: true });
    },
  };
  open = popup;
  node.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    popup.close();
    event.preventDefault();
    event.stopPropagation();
  });
  node.addEventListener('focusout', (event) => {
    if (event.relatedTarget instanceof Node && !node.contains(event.relatedTarget)) popup.close();
  });
  document.addEventListener('pointerdown', outside, true);
  if (anchor.tagName === 'BUTTON') anchor.setAttribute('aria-expanded', 'true');
  (document.getElementById('run') ?? document.body).append(node);
  place(node, anchor);
  const first = node.querySelector<HTMLElement>('input, button, [tabindex="0"]') ?? node;
  first.focus({ preventScroll: true });
  return popup;
}

/** Below the anchor, or above where there is more room, and always within the page. */
function place(node: HTMLElement, anchor: HTMLElement): void {
  const at = anchor.getBoundingClientRect();
  const { innerWidth, innerHeight } = window;
  const below = innerHeight - at.bottom;
  const isBelow = below >= Math.min(260, node.offsetHeight) || below >= at.top;
  node.style.maxHeight = `${String(Math.max(120, (isBelow ? below : at.top) - 12))}px`;
  node.style.left = `${String(Math.max(4, Math.min(at.left, innerWidth - node.offsetWidth - 4)))}px`;
  node.style.top = `${String(isBelow ? at.bottom + 2 : Math.max(4, at.top - node.offsetHeight - 2))}px`;
}
