import type { DeclaredParameter } from '../../../../engine/host/protocol.ts';
import { element, foreign, freshId, icon, iconButton } from '../dom.ts';

type Value = string | number | boolean | null;

/** One parameter in the form: its name, an input of its type, and where its value comes from. */
export interface Field {
  readonly node: HTMLElement;
  readonly name: string;
  readonly input: HTMLInputElement | HTMLSelectElement;
  /** The value as it is sent; undefined where the session or the default gives it. */
  value(): Value | undefined;
  /** Shows what is wrong with what is written, and says whether something is. */
  check(): boolean;
}

/** `given`: what a person gave last; undefined where nobody did. */
export function createField(parameter: DeclaredParameter, given: Value | undefined): Field {
  const { name, type } = parameter;
  const own = fallbackOf(parameter);
  const id = freshId('parameter');
  const hint = element('span', { class: 'hint', attributes: { id: `${id}-hint` } });
  const input = inputOf(parameter, given === undefined ? own : textOf(given), { id, 'aria-describedby': hint.id, 'data-keep-focus': name });
  const written = (): string => (type === 'text' ? input.value : input.value.trim());
  const isOwn = (): boolean => written() !== '' && written() !== own;
  const reset = iconButton(`Back to ${own === undefined ? 'nothing' : sourceWords(parameter)}`, 'discard', () => {
    input.value = own ?? '';
    show();
    input.focus();
  });
  reset.classList.add('reset');
  const calendar =
    type === 'date' && input instanceof HTMLInputElement
      ? calendarOf(name, input, () => {
          show();
        })
      : undefined;
  const label = element('label', { attributes: { for: id, title: `${name}: ${type}` } }, foreign(name));
  const fault = (): string | undefined => {
    if (written() !== '') return faultOf(type, written());
    return own === undefined ? 'needed' : undefined;
  };
  const show = (): void => {
    input.removeAttribute('aria-invalid');
    hint.className = 'hint';
    hint.textContent = hintText(parameter, own, written());
    reset.hidden = own === undefined || !isOwn();
  };
  input.addEventListener('input', show);
  const node = element('div', { class: `field of-${type}` }, label, element('span', { class: 'with-reset' }, input, calendar, reset), hint);
  show();
  return {
    node,
    name,
    input,
    value: () => (isOwn() ? converted(type, written()) : undefined),
    check: () => {
      const wrong = fault();
      input.setAttribute('aria-invalid', String(wrong !== undefined));
      if (wrong === undefined) return true;
      hint.className = 'hint wrong';
      const said = wrong === 'needed' ? `Needs a ${type === 'datetime' ? 'point in time' : type === 'boolean' ? 'choice' : type}.` : wrong;
      hint.replaceChildren(icon('error'), element('span', { text: said }));
      return false;
    },
  };
}

/** What the parameter has where nobody gives a value: that of the session, else the default. */
function fallbackOf(parameter: DeclaredParameter): string | undefined {
  if (parameter.sessionValue !== undefined) return parameter.sessionValue;
  return parameter.default === undefined ? undefined : textOf(parameter.default);
}

function textOf(value: Value): string {
  return value === null ? '' : String(value);
}

function sourceWords({ session, sessionValue }: DeclaredParameter): string {
  return sessionValue === undefined ? 'the default' : `session.${session ?? ''}`;
}

/** Where the value comes from, or what it would be. */
function hintText(parameter: DeclaredParameter, own: string | undefined, written: string): string {
  const { session, sessionValue, type } = parameter;
  const nobody = session !== undefined && sessionValue === undefined ? `session.${session} has no value here; ` : '';
  if (own === undefined) return `${nobody}${type}`;
  if (written !== '' && written !== own) return sessionValue === undefined ? `default: ${own}` : `session.${session ?? ''}: ${own}`;
  const what = parameter.default === null && sessionValue === undefined ? 'default: null' : sourceName(parameter);
  return `${nobody}${what}${written === '' && own !== '' ? `: ${own}` : ''}`;
}

function sourceName({ session, sessionValue }: DeclaredParameter): string {
  return sessionValue === undefined ? 'default' : `session.${session ?? ''}`;
}

const datetimeExample = '2026-12-31T12:00:00Z';

function inputOf(
  { type, name }: DeclaredParameter,
  value: string | undefined,
  attributes: Readonly<Record<string, string>>,
): HTMLInputElement | HTMLSelectElement {
  if (type === 'boolean') {
    const select = element(
      'select',
      { class: 'input', attributes },
      ...(value === 'true' || value === 'false' ? [] : [element('option', { text: '', attributes: { value: '' } })]),
      element('option', { text: 'true', attributes: { value: 'true' } }),
      element('option', { text: 'false', attributes: { value: 'false' } }),
    );
    select.value = value ?? '';
    return select;
  }
  const input = element('input', {
    class: 'input',
    attributes: {
      ...attributes,
      type: 'text',
      spellcheck: 'false',
      autocomplete: 'off',
      dir: 'auto',
      name,
      ...(type === 'number' && { inputmode: 'decimal' }),
      ...(type === 'date' && { placeholder: 'yyyy-mm-dd' }),
      ...(type === 'datetime' && { placeholder: datetimeExample }),
    },
  });
  input.value = value ?? '';
  return input;
}

/**
 * A calendar to choose a day from. The day itself is written as filters write it: an input of the browser would show it the way of some country, and
 * leave open what is the month.
 */
function calendarOf(name: string, input: HTMLInputElement, onChoice: () => void): HTMLInputElement {
  const calendar = element('input', {
    class: 'calendar',
    attributes: { type: 'date', tabindex: '-1', 'aria-label': `Calendar for ${name}`, title: 'Choose a day' },
  });
  calendar.addEventListener('focus', () => {
    calendar.value = isDate(input.value.trim()) ? input.value.trim() : '';
  });
  calendar.addEventListener('change', () => {
    if (calendar.value === '') return;
    input.value = calendar.value;
    onChoice();
  });
  return calendar;
}

function faultOf(type: DeclaredParameter['type'], written: string): string | undefined {
  switch (type) {
    case 'number':
      return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(written) ? undefined : 'Not a number: digits, with a point before decimals.';
    case 'date':
      return isDate(written) ? undefined : 'Not a day such as 2026-12-31.';
    case 'datetime':
      return /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(written)
        ? undefined
        : `Not a point in time such as ${datetimeExample}.`;
    case 'text':
    case 'boolean':
      return undefined;
  }
}

function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function converted(type: DeclaredParameter['type'], written: string): Value {
  if (type === 'number') return Number(written);
  return type === 'boolean' ? written === 'true' : written;
}
