import type { Json } from '../../new-connector/parsed.ts';

/** How a JSON text is laid out. */
export interface TextStyle {
  /** What one more level is indented by; empty for a text on one line. */
  readonly step: string;
  readonly newline: '\n' | '\r\n';
  /** Lists of texts have each entry on a line of its own. */
  readonly listsOnLines: boolean;
}

/** The layout that most of a text has, as its first lines show it. */
export function styleOf(text: string): TextStyle {
  const step = /\n([ \t]+)\S/.exec(text)?.[1];
  return {
    step: step ?? (text.includes('\n') ? '  ' : ''),
    newline: text.includes('\r\n') ? '\r\n' : '\n',
    listsOnLines: /\[(\s*)"/.exec(text)?.[1]?.includes('\n') ?? false,
  };
}

/** A value as an author of such a text would write it, at a place that is indented by `indent`. */
export function writeJson(value: Json, indent: string, style: TextStyle): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const list = isList(value);
  const inner = indent + style.step;
  const entries = list
    ? value.map((element) => writeJson(element, inner, style))
    : Object.entries(value).map(([name, property]) => `${JSON.stringify(name)}: ${writeJson(property, inner, style)}`);
  const [open, close] = list ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) return open + close;
  const plain = list && value.every((element) => typeof element !== 'object' || element === null);
  if (plain && !style.listsOnLines) return `${open}${entries.join(', ')}${close}`;
  if (style.step === '') return list ? `${open}${entries.join(', ')}${close}` : `${open} ${entries.join(', ')} ${close}`;
  const gap = style.newline + inner;
  return open + gap + entries.join(`,${gap}`) + style.newline + indent + close;
}

function isList(value: Exclude<Json, string | number | boolean | null>): value is readonly Json[] {
  return Array.isArray(value);
}

/** The white space a line begins with. */
export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset))?.[0] ?? '';
}
