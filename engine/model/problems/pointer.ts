import type { JsonNode } from '../text/json.ts';

/**
 * The JSON pointer (RFC 6901) of the property a place belongs to: the innermost one whose name or value the offset lies in. An element of
 * an array has a place of its own where it is an object; others belong to the array's property, so that their order does not matter. `''` is the document itself.
 */
export function pointerAt(root: JsonNode | undefined, offset: number): string {
  let pointer = '';
  let steps = '';
  let node = root;
  while (node) {
    const children: readonly JsonNode[] = node.children ?? [];
    const index = children.findIndex((child) => offset >= child.offset && offset < child.offset + child.length);
    const child = children[index];
    if (!child) return pointer;
    if (node.type === 'array') {
      steps += `/${index}`;
      if (child.type === 'object') pointer = steps;
      node = child;
    } else {
      const [key, value]: readonly JsonNode[] = child.children ?? [];
      steps += `/${escape(typeof key?.value === 'string' ? key.value : '')}`;
      pointer = steps;
      node = value;
    }
  }
  return pointer;
}

function escape(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}
