import { element, foreign, freshId, icon } from '../dom.ts';
import type { TableState } from '../states.ts';

/** A titled part of a details pane. */
export function section(title: string, ...children: readonly (Node | undefined)[]): HTMLElement {
  const id = freshId('heading');
  return element('section', { attributes: { 'aria-labelledby': id } }, element('h3', { text: title, attributes: { id } }), ...children);
}

/** The title of a details pane, a name from outside, with how it stands with it. */
export function stateHeading(title: string, { tone, icon: sign, text }: TableState): HTMLElement {
  const chip = element('span', { class: `verdict-chip ${tone}` }, icon(sign), element('span', { text }));
  return element('h2', { class: 'table-line' }, foreign(title), chip);
}

/** Names and values, as headers have them. */
export function pairs(entries: readonly (readonly [name: string, value: string])[], className = 'pairs'): HTMLElement {
  const list = element('dl', { class: className });
  for (const [name, value] of entries) list.append(element('dt', {}, foreign(name)), element('dd', {}, foreign(value)));
  return list;
}

/** A part whose title is, or holds, a name from outside: its letters stay as they are. */
export function namedSection(title: readonly (string | Node)[], ...children: readonly (Node | undefined)[]): HTMLElement {
  const built = section('', ...children);
  const heading = built.querySelector('h3');
  heading?.classList.add('as-is');
  heading?.replaceChildren(...title);
  return built;
}

export function bullets(lines: readonly string[], className = 'bullets'): HTMLElement {
  return element('ul', { class: className }, ...lines.map((line) => element('li', {}, foreign(line))));
}
