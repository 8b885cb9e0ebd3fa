import { findNodeAtOffset, type Node } from 'jsonc-parser';
import { parseTemplate, variablesOf } from '../../../engine/model/connector/template.ts';
import type { JsonNode } from '../../../engine/model/text/json.ts';
import type { Span } from '../../../engine/model/text/problem.ts';

/**
 * What a selection at `offset` grows to, the smallest first: variable, the text inside the quotes, the text, its property, the entries of
 * its object, the object, and so on up to the document. With `templates`, `{name}` in a text is a variable.
 */
export function selectInJson(text: string, root: JsonNode | undefined, offset: number, templates: boolean): readonly Span[] {
  const spans: Span[] = [];
  let node = root && findNodeAtOffset(root as Node, offset, true);
  while (node) {
    if (node.type === 'string') spans.push(...insideString(text, node, offset, templates));
    else if (node.type === 'object' || node.type === 'array') spans.push(...entriesOf(node));
    spans.push({ offset: node.offset, length: node.length });
    node = node.parent;
  }
  return growing([...spans, { offset: 0, length: text.length }], offset);
}

function insideString(text: string, { offset: start, length }: Node, offset: number, templates: boolean): readonly Span[] {
  const closed = length > 1 && text[start + length - 1] === '"';
  const inside: Span = { offset: start + 1, length: length - (closed ? 2 : 1) };
  const whole = { offset: start, length };
  const variables = templates ? variablesOf(parseTemplate(text.slice(inside.offset, inside.offset + inside.length), whole)) : [];
  return [...variables.map(({ span }) => span).filter((span) => covers(span, { offset, length: 0 })), inside];
}

/** From the first entry to the last. */
function entriesOf({ children }: Node): readonly Span[] {
  const first = children?.[0];
  const last = children?.at(-1);
  return first && last ? [{ offset: first.offset, length: last.offset + last.length - first.offset }] : [];
}

/** Of these spans around an offset those that hold it, each larger than the one before and around it. */
export function growing(spans: readonly Span[], offset: number): readonly Span[] {
  const found: Span[] = [];
  for (const span of spans) {
    const before = found.at(-1) ?? { offset, length: 0 };
    if (covers(span, before) && span.length > before.length) found.push(span);
  }
  return found;
}

export function covers(outer: Span, inner: Span): boolean {
  return outer.offset <= inner.offset && inner.offset + inner.length <= outer.offset + outer.length;
}
