import { within } from './anchor.ts';
import type { JsonDocument } from './json-document.ts';
import { TreeNode } from './json-node.ts';
import { notText } from './not-text.ts';
import type { Problem } from './problem.ts';
import { readStrict } from './read-strict.ts';
import { readTolerant } from './read-tolerant.ts';
import { tellFirst } from './syntax/tell-first.ts';
import { documentSections, sectionAt, type SectionTree } from './sections.ts';

/**
 * The document of `text`, made from that of an earlier version by reading one section anew: a key stroke then costs a table, not a file. Gives
 * `undefined` where the edit reaches beyond one section, or changes where the section ends; then the whole text must be read.
 */
export function patchJson(previous: JsonDocument, text: string, deepest: number): JsonDocument | undefined {
  const { root, damage } = previous;
  if (!damage || !(root instanceof TreeNode) || notText(text)) return undefined;
  if (previous.text === text) return previous;
  const change = changeBetween(previous.text, text);
  const path = sectionAt(root, documentSections, change.start, change.oldEnd);
  const section = path?.at(-1);
  const [name, value] = section?.children ?? [];
  if (!path || !section || !name || !value) return undefined;
  const { delta } = change;
  // A copy of its own: a slice would keep the whole text alive as long as the section. The space makes it one.
  const chunk = ` ${text.slice(value.offset, value.offset + value.length + delta)}`;
  const read = readSection(chunk, value, deepest - path.length);
  if (!read) return undefined;
  const own = new Map(damage);
  own.delete(section);
  const fresh = graft(read.root, section, value.offset);
  if (read.problems.length > 0) {
    const moved = read.problems.map((problem) => moveProblem(problem, fresh.span));
    own.set(section, { problems: moved, hides: read.hides });
  }
  for (let node: TreeNode | undefined = section; node; node = node.parent) node.length += delta;
  section.children = [name, fresh];
  section.value = fresh;
  moveSections(root, documentSections, section.offset, delta);
  const found = [...own.values()].flatMap(({ problems }) => problems).sort((a, b) => a.span.offset - b.span.offset);
  return { text, root, problems: tellFirst(found), whole: ![...own.values()].some(({ hides }) => hides), damage: own };
}

interface Change {
  readonly start: number;
  readonly oldEnd: number;
  readonly delta: number;
}

const stride = 4096;

/** The stretch in which two texts differ. Compared in strides, since most of the text is the same. */
function changeBetween(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start + stride <= shorter && before.slice(start, start + stride) === after.slice(start, start + stride)) start += stride;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  const rest = shorter - start;
  let same = 0;
  const tail = (text: string): string => text.slice(text.length - same - stride, text.length - same);
  while (same + stride <= rest && tail(before) === tail(after)) same += stride;
  while (same < rest && before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)) same++;
  return { start, oldEnd: before.length - same, delta: after.length - before.length };
}

interface Section {
  readonly root: TreeNode;
  readonly problems: readonly Problem[];
  readonly hides: boolean;
}

/** Reads a section alone, if it ends where the parser of the whole text would see it end. */
function readSection(chunk: string, old: TreeNode, deepest: number): Section | undefined {
  const strict = readStrict(chunk, deepest);
  if (strict) return strict.type === old.type ? { root: strict, problems: [], hides: false } : undefined;
  const { root, problems, hides, torn } = readTolerant(chunk, { strict: true });
  if (!root || torn || root.type !== old.type || root.offset !== 1 || root.offset + root.length !== chunk.length) return undefined;
  return tooDeep(root, deepest) ? undefined : { root, problems, hides };
}

function tooDeep(node: TreeNode, left: number): boolean {
  if (node.type !== 'object' && node.type !== 'array' && node.type !== 'property') return false;
  if (left <= 0) return true;
  return (node.children ?? []).some((child) => tooDeep(child, node.type === 'property' ? left : left - 1));
}

/** The nodes of a section that was read alone, hung on their place in the document. */
function graft(root: TreeNode, section: TreeNode, offset: number): TreeNode {
  // They were read behind one space; all hang on the anchor of their own reading, which now means the section's value.
  root.anchor.start = offset - 1;
  root.parent = section;
  return root;
}

function moveProblem(problem: Problem, value: TreeNode['span']): Problem {
  const move = (span: Problem['span']): Problem['span'] => within(value, span.offset - 1, span.length);
  return {
    ...problem,
    span: move(problem.span),
    ...(problem.related && { related: problem.related.map((one) => ({ ...one, span: move(one.span) })) }),
    ...(problem.fixes && {
      fixes: problem.fixes.map((fix) => ({
        ...fix,
        span: move(fix.span),
        ...(fix.more && { more: fix.more.map((edit) => ({ ...edit, span: move(edit.span) })) }),
      })),
    }),
  };
}

/** Every section that begins behind the edited one moves. */
function moveSections(holder: TreeNode, sections: SectionTree, after: number, delta: number): void {
  for (const property of holder.type === 'object' ? (holder.children ?? []) : []) {
    const [name, value] = property.children ?? [];
    if (property.offset > after) move(property, delta);
    const below = sections.get(String(name?.value));
    if (below && value) moveSections(value, below, after, delta);
  }
}

/** A section hangs on its own anchor, its value on another once it was read alone. */
function move(property: TreeNode, delta: number): void {
  const [, value] = property.children ?? [];
  if (value && value.anchor !== property.anchor) value.anchor.start += delta;
  property.anchor.start += delta;
}
