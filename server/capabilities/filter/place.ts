import type { Token, Tokens } from '../../../engine/model/filter/tokens.ts';
import type { Span } from '../../../engine/model/text/problem.ts';
import { expression } from './expression-place.ts';
import { sectionOf } from './section.ts';
import { lookupPlace, source, viaPlace } from './table-place.ts';
import { isSymbol, isWord } from './token-tests.ts';
import { clauses, joins, types } from './word-lists.ts';

/** The part of a filter a caret is in: that of the last word that begins one. */
export type Section =
  | 'start'
  | 'parameter'
  | 'extends'
  | 'select'
  | 'from'
  | 'join'
  | 'via'
  | 'on'
  | 'where'
  | 'group'
  | 'having'
  | 'exclude'
  | 'order'
  | 'limit'
  | 'append'
  | 'lookup';

/** What belongs at a caret. */
export type Place =
  /** A comment, a text, or a name the author is making up. */
  | { readonly kind: 'free' }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  /** `start` is where the reference begins, `system` the part before the dot; `alias` is wanted after it. */
  | { readonly kind: 'table'; readonly start: number; readonly system?: string; readonly alias: boolean }
  | { readonly kind: 'alias'; readonly table: string }
  | { readonly kind: 'column'; readonly table: string }
  /** A column of a table that is named in full. */
  | { readonly kind: 'table-column'; readonly system: string; readonly table: string }
  | { readonly kind: 'matched' }
  | { readonly kind: 'parameter' }
  | { readonly kind: 'filter' }
  /** In the code of a script column, which begins at `start`. */
  | { readonly kind: 'script'; readonly start: number }
  /** After `script`: a type, or the code. */
  | { readonly kind: 'script-start' }
  /** After `session.` */
  | { readonly kind: 'session' }
  /** A value is expected. */
  | { readonly kind: 'value'; readonly section: Section; readonly words: readonly string[] }
  /** A value stands before it: an operator or the next part. */
  | { readonly kind: 'after'; readonly words: readonly string[] };

/** A caret in a filter: what belongs there, and what the answer replaces. */
export interface Caret {
  readonly place: Place;
  readonly span: Span;
  readonly section: Section;
}

/** Tells what belongs at `offset`, from the tokens before it alone, so that nothing needs to be finished. */
export function caretAt({ tokens, comments, problems }: Tokens, offset: number): Caret {
  const here = tokens.find(({ kind, span }) => kind !== 'end' && span.offset < offset && offset <= span.offset + span.length);
  // A text that is never closed goes on behind its end.
  const inside = here && (offset < here.span.offset + here.span.length || problems.some(({ span }) => span.offset === here.span.offset));
  const touched = here && isPartial(here) ? here : undefined;
  const span = touched?.span ?? { offset, length: 0 };
  const inComment = comments.some((comment) => comment.span.offset < offset && offset <= comment.span.offset + comment.span.length);
  const inLiteral =
    here && (here.kind === 'text' || here.kind === 'script' || here.kind === 'number') && (inside || here.kind === 'number');
  const before = tokens.filter((token) => token.kind !== 'end' && token !== touched && token.span.offset < offset);
  const { section, since } = sectionOf(before);
  const free: Place = { kind: 'free' };
  if (here?.kind === 'script' && inside && offset >= here.span.offset + 2)
    return { place: { kind: 'script', start: here.span.offset + 2 }, span: { offset, length: 0 }, section };
  if (inComment || inLiteral) return { place: free, span, section };
  if (touched?.kind === 'parameter') return { place: { kind: 'parameter' }, span, section };
  const next = tokens.find((token) => token !== touched && (token.kind === 'end' || token.span.offset >= offset));
  return { place: placeIn(section, since, before, span, next), span, section };
}

/** What an answer replaces: the name at the caret. */
function isPartial({ kind }: Token): boolean {
  return kind === 'word' || kind === 'name' || kind === 'parameter';
}

function placeIn(section: Section, since: readonly Token[], before: readonly Token[], span: Span, next: Token | undefined): Place {
  const last = since.at(-1);
  const words = (...list: readonly string[]): Place => ({ kind: 'words', words: list });
  const mode = before.at(-1);
  if (mode && isWord(mode, 'left', 'anti', 'multiple', 'all') && section !== 'start') return words('join');
  switch (section) {
    case 'start':
      return words('parameter', 'extends', 'select');
    case 'parameter':
      if (since.length === 0 || (last && isWord(last, 'default'))) return last ? words('null', 'true', 'false') : { kind: 'free' };
      if (since.length === 1) return words(...types);
      if (last && isWord(last, 'from')) return words('session');
      return last && isSymbol(last, '.') ? { kind: 'session' } : words('default', 'from session', 'parameter', 'extends', 'select');
    case 'extends':
      return since.length === 0 ? { kind: 'filter' } : words('select');
    case 'append':
      return since.length === 0 ? { kind: 'filter' } : words('append', 'lookup');
    case 'limit':
      return since.length === 0 ? { kind: 'free' } : words('append', 'lookup');
    case 'from':
    case 'join':
      return source(section, since, span, next);
    case 'via':
      return viaPlace(since, span);
    case 'lookup':
      return lookupPlace(since, span);
    case 'group':
    case 'order':
      return since.length === 0 ? words('by') : expression(section, since);
    case 'exclude':
      return since.length === 0 ? words('when') : expression(section, since);
    case 'select': {
      const place = expression(section, since);
      const extending = before.some((token) => isWord(token, 'extends'));
      // The tables are those of the filter that is extended.
      return place.kind === 'after' && extending
        ? { kind: 'after', words: [...place.words.filter((word) => word !== 'from'), ...joins, ...clauses] }
        : place;
    }
    default:
      return expression(section, since);
  }
}
