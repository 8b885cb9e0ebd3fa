import { listNames } from '../text/list-names.ts';
import type { Name, Problem } from '../text/problem.ts';
import type { SelectNode } from './tree.ts';

/**
 * Tells of clauses of a parent that have a say in which rows there are, and that a filter neither takes over nor has itself. Sorting is left out: it
 * changes no rows.
 */
export function leftBehind(parent: SelectNode | undefined, own: SelectNode, name: Name): readonly Problem[] {
  const there = parent ? clausesOf(parent) : [];
  const mine = new Set(clausesOf(own).map(({ kind }) => kind));
  const missing = there.filter(({ kind }) => !mine.has(kind)).map(({ shown }) => `"${shown}"`);
  if (missing.length === 0) return [];
  const [are, they] = missing.length === 1 ? ['is', 'it is'] : ['are', 'they are'];
  const message = `"${name.text}" has ${listNames(missing)}, which ${are} not taken over: this filter may have more rows for that. Write ${missing.length === 1 ? 'it' : 'them'} here if ${they} meant.`;
  return [{ code: 'extends-partly', severity: 'info', message, span: name.span }];
}

function clausesOf(select: SelectNode): readonly { readonly kind: string; readonly shown: string }[] {
  const { distinct, distinctOn, groupBy, having, excludeWhen, limit } = select;
  const clause = (isThere: boolean, shown: string, kind = shown): readonly { readonly kind: string; readonly shown: string }[] =>
    isThere ? [{ kind, shown }] : [];
  return [
    ...clause(distinct || distinctOn !== undefined, distinctOn ? 'distinct on' : 'distinct', 'distinct'),
    ...clause(groupBy.length > 0, 'group by'),
    ...clause(having !== undefined, 'having'),
    ...clause(excludeWhen !== undefined, 'exclude when'),
    ...clause(limit !== undefined, 'limit'),
  ];
}
