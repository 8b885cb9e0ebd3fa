import { readFileSync } from 'node:fs';
import type { JsonNode } from '../../../engine/model/text/json.ts';
import { connectorFixtures } from '../../support/connector.ts';
import { corpusConnectors, type CorpusConnector } from '../../support/corpus.ts';

/** What is damaged: our own sample, and the shipped connectors where they are there. */
export function wholeConnectors(): readonly CorpusConnector[] {
  return [{ name: 'sample.json', text: readFileSync(new URL('sample.json', connectorFixtures), 'utf8') }, ...corpusConnectors()].map(
    ({ name, text }) => ({ name, text: text.replace(/^\uFEFF/, '') }),
  );
}

/** Numbers that look random and are the same in every run: `next(n)` is a whole number from 0 to n - 1. */
export interface Dice {
  next(below: number): number;
  pick<T>(of: readonly T[]): T;
}

/** Dice of a seed (mulberry32). */
export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (below: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * Math.max(1, below));
  };
  return { next, pick: <T>(of: readonly T[]): T => of[next(of.length)] as T };
}

/** A text and the tree that was read of it. */
export interface Read {
  readonly text: string;
  readonly root: JsonNode | undefined;
}

interface Stretch {
  readonly offset: number;
  readonly end: number;
}

type Part = 'entry' | 'name' | 'value';

/** A property or element, a name or a value somewhere in a text: what stands at a random place, or something around it. */
function anyPart({ text, root }: Read, dice: Dice, part: Part): Stretch {
  const at = dice.next(text.length);
  const found: JsonNode[] = [];
  for (let node = root; node; node = node.children?.find(({ offset, length }) => offset <= at && at < offset + length)) {
    const [name, value] = node.type === 'property' ? (node.children ?? []) : [];
    if (part === 'name' && name) found.push(name);
    if (part === 'value' && value) found.push(value);
    if (part === 'entry' && node.parent && node.parent.type !== 'property') found.push(node);
  }
  // Deeper ones more often: without the outermost there is little left.
  const chosen = found[Math.max(dice.next(found.length), dice.next(found.length))];
  return chosen ? { offset: chosen.offset, end: chosen.offset + chosen.length } : { offset: at, end: at };
}

const oddNames = ['', '__proto__', 'constructor', 'toString', 'a.b', '{', '{iterator}', 'é😀', '\\u0041', 'ID', ' id ', 'x'.repeat(300)];
const oddValues = [
  'null',
  'true',
  '0',
  '-1',
  '1e999',
  '""',
  '"{"',
  '"{x:"',
  '"}"',
  '{}',
  '[]',
  '[[]]',
  '[null]',
  '{"":{}}',
  '[{"":[]}]',
  '"{iterator.}"',
];
const signs = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ',',
  ':',
  '\\',
  '\\u0041',
  '{iterator',
  'null',
  '\uFEFF',
  '\n',
  '"__proto__": {},',
  '//',
  '/*',
  "'",
  '\u00a0',
  '\u0000',
  '\ud800',
];

/** The ways to damage the structure, which leave JSON JSON, and those that do so to the text. */
const structural = {
  remove(read: Read, dice: Dice): string {
    const { text } = read;
    const { offset, end } = anyPart(read, dice, 'entry');
    // With the comma behind it, or else before it.
    const behind = /^\s*,/.exec(text.slice(end, end + 200))?.[0].length;
    const before = behind === undefined ? (/,\s*$/.exec(text.slice(Math.max(0, offset - 200), offset))?.[0].length ?? 0) : 0;
    return text.slice(0, offset - before) + text.slice(end + (behind ?? 0));
  },
  duplicate(read: Read, dice: Dice): string {
    const { text } = read;
    const { offset, end } = anyPart(read, dice, 'entry');
    return end > offset ? `${text.slice(0, end)}, ${text.slice(offset, end)}${text.slice(end)}` : text;
  },
  swapValues: (read: Read, dice: Dice): string => swap(read, dice, 'value'),
  swapNames: (read: Read, dice: Dice): string => swap(read, dice, 'name'),
  swapEntries: (read: Read, dice: Dice): string => swap(read, dice, 'entry'),
  rename(read: Read, dice: Dice): string {
    const { text } = read;
    const { offset, end } = anyPart(read, dice, 'name');
    const other = anyPart(read, dice, 'name');
    const old = text.slice(offset + 1, end - 1);
    const name = dice.pick([...oddNames, text.slice(other.offset + 1, other.end - 1), old.toUpperCase(), old.slice(1), `${old}s`]);
    return end > offset ? `${text.slice(0, offset)}"${name}"${text.slice(end)}` : text;
  },
  revalue(read: Read, dice: Dice): string {
    const { offset, end } = anyPart(read, dice, 'value');
    return end > offset ? read.text.slice(0, offset) + dice.pick(oddValues) + read.text.slice(end) : read.text;
  },
};

const textual = {
  cut({ text }: Read, dice: Dice): string {
    const at = dice.next(text.length);
    return text.slice(0, at) + text.slice(at + 1 + dice.next(dice.pick([1, 60, 2000])));
  },
  end: ({ text }: Read, dice: Dice): string => text.slice(0, dice.next(text.length)),
  write({ text }: Read, dice: Dice): string {
    const at = dice.next(text.length + 1);
    return text.slice(0, at) + dice.pick(signs) + text.slice(at);
  },
  turn({ text }: Read, dice: Dice): string {
    const at = dice.next(text.length);
    const length = 1 + dice.next(40);
    return text.slice(0, at) + text.slice(at + length, at + 2 * length) + text.slice(at, at + length) + text.slice(at + 2 * length);
  },
};

const ways = { ...structural, ...textual };

export type Way = keyof typeof ways;

/** The names of the ways, for a test to see that each was gone. */
export const allWays = Object.keys(ways) as readonly Way[];
const ofStructure = Object.keys(structural) as readonly Way[];
const ofText = Object.keys(textual) as readonly Way[];

function swap(read: Read, dice: Dice, part: Part): string {
  const { text } = read;
  const [first, second] = [anyPart(read, dice, part), anyPart(read, dice, part)].sort((a, b) => a.offset - b.offset);
  if (!first || !second || first.end > second.offset) return text;
  return (
    text.slice(0, first.offset) +
    text.slice(second.offset, second.end) +
    text.slice(first.end, second.offset) +
    text.slice(first.offset, first.end) +
    text.slice(second.end)
  );
}

/** Damages a text in one way, its structure more often than its letters. */
export function mutilate(read: Read, dice: Dice): { readonly text: string; readonly way: Way } {
  const way = dice.pick(dice.next(4) > 0 ? ofStructure : ofText);
  return { text: ways[way](read, dice), way };
}
