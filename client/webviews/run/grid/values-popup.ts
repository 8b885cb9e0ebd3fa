import { element, foreign, freshId } from '../dom.ts';
import { showPopup } from '../popup.ts';
import { grouped, oneLine } from '../words.ts';
import { alternatives, exactly } from './condition.ts';

/** Values that a list offers; the rest is found by typing. */
const mostValues = 200;

/** Lets a person pick the values that a column's filter lets through; writes them into the filter as a person would. */
export function showValues(
  anchor: HTMLElement,
  name: string,
  values: readonly (readonly [value: string, rows: number])[],
  written: string,
  onPick: (written: string) => void,
): void {
  const chosen = new Set(
    written.trim().startsWith('=') ? alternatives(written.trim().slice(1).trim()).map((value) => value.toLowerCase()) : [],
  );
  const write = (): void => {
    const picked = values.map(([value]) => value).filter((value) => chosen.has(value.toLowerCase()));
    onPick(chosen.size === 0 ? '' : exactly([...new Set(picked)]));
  };
  const list = element('ul', { class: 'choices' });
  const draw = (part: string): void => {
    const found = values.filter(([value]) => value.toLowerCase().includes(part.toLowerCase()));
    list.replaceChildren(
      ...found.slice(0, mostValues).map(([value, rows]) =>
        choice(value, rows, chosen.has(value.toLowerCase()), (checked) => {
          if (checked) chosen.add(value.toLowerCase());
          else chosen.delete(value.toLowerCase());
          write();
        }),
      ),
      ...(found.length > mostValues
        ? [element('li', { class: 'quiet more', text: `${grouped(found.length - mostValues)} more: type to find` })]
        : []),
      ...(found.length === 0 ? [element('li', { class: 'quiet more', text: 'no such value' })] : []),
    );
  };
  const search = element('input', {
    class: 'filter',
    attributes: { type: 'search', placeholder: 'Find a value', 'aria-label': `Find a value of ${name}`, spellcheck: 'false', dir: 'auto' },
  });
  search.addEventListener('input', () => {
    draw(search.value);
  });
  draw('');
  showPopup(anchor, `Values of ${name}`, element('div', { class: 'chooser' }, search, list));
}

function choice(value: string, rows: number, checked: boolean, onChange: (checked: boolean) => void): HTMLElement {
  const box = element('input', { attributes: { type: 'checkbox', id: freshId('value') } });
  box.checked = checked;
  box.addEventListener('change', () => {
    onChange(box.checked);
  });
  const label = value === '' ? element('span', { class: 'null', text: 'empty or null' }) : foreign(oneLine(value, 80));
  return element(
    'li',
    {},
    element(
      'label',
      { attributes: { for: box.id } },
      box,
      label,
      element('span', { class: 'spring' }),
      element('span', { class: 'quiet', text: grouped(rows) }),
    ),
  );
}
