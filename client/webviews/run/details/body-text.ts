import { element, iconButton } from '../dom.ts';
import { post } from '../host.ts';
import { laidOut, parseJson } from './json-text.ts';
import { jsonView } from './json-view.ts';
import { laidOutXml } from './xml-text.ts';

/** Above this a body is shown as it came, without layout and colour. */
const largest = 300_000;

/** A body as a person reads it: JSON as a tree that folds, XML indented, anything else as it came. `own` stands out in it. */
export function bodyElement(body: string, own?: readonly (string | number)[]): HTMLElement {
  const value = body.length > largest ? undefined : parseJson(body);
  if (value !== undefined) return withCopy(jsonView(value, own), () => laidOut(value));
  const text = body.length <= largest && /^\s*<[?!a-zA-Z]/.test(body) ? laidOutXml(body) : body;
  return withCopy(element('pre', { class: 'body', text, attributes: { tabindex: '0', dir: 'ltr' } }), () => body);
}

function withCopy(view: HTMLElement, text: () => string): HTMLElement {
  const copy = iconButton('Copy', 'copy', () => {
    post({ type: 'copy', text: text() });
  });
  return element('div', { class: 'with-copy' }, view, copy);
}
