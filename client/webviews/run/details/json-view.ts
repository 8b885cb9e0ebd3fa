import { element } from '../dom.ts';
import { isList, isWritten, scalarText, type Json } from './json-text.ts';

/** With more values than this only the outer levels are open; the others are built when they are opened. */
const mostOpen = 300;

type Path = readonly (string | number)[];

interface Context {
  /** Levels that are open from the start. */
  readonly open: number;
  /** The value that stands out, and is open with all it holds. */
  readonly own: Path | undefined;
}

/** JSON as a tree that folds: Tab comes to it once, arrows go through it. */
export function jsonView(value: Json, own?: Path): HTMLElement {
  const many = size(value, mostOpen + 1) > mostOpen;
  const context: Context = { open: many ? (own === undefined ? 2 : own.length) : Infinity, own };
  const view = element('div', { class: 'body json', attributes: { dir: 'ltr', role: 'group', 'aria-label': 'JSON' } });
  view.append(valueElement(undefined, value, [], '', context, false));
  const first = view.querySelector('summary');
  if (first === null) view.tabIndex = 0;
  else first.tabIndex = 0;
  view.addEventListener('keydown', (event) => {
    move(view, event);
  });
  view.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement) || target.tagName !== 'SUMMARY') return;
    for (const other of view.querySelectorAll<HTMLElement>('summary[tabindex="0"]')) other.tabIndex = -1;
    target.tabIndex = 0;
  });
  return view;
}

function valueElement(name: string | undefined, value: Json, path: Path, comma: string, context: Context, isInOwn: boolean): HTMLElement {
  const isOwn = context.own !== undefined && path.length === context.own.length && path.every((step, at) => step === context.own?.[at]);
  const before = name === undefined ? [] : [element('bdi', { class: 'json-name', text: JSON.stringify(name) }), ': '];
  if (typeof value !== 'object' || value === null || isWritten(value)) {
    const line = element('div', { class: isOwn ? 'json-line own' : 'json-line' });
    line.append(...before, element('bdi', { class: kindOf(value), text: scalarText(value) }), comma);
    return line;
  }
  const [open, close] = isList(value) ? ['[', ']'] : ['{', '}'];
  const entries: readonly (readonly [string | number, Json])[] = isList(value)
    ? value.map((entry, at) => [at, entry])
    : Object.entries(value);
  if (entries.length === 0) {
    const line = element('div', { class: 'json-line' });
    line.append(...before, open + close + comma);
    return line;
  }
  const summary = element('summary', { attributes: { tabindex: '-1' } });
  summary.append(...before, open, element('span', { class: 'json-preview', text: `${preview(value)}${close}${comma}` }));
  const inside = element('div', { class: 'json-inside' });
  const fold = element('details', { class: isOwn ? 'own' : '' }, summary, inside, element('div', { text: close + comma }));
  const build = (): void => {
    if (inside.childElementCount > 0) return;
    inside.append(
      ...entries.map(([step, entry], at) =>
        valueElement(
          isList(value) ? undefined : String(step),
          entry,
          [...path, step],
          at < entries.length - 1 ? ',' : '',
          context,
          isInOwn || isOwn,
        ),
      ),
    );
  };
  fold.addEventListener('toggle', build);
  const leadsToOwn = context.own !== undefined && path.every((step, at) => step === context.own?.[at]);
  if (path.length < context.open || leadsToOwn || isOwn || isInOwn) {
    build();
    fold.open = true;
  }
  return fold;
}

function kindOf(value: Json): string {
  return typeof value === 'string' ? 'json-string' : isWritten(value) ? 'json-number' : 'json-word';
}

/** What a folded value holds, as far as it fits a line. */
function preview(value: Json): string {
  if (isList(value)) return ` ${String(value.length)} `;
  const parts = Object.entries(value as Readonly<Record<string, Json>>)
    .slice(0, 3)
    .map(([name, entry]) => `${name}: ${isFlat(entry) ? scalarText(entry).slice(0, 24) : isList(entry) ? '[…]' : '{…}'}`);
  return ` ${parts.join(', ')}${Object.keys(value as object).length > 3 ? ', …' : ''} `;
}

function isFlat(value: Json): value is Parameters<typeof scalarText>[0] {
  return typeof value !== 'object' || value === null || isWritten(value);
}

/** How many values there are, counted no further than `limit`. */
function size(value: Json, limit: number): number {
  if (typeof value !== 'object' || value === null || isWritten(value)) return 1;
  let total = 1;
  for (const entry of Object.values(value) as readonly Json[]) {
    if (total >= limit) break;
    total += size(entry, limit - total);
  }
  return total;
}

function move(view: HTMLElement, event: KeyboardEvent): void {
  const current = document.activeElement;
  if (!(current instanceof HTMLElement) || current.tagName !== 'SUMMARY') return;
  const fold = current.parentElement as HTMLDetailsElement;
  const reachable = [...view.querySelectorAll<HTMLElement>('summary')].filter((summary) => summary.offsetParent !== null);
  const at = reachable.indexOf(current);
  switch (event.key) {
    case 'ArrowDown':
      reachable[at + 1]?.focus();
      break;
    case 'ArrowUp':
      reachable[at - 1]?.focus();
      break;
    case 'ArrowRight':
      if (fold.open) reachable[at + 1]?.focus();
      else fold.open = true;
      break;
    case 'ArrowLeft':
      if (fold.open) fold.open = false;
      else fold.parentElement?.closest('details')?.querySelector('summary')?.focus();
      break;
    default:
      return;
  }
  event.preventDefault();
}
