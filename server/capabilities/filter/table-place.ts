import type { Token } from '../../../engine/model/filter/tokens.ts';
import { reservedWords } from '../../../engine/model/filter/words.ts';
import type { Span } from '../../../engine/model/text/problem.ts';
import type { Place, Section } from './place.ts';
import { isSymbol, isWord } from './token-tests.ts';
import { clauses, joins } from './word-lists.ts';

/** After `from` or `join`: a table, its alias, and what may follow. */
export function source(section: Section, since: readonly Token[], span: Span, next: Token | undefined): Place {
  const own = since.filter((token) => !isWord(token, 'recursive') && !isSymbol(token, '('));
  const alias = !(
    next &&
    (isWord(next, 'as') || next.kind === 'name' || (next.kind === 'word' && !reservedWords.has(next.value.toLowerCase())))
  );
  const last = own.at(-1);
  const follow = section === 'from' ? [...joins, ...clauses] : ['on', 'via', ...joins, ...clauses];
  if (!last) return { kind: 'table', start: span.offset, alias };
  if (isSymbol(last, '.') && own.length === 2)
    return { kind: 'table', start: own[0]?.span.offset ?? span.offset, system: own[0]?.value ?? '', alias };
  if (isWord(last, 'as')) return { kind: 'alias', table: own.at(-2)?.value ?? '' };
  return { kind: 'after', words: own.length <= 3 && !since.some((token) => isSymbol(token, ')')) ? ['as', ...follow] : follow };
}

/** `via reference`, `via alias.reference` or `via system.table(near, far)` */
export function viaPlace(since: readonly Token[], span: Span): Place {
  const open = since.findIndex((token) => isSymbol(token, '('));
  const follow = ['on', ...joins, ...clauses];
  // A reference alone is whole, and so is one with its alias.
  if (open < 0) return tablePart(since, span) ?? { kind: 'after', words: follow };
  const [system, , table] = since;
  const last = since.at(-1);
  if (last && isSymbol(last, '(', ',')) return { kind: 'table-column', system: system?.value ?? '', table: table?.value ?? '' };
  return { kind: 'after', words: last && isSymbol(last, ')') ? follow : [] };
}

/** `lookup name include column in system.table.column` */
export function lookupPlace(since: readonly Token[], span: Span): Place {
  if (since.length === 0) return { kind: 'free' };
  if (since.length === 1) return { kind: 'words', words: ['include', 'exclude'] };
  const target = since.findIndex((token, index) => index > 2 && isWord(token, 'in'));
  if (target < 0) {
    const last = since.at(-1);
    if (last && isSymbol(last, '.')) return { kind: 'column', table: since.at(-2)?.value ?? '' };
    return since.length === 2 ? { kind: 'value', section: 'lookup', words: [] } : { kind: 'words', words: ['in'] };
  }
  const own = since.slice(target + 1);
  const table = tablePart(own, span);
  if (table) return table;
  const last = own.at(-1);
  if (last && isSymbol(last, '.')) return { kind: 'table-column', system: own[0]?.value ?? '', table: own[2]?.value ?? '' };
  return { kind: 'words', words: ['lookup'] };
}

/** `system.table` without an alias, as far as it goes; undefined when it is complete. */
function tablePart(own: readonly Token[], span: Span): Place | undefined {
  if (own.length === 0) return { kind: 'table', start: span.offset, alias: false };
  const [system, dot] = own;
  return own.length === 2 && system && dot && isSymbol(dot, '.')
    ? { kind: 'table', start: system.span.offset, system: system.value, alias: false }
    : undefined;
}
