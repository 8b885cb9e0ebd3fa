import type { Span } from '../text/problem.ts';

/**
 * A copy of a tree in which everything stands at one place: that where another text names it. Nodes hold nothing but plain values, so that every
 * record with a `span` is a node or a name. `change` may put another node in place of one.
 */
export function respan<Node extends object>(node: Node, place: Span, change: (node: object) => object | undefined): Node {
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    if (typeof value !== 'object' || value === null) return value;
    const source = change(value) ?? value;
    return Object.fromEntries(Object.entries(source).map(([key, part]) => [key, isPlace(key) ? place : copy(part)]));
  };
  return copy(node) as Node;
}

function isPlace(key: string): boolean {
  return key === 'span' || key === 'codeSpan';
}
