import type { Span } from '../../../text/problem.ts';
import type { Template } from '../../template.ts';

/** A piece of a template that is no variable, with the index where it starts in the template's text. */
export interface Literal {
  readonly text: string;
  readonly index: number;
}

/** The literal pieces of a template that hold a brace; most templates have none. */
export function literalsWithBraces(template: Template): readonly Literal[] {
  if (!template.parts.some((part) => part.kind === 'text' && /[{}]/.test(part.text))) return [];
  const found: Literal[] = [];
  let index = 0;
  for (const part of template.parts) {
    if (part.kind === 'variable') {
      const { name, modifier } = part.variable;
      index += name.length + 2 + (modifier === undefined ? 0 : modifier.length + 1);
    } else {
      if (/[{}]/.test(part.text)) found.push({ text: part.text, index });
      index += part.text.length;
    }
  }
  return found;
}

/** Where `length` characters at `index` of a template stand in the file; the whole text where JSON escapes hide the place. */
export function spanIn(template: Template, index: number, length: number, text: string): { readonly span: Span; readonly exact: boolean } {
  const offset = template.span.offset + 1 + index;
  const exact = text.slice(offset, offset + length) === template.text.slice(index, index + length);
  return { span: exact ? { offset, length } : template.span, exact };
}
