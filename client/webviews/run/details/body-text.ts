import { element } from '../dom.ts';

/** Above this a body is shown as it came, without layout and colour. */
const largest = 300_000;

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

/** A body as a person reads it: JSON laid out and coloured, each string isolated; anything else as it came. */
export function bodyElement(body: string): HTMLElement {
  const block = element('pre', { class: 'body', attributes: { tabindex: '0', dir: 'ltr' } });
  const pretty = body.length > largest ? undefined : laidOut(body);
  if (pretty === undefined) {
    block.textContent = body;
    return block;
  }
  let end = 0;
  for (const match of pretty.matchAll(token)) {
    block.append(pretty.slice(end, match.index));
    const [whole, text, colon, number] = match;
    const kind =
      text !== undefined ? (colon === undefined ? 'json-string' : 'json-name') : number !== undefined ? 'json-number' : 'json-word';
    block.append(element('bdi', { class: kind, text: text ?? whole }), colon ?? '');
    end = match.index + whole.length;
  }
  block.append(pretty.slice(end));
  return block;
}

function laidOut(body: string): string | undefined {
  const start = body.trimStart()[0];
  if (start !== '{' && start !== '[') return undefined;
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    // Cut, or no JSON after all.
    return undefined;
  }
}
