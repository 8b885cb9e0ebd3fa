import type { Span } from '../../../../engine/model/text/problem.ts';
import { button, element } from '../dom.ts';
import { post } from '../host.ts';

/** A piece of the filter's text; a click leads to where it stands. */
export function placeButton(text: string, path: string, span: Span): HTMLButtonElement {
  const built = element('button', {
    class: 'place',
    attributes: { type: 'button', title: `Go to this place in ${path}`, dir: 'ltr' },
    onClick: () => {
      post({ type: 'goTo', path, span });
    },
  });
  // One space for each break and its indent: the author's text may be laid out over lines.
  built.append(element('bdi', { text: text.replace(/\s+/g, ' ').trim() }));
  return built;
}

/** Something that is being found out, with a way to stop it. */
export function waitingElement(text: string, onCancel: () => void): HTMLElement {
  return element(
    'div',
    { class: 'waiting' },
    element('span', { class: 'codicon codicon-loading codicon-modifier-spin', attributes: { 'aria-hidden': 'true' } }),
    element('span', { text, attributes: { role: 'status' } }),
    button('Cancel', 'debug-stop', onCancel),
  );
}
