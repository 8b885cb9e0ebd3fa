import type { Token } from '../../../engine/model/filter/tokens.ts';
import type { Section } from './place.ts';
import { isSymbol, isWord } from './token-tests.ts';

/** The section before a caret. */
export interface InSection {
  readonly section: Section;
  /** The tokens after the word that begins the section. */
  readonly since: readonly Token[];
}

const sections: ReadonlySet<string> = new Set([
  'parameter',
  'extends',
  'select',
  'from',
  'join',
  'via',
  'on',
  'where',
  'group',
  'having',
  'exclude',
  'order',
  'limit',
  'append',
  'lookup',
]);

/** The section that the last of these tokens is in. */
export function sectionOf(tokens: readonly Token[]): InSection {
  const { section, start } = sectionsIn(tokens).at(-1) ?? { section: 'start', start: -1 };
  return { section, since: tokens.slice(start + 1) };
}

/** Every section, in order, with the index of the word that begins it. */
export function sectionsIn(tokens: readonly Token[]): readonly { readonly section: Section; readonly start: number }[] {
  const found: { readonly section: Section; readonly start: number }[] = [];
  tokens.forEach((token, index) => {
    if (token.kind !== 'word') return;
    const word = token.value.toLowerCase();
    const previous = tokens[index - 1];
    // A word after a dot or `as` is a name.
    if (!sections.has(word) || (previous && (isSymbol(previous, '.') || isWord(previous, 'as')))) return;
    const { section, start } = found.at(-1) ?? { section: 'start', start: -1 };
    if (word === 'from' && section === 'parameter') return;
    if (word === 'on' && section !== 'join' && section !== 'via') return;
    if (word === 'exclude' && section === 'lookup' && index - start < 3) return;
    found.push({ section: word as Section, start: index });
  });
  return found;
}
