import { within } from '../text/anchor.ts';
import { spanOf, type JsonNode } from '../text/json.ts';
import type { Span } from '../text/problem.ts';

/** One `{name}` or `{name:modifier}` inside a text. The only modifier NIM knows is `no_encode`. */
export interface Variable {
  readonly name: string;
  readonly modifier?: string;
  /** From brace to brace, in the file. */
  readonly span: Span;
}

/** A piece of a template: literal text, or a variable to put in. */
export type TemplatePart = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'variable'; readonly variable: Variable };

/** A text with variables, as paths, query parameters, headers and bodies hold them. */
export interface Template {
  readonly text: string;
  readonly parts: readonly TemplatePart[];
  /** The variables among the parts. */
  readonly variables: readonly Variable[];
  readonly span: Span;
}

const variablePattern = /\{([\p{L}\p{N}_$][\p{L}\p{N}_$.\- ]*)(?::([A-Za-z_]*))?\}/gu;

/**
 * Splits `text` into literals and variables. A brace that opens no variable is literal text. `raw` is the text as it stands in the file, where
 * that differs because of JSON escapes; places are exact either way.
 */
export function parseTemplate(text: string, span: Span, raw?: string): Template {
  if (!text.includes('{')) return { text, parts: text === '' ? [] : [{ kind: 'text', text }], variables: [], span };
  const place = (index: number): number => (raw === undefined ? index : rawIndex(raw, index));
  const parts: TemplatePart[] = [];
  const variables: Variable[] = [];
  let end = 0;
  for (const match of text.matchAll(variablePattern)) {
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) });
    const modifier = match[2];
    const start = place(match.index);
    end = match.index + match[0].length;
    const variable: Variable = {
      name: match[1] ?? '',
      ...(modifier !== undefined && { modifier }),
      // One further for the string's own quote.
      span: within(span, 1 + start, place(end) - start),
    };
    variables.push(variable);
    parts.push({ kind: 'variable', variable });
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return { text, parts, variables, span };
}

/** Where the character at `index` of a text stands in the text as it is written, with its escapes. */
function rawIndex(raw: string, index: number): number {
  let at = 0;
  for (let read = 0; read < index; read++) at += raw[at] === '\\' ? (raw[at + 1] === 'u' ? 6 : 2) : 1;
  return at;
}

/** The template of a string, number or boolean node; undefined for anything else. */
export function templateOf(node: JsonNode | undefined): Template | undefined {
  if (node?.type !== 'string' && node?.type !== 'number' && node?.type !== 'boolean') return undefined;
  return parseTemplate(String(node.value), spanOf(node), node.raw);
}

export function variablesOf(template: Template): readonly Variable[] {
  return template.variables;
}

/** What rendering needs: the value of a variable, or undefined when there is none. */
export type Lookup = (variable: Variable) => string | undefined;

/** The text with every variable put in, and the variables that had no value (they render as nothing). */
export interface Rendered {
  readonly text: string;
  readonly missing: readonly Variable[];
}

/** Puts values in. `encode` is applied to every value whose variable does not say `no_encode`. */
export function renderTemplate(template: Template, lookup: Lookup, encode: (value: string) => string = (value) => value): Rendered {
  const missing: Variable[] = [];
  let text = '';
  for (const part of template.parts) {
    if (part.kind === 'text') {
      text += part.text;
      continue;
    }
    const value = lookup(part.variable);
    if (value === undefined) missing.push(part.variable);
    text += part.variable.modifier === 'no_encode' ? (value ?? '') : encode(value ?? '');
  }
  return { text, missing };
}
