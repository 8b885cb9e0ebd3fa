import { plain } from './anchor.ts';
import type { JsonDocument } from './json-document.ts';
import { TreeNode, type JsonNode, type Property } from './json-node.ts';
import { notText } from './not-text.ts';
import type { Name, Span } from './problem.ts';
import { patchJson } from './patch-json.ts';
import { readStrict } from './read-strict.ts';
import { readTolerant } from './read-tolerant.ts';
import { documentSections } from './sections.ts';

export type { JsonDocument } from './json-document.ts';
export type { JsonNode, Property } from './json-node.ts';

/**
 * Parses `text` as far as it goes; never throws. `strict` refuses comments and trailing commas, as NIM does for connectors; our own files
 * may hold both. Given the document of an earlier version of the text, only the section that was edited is read, and **the earlier document's
 * tree is taken over**: it must not be used any more. All places in it move with the text.
 */
export function parseJson(text: string, options: { readonly strict: boolean; readonly previous?: JsonDocument }): JsonDocument {
  if (options.previous && options.strict) {
    const patched = patchJson(options.previous, text, deepest);
    if (patched) return patched;
  }
  const unreadable = notText(text);
  if (unreadable) return { text, root: undefined, problems: [unreadable], whole: false };
  const sections = options.strict ? documentSections : undefined;
  const strict = readStrict(text, deepest, sections);
  if (strict) return { text, root: strict, problems: [], whole: true, ...(sections && { damage: new Map() }) };
  const deep = tooDeep(text);
  if (deep !== undefined) {
    const message = `The document is nested more than ${deepest} levels deep here, which no file of ours is. Was something pasted that does not belong?`;
    return {
      text,
      root: undefined,
      problems: [{ code: 'too-deep', severity: 'error', message, span: { offset: deep, length: 1 } }],
      whole: false,
    };
  }
  if (text.trim() === '' || text.trim() === '\uFEFF') {
    const message = 'The file is empty. A JSON object is expected.';
    return {
      text,
      root: undefined,
      problems: [{ code: 'not-json', severity: 'error', message, span: { offset: 0, length: 1 } }],
      whole: false,
    };
  }
  const { root, problems, hides } = readTolerant(text, options, sections);
  return { text, root, problems, whole: !hides };
}

/** Readers recurse; this keeps them far from the end of the stack. */
const deepest = 200;

/** The first place that is nested too deep, or undefined. */
function tooDeep(text: string): number | undefined {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (inString) {
      if (unit === 92) i++;
      // A string ends with its line at the latest, as the parser sees it.
      else if (unit === 34 || unit === 10) inString = false;
    } else if (unit === 34) inString = true;
    else if (unit === 123 || unit === 91) {
      if (++depth > deepest) return i;
    } else if (unit === 125 || unit === 93) depth--;
  }
  return undefined;
}

/** The place of a node; it moves when text before its section changes. */
export function spanOf(node: JsonNode): Span {
  return node instanceof TreeNode ? node : plain(node);
}

const none: readonly Property[] = [];

/** The properties of an object in order; empty for anything else. A property without a value yet is left out. */
export function propertiesOf(node: JsonNode | undefined): readonly Property[] {
  if (node?.type !== 'object' || !node.children) return none;
  const { children } = node;
  // A property node is a property, see TreeNode; most objects have whole ones only.
  return (children.every(isWhole) ? children : children.filter(isWhole)) as readonly unknown[] as readonly Property[];
}

function isWhole({ children }: JsonNode): boolean {
  return children?.length === 2;
}

/** The value of the last property of that name, as NIM and JSON.parse take it. */
export function childOf(node: JsonNode | undefined, ...path: readonly string[]): JsonNode | undefined {
  let current = node;
  for (const step of path) {
    const properties = propertiesOf(current);
    current = undefined;
    for (let i = properties.length - 1; i >= 0; i--) {
      const property = properties[i];
      if (property?.name.text === step) {
        current = property.value;
        break;
      }
    }
    if (!current) return undefined;
  }
  return current;
}

export function elementsOf(node: JsonNode | undefined): readonly JsonNode[] {
  return node?.type === 'array' ? (node.children ?? []) : [];
}

/** The text of a string node, with its place; undefined for anything else. */
export function stringOf(node: JsonNode | undefined): Name | undefined {
  return node?.type === 'string' ? { text: String(node.value), span: spanOf(node) } : undefined;
}

/** The number of a node that holds one, also where it is written as text (`"100"`), as shipped connectors do. */
export function numberOf(node: JsonNode | undefined): number | undefined {
  if (node?.type === 'number') return Number(node.value);
  if (node?.type === 'string' && /^-?\d+$/.test(String(node.value))) return Number(node.value);
  return undefined;
}

export function booleanOf(node: JsonNode | undefined): boolean | undefined {
  return node?.type === 'boolean' ? Boolean(node.value) : undefined;
}

/**
 * The plain JavaScript value of a node. Built without prototypes' setters, so a key such as `__proto__` is only a key. Of the object `unless`
 * the properties are left out.
 */
export function valueOf(node: JsonNode | undefined, unless?: JsonNode): unknown {
  if (!node) return undefined;
  if (node === unless) return {};
  if (node.type === 'object')
    return Object.fromEntries(propertiesOf(node).map((property) => [property.name.text, valueOf(property.value, unless)]));
  if (node.type === 'array') return elementsOf(node).map((element) => valueOf(element, unless));
  return node.value;
}
