import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { Anchor } from './anchor.ts';
import { TreeNode } from './json-node.ts';
import type { Problem } from './problem.ts';
import type { SectionTree } from './sections.ts';
import { checkSyntax } from './syntax/check-syntax.ts';
import { tellFirst } from './syntax/tell-first.ts';

/** What could be read of a text, and what is wrong with it. */
export interface Tolerant {
  readonly root: TreeNode | undefined;
  readonly problems: readonly Problem[];
  /** What is wrong hides something: more than comments and trailing commas in strict JSON. */
  readonly hides: boolean;
  /** The text ended in the middle of something, or went on after its end, or what is wrong with it rests on what stands around it. */
  readonly torn: boolean;
}

/** Reads what there is of any text. `strict` refuses comments and trailing commas. */
export function readTolerant(text: string, options: { readonly strict: boolean }, sections?: SectionTree): Tolerant {
  const errors: ParseError[] = [];
  // A byte order mark is legal for editors and invisible to authors; a space keeps every offset.
  const source = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  const parsed = parseTree(source, errors, { allowTrailingComma: !options.strict, disallowComments: options.strict });
  const root = parsed && convert(parsed, source, { start: 0 }, undefined, sections);
  const [first] = errors;
  if (!first) return { root, problems: [], hides: false, torn: false };
  const found = checkSyntax(text, options.strict);
  // Every error of the parser should be met by a sentence of ours.
  if (found.problems.length === 0) return { root, problems: [unexplained(first)], hides: true, torn: true };
  const torn = found.torn || found.problems.length > mostAlone || errors.some(({ error }) => tears.includes(printParseErrorCode(error)));
  return { root, problems: tellFirst(found.problems), hides: found.hides, torn };
}

/** How many of a section's problems are told before it counts how many the whole text has. */
const mostAlone = 4;

function unexplained({ offset, length }: ParseError): Problem {
  return {
    code: 'not-json',
    severity: 'error',
    message: 'This is not valid JSON. Compare it with what stands around it.',
    span: { offset, length: Math.max(length, 1) },
  };
}

/** Errors after which the text around might be read in another way. */
const tears: readonly string[] = [
  'CloseBraceExpected',
  'CloseBracketExpected',
  'EndOfFileExpected',
  'UnexpectedEndOfComment',
  'UnexpectedEndOfString',
];

function convert(node: Node, source: string, anchor: Anchor, parent: TreeNode | undefined, sections: SectionTree | undefined): TreeNode {
  const { type, offset } = node;
  // The parser sees a comment that is never closed end one sign behind the text, and what it stands in with it.
  const length = Math.min(node.length, source.length - offset);
  const closed = source[offset + length - 1] === '"';
  const escaped = type === 'string' && closed && String(node.value).length !== length - 2;
  const raw = escaped ? source.slice(offset + 1, offset + length - 1) : undefined;
  const made = new TreeNode(type, anchor, offset, length, node.value, parent, raw);
  if (node.children) made.children = [];
  for (const child of node.children ?? []) {
    const own = sections && type === 'object' ? { start: child.offset } : anchor;
    const below = type === 'property' ? sections?.get(String(node.children?.[0]?.value)) : sections;
    made.children?.push(convert(child, source, own, made, below));
  }
  if (type === 'property') made.value = made.children?.[1];
  return made;
}
