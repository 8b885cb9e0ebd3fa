/** A value as a filter sees it: what it is, and how it reads, in small letters. */
export interface Seen {
  readonly value: string | number | null;
  readonly text: string;
}

export type Condition = (seen: Seen) => boolean;

/**
 * What a person wrote in the filter of a column: `text` (contains), `!text` (does not), `=text` (is), `!=text`, `>5`, `<=2020-01-01`,
 * `=IT|Finance` (one of), `=` (empty or null), `!=` (not empty). Quotes keep a sign a sign: `="a|b"`. Letters count as equal whatever their
 * case. Undefined for no filter.
 */
export function conditionOf(written: string): Condition | undefined {
  const text = written.trim().toLowerCase();
  if (text === '') return undefined;
  const [, sign = '', rest = ''] = /^(!=|<>|>=|<=|[=<>!])?([\s\S]*)$/.exec(text) ?? [];
  const operand = rest.trim();
  switch (sign) {
    case '=':
    case '!=':
    case '<>': {
      const one = isOneOf(operand);
      return sign === '=' ? one : (seen) => !one(seen);
    }
    case '!':
      return operand === '' ? undefined : (seen) => !seen.text.includes(operand);
    case '>':
    case '<':
    case '>=':
    case '<=':
      return operand === '' ? undefined : compared(sign, operand);
    default:
      return (seen) => seen.text.includes(text);
  }
}

/** How a value is written so that the filter means it and nothing else. */
export function exactly(values: readonly string[]): string {
  return `=${values.map((value) => (/["|]|^\s|\s$|^$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join('|')}`;
}

function isOneOf(operand: string): Condition {
  const wanted = new Set(alternatives(operand));
  const wantsNothing = wanted.has('');
  return ({ value, text }) => (isNothing(value, text) ? wantsNothing : wanted.has(text));
}

/** The alternatives of a list, apart at each `|` outside quotes. */
export function alternatives(operand: string): readonly string[] {
  const parts = [''];
  let quoted = false;
  for (const sign of operand) {
    if (sign === '"') quoted = !quoted;
    if (sign === '|' && !quoted) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${sign}`);
  }
  return parts.map((part) => {
    const trimmed = part.trim();
    return /^".*"$/s.test(trimmed) ? trimmed.slice(1, -1).replaceAll('""', '"') : trimmed;
  });
}

/** Numbers against numbers; anything else by its letters, which is right for dates as they are written. */
function compared(sign: string, operand: string): Condition {
  const number = Number(operand);
  const isNumber = operand !== '' && !Number.isNaN(number);
  const holds = (order: number): boolean => (sign === '>' ? order > 0 : sign === '<' ? order < 0 : sign === '>=' ? order >= 0 : order <= 0);
  return ({ value, text }) => {
    if (isNothing(value, text)) return false;
    if (!isNumber) return holds(text < operand ? -1 : text > operand ? 1 : 0);
    const own = typeof value === 'number' ? value : Number(value);
    return !Number.isNaN(own) && holds(own - number);
  };
}

function isNothing(value: Seen['value'], text: string): boolean {
  return value === null || text === '';
}
