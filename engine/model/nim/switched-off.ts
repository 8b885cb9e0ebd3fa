import { parseFilter } from '../filter/parse.ts';
import { respan } from '../filter/respan.ts';
import type { Expression, FilterTree, JoinNode } from '../filter/tree.ts';
import type { Comment } from '../filter/tokens.ts';
import type { Span } from '../text/problem.ts';

/** What stands in comments as importing writes it: NIM has it as items that are switched off. */
export interface SwitchedOff {
  readonly conditions: readonly Expression[];
  readonly joins: readonly JoinNode[];
  /** Filters. */
  readonly appends: readonly string[];
  /** An alternative of an "or", whose place a comment cannot keep. */
  readonly alternatives: readonly Comment[];
  /** Comments that only say something. */
  readonly words: readonly Comment[];
}

/** Reads the comments behind the notes of a filter; `isWord`: which are known to be no more than words. */
export function switchedOff(tree: FilterTree, isNote: (comment: Comment) => boolean): SwitchedOff {
  const conditions: Expression[] = [];
  const joins: JoinNode[] = [];
  const appends: string[] = [];
  const alternatives: Comment[] = [];
  const words: Comment[] = [];
  const after = tree.select?.from?.span.offset ?? tree.select?.span.offset ?? 0;
  for (const comment of tree.comments) {
    if (isNote(comment)) continue;
    const text = /^--\s*(.*)$/s.exec(comment.text)?.[1]?.trim() ?? '';
    const append = /^append\s+(?:"((?:[^"]|"")+)"|([\p{L}_][\p{L}\p{N}\p{M}_]*))$/u.exec(text);
    const [condition, join] = comment.span.offset > after ? [conditionIn(text, comment.span), joinIn(text, comment.span)] : [];
    if (append) appends.push(append[1]?.replaceAll('""', '"') ?? append[2] ?? '');
    else if (condition) conditions.push(condition);
    else if (join) joins.push(join);
    else if (comment.span.offset > after && alternativeIn(text, comment.span)) alternatives.push(comment);
    else words.push(comment);
  }
  return { conditions, joins, appends, alternatives, words };
}

function conditionIn(text: string, place: Span): Expression | undefined {
  const written = /^(?:where|and)\s+(.+)$/is.exec(text)?.[1];
  return written === undefined ? undefined : read(`select 1 from a.b where ${written}`, place)?.select?.where;
}

function alternativeIn(text: string, place: Span): Expression | undefined {
  const written = /^or\s+(.+)$/is.exec(text)?.[1];
  return written === undefined ? undefined : read(`select 1 from a.b where ${written}`, place)?.select?.where;
}

function joinIn(text: string, place: Span): JoinNode | undefined {
  if (!/^(?:(?:left|anti|multiple|all)\s+)?join\s/i.test(text)) return undefined;
  const [join, another] = read(`select 1 from a.b ${text}`, place)?.select?.joins ?? [];
  return another ? undefined : join;
}

/** Places in a comment are those of the whole comment. Words such as "and so on" are no condition. */
function read(text: string, place: Span): FilterTree | undefined {
  const { tree, problems } = parseFilter(text);
  const rest = tree && (tree.appends.length > 0 || tree.lookups.length > 0 || tree.select?.limit || tree.select?.groupBy.length);
  return !tree || problems.length > 0 || rest ? undefined : respan(tree, place, () => undefined);
}
