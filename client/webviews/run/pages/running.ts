import { element } from '../dom.ts';
import type { Part } from '../part.ts';
import { elapsedText } from '../words.ts';

/** A run under way: its last word, and the seconds it takes, so that a server that hangs does not look like a page that does. */
export function runningPart(startedAt: number): Part {
  const elapsed = element('span', { class: 'elapsed' });
  const tick = (): void => {
    elapsed.textContent = elapsedText(Date.now() - startedAt);
  };
  const timer = setInterval(tick, 1000);
  tick();
  return {
    node: element(
      'div',
      { class: 'running' },
      element('div', { class: 'bar', attributes: { 'aria-hidden': 'true' } }),
      // The seconds stand apart from the status: nobody wants them read out.
      element(
        'div',
        { class: 'under-way' },
        element('p', { class: 'progress', text: 'Starting…', attributes: { role: 'status' } }),
        elapsed,
      ),
    ),
    dispose: () => {
      clearInterval(timer);
    },
  };
}
