import type { Token } from '../../../engine/model/filter/tokens.ts';
import type { SemanticToken } from '../semantic-tokens.ts';
import type { OpenFilter } from './document.ts';
import { namesIn, type FilterName } from './names.ts';
import { isSymbol } from './token-tests.ts';

/** Every name whose meaning is known, by that meaning: a word that names nothing keeps the colour of the grammar. */
export function filterTokens({ bound, tokens: { tokens } }: OpenFilter): readonly SemanticToken[] {
  const words = tokens.filter((token) => token.kind !== 'end' && !isSymbol(token, '.'));
  return namesIn(bound).flatMap((name): readonly SemanticToken[] => {
    // A script is one token of the filter.
    if (name.inScript) return [{ span: name.span, type: types[name.kind] }];
    const inside = wordsIn(words, name.span.offset, name.span.offset + name.span.length);
    return inside.map(({ span }, index): SemanticToken => {
      const type = types[name.kind];
      // A table may be named with its system.
      if (name.kind === 'table' && index < inside.length - 1) return { span, type: 'namespace' };
      return { span, type, ...(isDeclaration(name) && { modifier: 'declaration' }) };
    });
  });
}

const types: Readonly<Record<FilterName['kind'], SemanticToken['type']>> = {
  table: 'class',
  // An alias stands for its table, and the grammar gives it the same colour.
  alias: 'class',
  column: 'property',
  output: 'property',
  function: 'function',
  parameter: 'parameter',
  lookup: 'variable',
  filter: 'class',
};

function isDeclaration(name: FilterName): boolean {
  if (name.kind === 'alias') return name.declaration === name.span;
  if (name.kind === 'parameter') return name.parameter.name.span === name.span;
  return name.kind === 'lookup';
}

/** The words between two offsets; the list is in order. */
function wordsIn(words: readonly Token[], start: number, end: number): readonly Token[] {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle]?.span.offset ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const found: Token[] = [];
  for (let index = low; index < words.length; index++) {
    const word = words[index];
    if (!word || word.span.offset + word.span.length > end) break;
    found.push(word);
  }
  return found;
}
