import { getLocation } from 'jsonc-parser';
import type { JsonNode } from '../../../engine/model/text/json.ts';
import type { Span } from '../../../engine/model/text/problem.ts';
import { documentSections, sectionAt } from '../../../engine/model/text/sections.ts';

/** Where a caret stands in a JSON text. */
export interface Caret {
  /** Property names and array indexes from the root to the value or the property name at the caret. */
  readonly path: readonly (string | number)[];
  /** At a property's name rather than at a value. */
  readonly atKey: boolean;
  /** The literal, or the start of one, that stands at the caret and would be replaced; empty between tokens. */
  readonly span: Span;
  /** Whether that literal begins with a quote. */
  readonly quoted: boolean;
}

/**
 * Finds the caret's place also in a text that is not finished: quotes may be missing or never closed. With the tree of the text only the
 * section around the caret is looked at, so that it costs the same in a large file.
 */
export function caretAt(text: string, offset: number, root?: JsonNode): Caret {
  const sections = sectionAt(root, documentSections, offset, offset) ?? [];
  const value = sections.at(-1)?.children?.[1];
  if (!value) return caretIn(text, offset);
  const { path, span, ...rest } = caretIn(text.slice(value.offset, value.offset + value.length), offset - value.offset);
  const names = sections.map((section) => String(section.children?.[0]?.value));
  return { ...rest, path: [...names, ...path], span: { offset: span.offset + value.offset, length: span.length } };
}

function caretIn(text: string, offset: number): Caret {
  const { path, isAtPropertyKey, previousNode } = getLocation(text, offset);
  const base = { path, atKey: isAtPropertyKey };
  const node =
    previousNode && previousNode.offset <= offset && offset <= previousNode.offset + previousNode.length ? previousNode : undefined;
  if (node && text[node.offset] === '"' && offset > node.offset) {
    const closed = /^"(?:[^"\\]|\\.)*"$/s.test(text.slice(node.offset, node.offset + node.length));
    // An open string swallows the rest of its line, which is not its author's intention.
    if (!closed) return { ...base, span: { offset: node.offset, length: offset - node.offset }, quoted: true };
    if (offset < node.offset + node.length) return { ...base, span: { offset: node.offset, length: node.length }, quoted: true };
  }
  let start = offset;
  while (start > 0 && /[\p{L}\p{N}_.*^-]/u.test(text[start - 1] ?? '')) start--;
  let end = offset;
  while (end < text.length && /[\p{L}\p{N}_.*^-]/u.test(text[end] ?? '')) end++;
  return { ...base, span: { offset: start, length: end - start }, quoted: false };
}
