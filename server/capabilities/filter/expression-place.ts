import type { Token } from '../../../engine/model/filter/tokens.ts';
import { reservedWords } from '../../../engine/model/filter/words.ts';
import type { Place, Section } from './place.ts';
import { isSymbol, isWord } from './token-tests.ts';
import { clauses, joins, operators, types, valueWords } from './word-lists.ts';

/** Inside an expression: a value, or what may follow one. */
export function expression(section: Section, since: readonly Token[]): Place {
  const last = since.at(-1);
  const own = section === 'select' ? ['script', ...valueWords] : valueWords;
  const value = (...more: readonly string[]): Place => ({ kind: 'value', section, words: [...more, ...own] });
  if (!last || (section === 'group' || section === 'order' ? since.length === 1 : section === 'exclude' && since.length === 1)) {
    return section === 'select' ? value('distinct') : value();
  }
  const previous = since.at(-2);
  if (isSymbol(last, '.')) return { kind: 'column', table: previous?.value ?? '' };
  if (isSymbol(last, '('))
    return previous && isWord(previous, 'matched') ? { kind: 'matched' } : value(...(previous && isCall(previous) ? ['distinct'] : []));
  // A star after a comma is a column of its own; else it multiplies.
  if (
    last.kind === 'symbol' &&
    last.value !== ')' &&
    !(last.value === '*' && (!previous || isSymbol(previous, ',', '.', '(') || isWord(previous, 'select', 'distinct')))
  )
    return value();
  if (section === 'select' && isWord(last, 'script') && (!previous || isSymbol(previous, ',') || isWord(previous, 'distinct')))
    return { kind: 'script-start' };
  if (isWord(last, 'distinct')) return value('on');
  if (isWord(last, 'is')) return { kind: 'words', words: ['null', 'not null'] };
  if (isWord(last, 'collate')) return { kind: 'words', words: ['nocase'] };
  if (isWord(last, 'not') && previous && !isWord(previous, 'and', 'or', 'when', 'where', 'on', 'by') && !isSymbol(previous, '('))
    return { kind: 'words', words: ['in', 'like', 'between', 'null'] };
  if (isWord(last, 'as')) return inCast(since) ? { kind: 'words', words: types } : { kind: 'free' };
  if (isWord(last, 'and', 'or', 'not', 'when', 'then', 'else', 'case', 'between', 'like', 'in', 'by')) return value();
  return { kind: 'after', words: after(section) };
}

function isCall(token: Token): boolean {
  return token.kind === 'word' && !reservedWords.has(token.value.toLowerCase());
}

/** Whether the last open bracket is that of a cast. */
function inCast(tokens: readonly Token[]): boolean {
  let depth = 0;
  for (let index = tokens.length - 1; index >= 0; index--) {
    const token = tokens[index];
    if (token && isSymbol(token, ')')) depth++;
    else if (token && isSymbol(token, '(') && depth-- === 0) {
      const before = tokens[index - 1];
      return before !== undefined && isWord(before, 'cast');
    }
  }
  return false;
}

/** What may follow a value: operators, and the parts that come later. */
function after(section: Section): readonly string[] {
  const later = clauses.slice(clauses.findIndex((clause) => clause.startsWith(section)) + 1);
  switch (section) {
    case 'select':
      return ['as', 'from', ...operators];
    case 'on':
      return [...operators, ...joins, ...clauses];
    case 'order':
      return ['asc', 'desc', ...operators, ...later];
    default:
      return [...operators, ...later];
  }
}
