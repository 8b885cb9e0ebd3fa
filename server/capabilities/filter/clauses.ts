import type { Token } from '../../../engine/model/filter/tokens.ts';
import type { Span } from '../../../engine/model/text/problem.ts';
import type { Section } from './place.ts';
import { sectionsIn } from './section.ts';
import { isWord } from './token-tests.ts';

/** A part of a filter as its author sees it: joins belong to the tables they join, parameters stand together, and so do lookups. */
export interface Clause {
  readonly section: Section;
  /** From its first word to its last. */
  readonly span: Span;
}

/** Sections that go on with the clause before them. */
const joined: Partial<Record<Section, Section>> = {
  join: 'from',
  via: 'from',
  on: 'from',
  parameter: 'parameter',
  append: 'append',
  lookup: 'lookup',
};

/** The clauses of a filter, from its tokens alone, so that nothing needs to be finished. */
export function clausesIn(all: readonly Token[]): readonly Clause[] {
  const tokens = all.filter(({ kind }) => kind !== 'end');
  const starts: { readonly section: Section; readonly start: number }[] = [];
  for (const { section, start } of sectionsIn(tokens)) {
    const owner = joined[section] ?? section;
    if (starts.at(-1)?.section === owner && joined[section] !== undefined) continue;
    starts.push({ section: owner, start: section === 'join' ? modeBefore(tokens, start) : start });
  }
  return starts.flatMap(({ section, start }, index) => {
    const next = starts[index + 1];
    const first = tokens[start]?.span;
    const last = tokens[(next?.start ?? tokens.length) - 1]?.span;
    return first && last ? [{ section, span: { offset: first.offset, length: last.offset + last.length - first.offset } }] : [];
  });
}

/** A join begins with its mode: `left join`. */
function modeBefore(tokens: readonly Token[], start: number): number {
  const before = tokens[start - 1];
  return before && isWord(before, 'left', 'anti', 'multiple', 'all') ? start - 1 : start;
}
