import { element, foreign, freshId } from '../dom.ts';

/** A titled part of a details pane. */
export function section(title: string, ...children: readonly (Node | undefined)[]): HTMLElement {
  const id = freshId('heading');
  return element('section', { attributes: { 'aria-labelledby': id } }, element('h3', { text: title, attributes: { id } }), ...children);
}

/** Names and values, as headers have them. */
export function pairs(entries: readonly (readonly [name: string, value: string])[], className = 'pairs'): HTMLElement {
  const list = element('dl', { class: className });
  for (const [name, value] of entries) list.append(element('dt', {}, foreign(name)), element('dd', {}, foreign(value)));
  return list;
}

export function bullets(lines: readonly string[], className = 'bullets'): HTMLElement {
  return element('ul', { class: className }, ...lines.map((line) => element('li', {}, foreign(line))));
}
