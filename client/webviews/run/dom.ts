/** What an element can be given: a class, text, attributes, a click. There is no way to give it markup: nothing an API returns is trusted. */
export interface Properties {
  readonly class?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly onClick?: (event: MouseEvent) => void;
}

/** Builds an element of the page. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: readonly (Node | string | undefined)[]
): HTMLElementTagNameMap[K] {
  const built = document.createElement(tag);
  if (properties.class !== undefined) built.className = properties.class;
  if (properties.text !== undefined) built.textContent = properties.text;
  for (const [name, value] of Object.entries(properties.attributes ?? {})) built.setAttribute(name, value);
  const { onClick } = properties;
  if (onClick !== undefined) built.addEventListener('click', onClick as EventListener);
  built.append(...children.filter((child) => child !== undefined));
  return built;
}

/** A codicon, without meaning of its own. */
export function icon(name: string): HTMLElement {
  return element('span', { class: `codicon codicon-${name}`, attributes: { 'aria-hidden': 'true' } });
}

/** Text that came from outside, kept apart from the text around it whatever its direction. */
export function foreign(text: string, className?: string): HTMLElement {
  return element('bdi', { text, ...(className !== undefined && { class: className }) });
}

export function button(label: string, iconName: string | undefined, onClick: () => void, more: Properties = {}): HTMLButtonElement {
  const built = element(
    'button',
    { ...more, class: more.class ?? 'button', attributes: { type: 'button', ...more.attributes }, onClick },
    iconName === undefined ? undefined : icon(iconName),
  );
  built.append(element('span', { text: label }));
  return built;
}

/** A button that is only an icon, named for those who cannot see it. */
export function iconButton(label: string, iconName: string, onClick: () => void): HTMLButtonElement {
  return element(
    'button',
    { class: 'icon-button', attributes: { type: 'button', title: label, 'aria-label': label }, onClick },
    icon(iconName),
  );
}

let ids = 0;

/** An id that nothing else in the page has. */
export function freshId(prefix: string): string {
  ids += 1;
  return `${prefix}-${String(ids)}`;
}
