import { TreeNode, type JsonNode } from './json-node.ts';

/**
 * Which objects of a document have sections for properties: a tree of property names, from the root down. Everything else of a document lies
 * within one section or another.
 */
export type SectionTree = ReadonlyMap<string, SectionTree>;

const leaf: SectionTree = new Map();

/** In a connector each table is a section, and so is each of the parts beside `schema`. */
export const documentSections: SectionTree = new Map([['schema', new Map([['crud_objects', leaf]])]]);

/** The property nodes from the root down to the innermost section whose value holds this stretch between its brackets. */
export function sectionAt(
  holder: JsonNode | undefined,
  sections: SectionTree,
  start: number,
  end: number,
): readonly TreeNode[] | undefined {
  if (!(holder instanceof TreeNode) || holder.type !== 'object') return undefined;
  for (const property of holder.children ?? []) {
    if (property.offset + property.length <= start) continue;
    const [name, value] = property.children ?? [];
    if (!value || (value.type !== 'object' && value.type !== 'array')) return undefined;
    if (start <= value.offset || end >= value.offset + value.length) return undefined;
    const below = sections.get(String(name?.value));
    if (!below) return [property];
    const inner = sectionAt(value, below, start, end);
    return inner && [property, ...inner];
  }
  return undefined;
}
