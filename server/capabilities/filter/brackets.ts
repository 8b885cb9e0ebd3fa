import type { Token } from '../../../engine/model/filter/tokens.ts';
import type { Span } from '../../../engine/model/text/problem.ts';
import { isSymbol, isWord } from './token-tests.ts';

/** A pair of marks that belong together: brackets, or `case` and `end`. */
export interface Pair {
  readonly open: Span;
  readonly close: Span;
}

/** Every pair of a filter, inner ones first; marks without a partner are left out. */
export function pairsIn(tokens: readonly Token[]): readonly Pair[] {
  const stack: { readonly token: Token; readonly closed: string }[] = [];
  const pairs: Pair[] = [];
  tokens.forEach((token, index) => {
    const previous = tokens[index - 1];
    const isName = previous !== undefined && (isSymbol(previous, '.') || isWord(previous, 'as'));
    if (isSymbol(token, '(')) stack.push({ token, closed: ')' });
    else if (isWord(token, 'case') && !isName) stack.push({ token, closed: 'end' });
    else if (isSymbol(token, ')') || (isWord(token, 'end') && !isName)) {
      const at = stack.findLastIndex(({ closed }) => closed === token.value.toLowerCase());
      const opened = stack[at];
      if (!opened) return;
      stack.length = at;
      pairs.push({ open: opened.token.span, close: token.span });
    }
  });
  return pairs;
}
