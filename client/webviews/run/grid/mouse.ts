import type { Place } from './keys.ts';

export type How = 'one' | 'range' | 'toggle' | 'keep';

/** A click selects, with Shift up to here, with Ctrl one more; dragging selects what it passes. */
export function handleMouse(node: HTMLElement, body: HTMLElement, active: () => Place, activate: (place: Place, how: How) => void): void {
  const placeAt = (target: EventTarget | null): Place | undefined => {
    const from = target instanceof Element ? target : undefined;
    const row = Number(from?.closest<HTMLElement>('.grid-body > .row')?.dataset['place']);
    if (!Number.isInteger(row)) return undefined;
    const column = Number(from?.closest('.cell')?.getAttribute('aria-colindex') ?? active().column + 2) - 2;
    return { row, column: column < 0 ? active().column : column };
  };
  body.addEventListener('mousedown', (event) => {
    const place = placeAt(event.target);
    if (place === undefined || event.button !== 0) return;
    activate(place, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'one');
    node.focus({ preventScroll: true });
    event.preventDefault();
    const drag = (moving: MouseEvent): void => {
      const to = placeAt(document.elementFromPoint(moving.clientX, moving.clientY));
      if (to !== undefined && (to.row !== active().row || to.column !== active().column)) activate(to, 'range');
    };
    document.addEventListener('mousemove', drag);
    document.addEventListener(
      'mouseup',
      () => {
        document.removeEventListener('mousemove', drag);
      },
      { once: true },
    );
  });
}
