import type { Name } from '../text/problem.ts';
import type { BoundFilter } from './bound.ts';
import type { FilterDocument, FilterParameter } from './filter.ts';
import { respan } from './respan.ts';
import { type ColumnNode, type SelectNode, together } from './tree.ts';
import { sameName } from './words.ts';

/** A filter together with what it takes from the one it extends. */
export interface Extended {
  readonly select: SelectNode;
  readonly parameters: readonly FilterParameter[];
}

/**
 * Puts a parent's tables, joins, conditions and parameters before those of a filter. What comes from the parent stands, without any length, where the
 * parent is named: a problem of it points there, and nothing else takes it for the author's text. Names that the parent wrote without their
 * table get it, since the child's tables might have them, too.
 */
export function extendParent(document: FilterDocument, own: SelectNode, parent: BoundFilter, name: Name): Extended {
  const place = { offset: name.span.offset, length: 0 };
  const { select } = parent;
  const parameters = [
    ...parent.parameters.filter((one) => !document.parameters.some((mine) => sameName(mine.name.text, one.name.text))),
    ...document.parameters,
  ];
  if (!select) return { select: own, parameters };
  const qualify = (node: object): object | undefined => {
    const meaning = parent.meanings.get(node as ColumnNode);
    return meaning?.kind === 'column' && !('table' in node) ? { ...node, table: { text: meaning.table.alias, span: place } } : undefined;
  };
  const inherited = respan({ from: select.from, joins: select.joins, where: select.where }, place, qualify);
  const where = together(inherited.where, own.where);
  return {
    select: {
      ...own,
      ...(inherited.from && { from: inherited.from }),
      joins: [...inherited.joins, ...own.joins],
      ...(where && { where }),
    },
    parameters,
  };
}
