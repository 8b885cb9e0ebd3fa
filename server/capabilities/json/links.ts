import type { JsonNode } from '../../../engine/model/text/json.ts';
import type { Span } from '../../../engine/model/text/problem.ts';

/** A web address in a text of a JSON file. */
export interface WebLink {
  readonly span: Span;
  readonly target: string;
  /** The value of the root's `$schema`. */
  readonly isSchema: boolean;
}

/** Without braces: an address with a variable in it is none yet. */
const address = /\bhttps?:\/\/[^\s"'<>\\^`{}|]+/g;

/** Every absolute web address without variables. */
export function webLinks(text: string, root: JsonNode | undefined): readonly WebLink[] {
  return stringsIn(root).flatMap((node) => {
    const start = node.offset + 1;
    const inside = text.slice(start, node.offset + node.length - 1);
    const isSchema = node.parent?.parent === root && node.parent?.children?.[0]?.value === '$schema';
    return [...inside.matchAll(address)].flatMap((match): readonly WebLink[] => {
      const end = match.index + match[0].length;
      // What goes on with a variable or an escape is only the beginning of an address.
      if (/[{\\]/.test(inside[end] ?? '')) return [];
      const target = match[0].replace(/[.,;:!?)\]]+$/, '');
      return URL.canParse(target) ? [{ span: { offset: start + match.index, length: target.length }, target, isSchema }] : [];
    });
  });
}

/** The text values below a node; without recursion, however deep the text is nested. */
function stringsIn(root: JsonNode | undefined): readonly JsonNode[] {
  const found: JsonNode[] = [];
  const waiting = root ? [root] : [];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'string') found.push(node);
    const children = node.type === 'property' ? (node.children ?? []).slice(1) : (node.children ?? []);
    for (let index = children.length - 1; index >= 0; index--) {
      const child = children[index];
      if (child) waiting.push(child);
    }
  }
  return found;
}
