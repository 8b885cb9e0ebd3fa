import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { notText } from './not-text.ts';
import type { Name, Problem, Span } from './problem.ts';

/** A node of the tolerant JSON tree: offset and length are those of its text. */
export type JsonNode = Node;

/** What a reader gets from a JSON text: a tree, as far as there is one, and what is wrong with the text. */
export interface JsonDocument {
  readonly text: string;
  readonly root: JsonNode | undefined;
  readonly problems: readonly Problem[];
  /** The tree is all there: what is wrong, if anything, hides nothing (comments and trailing commas in strict JSON). */
  readonly whole: boolean;
}

/** One property of an object, with the name's place. */
export interface Property {
  readonly name: Name;
  readonly value: JsonNode;
}

const meanings: Readonly<Record<string, string>> = {
  InvalidSymbol: 'This is not a JSON value. Text needs double quotes.',
  InvalidNumberFormat: 'This is not a JSON number.',
  PropertyNameExpected: 'A property name in double quotes is expected here. Is there a comma too many before it?',
  ValueExpected: 'A value is expected here. Is there a comma too many before it?',
  ColonExpected: 'A colon is expected after the property name.',
  CommaExpected: 'A comma is expected between two entries.',
  CloseBraceExpected: 'A closing brace is missing.',
  CloseBracketExpected: 'A closing bracket is missing.',
  EndOfFileExpected: 'The document has ended before this. Remove what follows, or check the braces.',
  InvalidCommentToken: 'NIM reads strict JSON, which has no comments. Remove this one.',
  UnexpectedEndOfComment: 'This comment is never closed.',
  UnexpectedEndOfString: 'The closing double quote is missing.',
  UnexpectedEndOfNumber: 'This number is not finished.',
  InvalidUnicode: 'This \\u escape needs four hexadecimal digits.',
  InvalidEscapeCharacter: 'This escape does not exist in JSON. Write \\\\ for a backslash.',
  InvalidCharacter: 'This character must be escaped inside a string.',
};

/**
 * Parses `text` as far as it goes; never throws. `strict` refuses comments and trailing commas, as NIM does for connectors; our own files
 * may hold both.
 */
export function parseJson(text: string, options: { readonly strict: boolean }): JsonDocument {
  const unreadable = notText(text);
  if (unreadable) return { text, root: undefined, problems: [unreadable], whole: false };
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
  const errors: ParseError[] = [];
  // A byte order mark is legal for editors and invisible to authors; a space keeps every offset.
  const source = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  const root = parseTree(source, errors, { allowTrailingComma: !options.strict, disallowComments: options.strict });
  const found = errors.map((error): Problem => {
    const name = printParseErrorCode(error.error);
    const trailing = name === 'PropertyNameExpected' || name === 'ValueExpected' ? trailingComma(source, error.offset) : undefined;
    return {
      code: 'not-json',
      severity: 'error',
      message: trailing
        ? 'NIM reads strict JSON, which has no comma after the last entry. Remove it.'
        : (meanings[name] ?? 'This is not valid JSON.'),
      span: trailing ?? { offset: error.offset, length: Math.max(error.length, 1) },
      ...(trailing && { fixes: [{ title: 'Remove the comma', span: trailing, text: '' }] }),
    };
  });
  if (source.trim() === '') {
    return {
      text,
      root,
      problems: [
        { code: 'not-json', severity: 'error', message: 'The file is empty. A JSON object is expected.', span: { offset: 0, length: 1 } },
      ],
      whole: false,
    };
  }
  // One comma too many is reported by the parser as a name and as a value that are missing.
  const problems = found.filter(({ span }, index) => found.findIndex((other) => other.span.offset === span.offset) === index);
  return { text, root, problems, whole: problems.length === 0 || (options.strict && isWhole(source)) };
}

function isWhole(source: string): boolean {
  const errors: ParseError[] = [];
  parseTree(source, errors, { allowTrailingComma: true, disallowComments: false });
  return errors.length === 0;
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

function trailingComma(text: string, offset: number): Span | undefined {
  const closing = text[offset];
  if (closing !== '}' && closing !== ']') return undefined;
  const before = text.slice(0, offset).trimEnd();
  return before.endsWith(',') ? { offset: before.length - 1, length: 1 } : undefined;
}

export function spanOf(node: JsonNode): Span {
  return { offset: node.offset, length: node.length };
}

/** The properties of an object in order; empty for anything else. A property without a value yet is left out. */
export function propertiesOf(node: JsonNode | undefined): readonly Property[] {
  if (node?.type !== 'object') return [];
  const found: Property[] = [];
  for (const child of node.children ?? []) {
    const [key, value] = child.children ?? [];
    if (key && value) found.push({ name: { text: String(key.value), span: spanOf(key) }, value });
  }
  return found;
}

/** The value of the last property of that name, as NIM and JSON.parse take it. */
export function childOf(node: JsonNode | undefined, ...path: readonly string[]): JsonNode | undefined {
  let current = node;
  for (const step of path) current = propertiesOf(current).findLast((property) => property.name.text === step)?.value;
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

/** The plain JavaScript value of a node. Built without prototypes' setters, so a key such as `__proto__` is only a key. */
export function valueOf(node: JsonNode | undefined): unknown {
  if (!node) return undefined;
  if (node.type === 'object')
    return Object.fromEntries(propertiesOf(node).map((property) => [property.name.text, valueOf(property.value)]));
  if (node.type === 'array') return elementsOf(node).map(valueOf);
  return node.value as unknown;
}
