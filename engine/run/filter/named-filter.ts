import { isGroup, outputOf, type BoundFilter, type BoundJoin, type BoundTable } from '../../model/filter/bound.ts';
import { parseFilterReference } from '../../model/mapping/mapping.ts';
import { bindInWorkspace } from '../../model/workspace/filter-library.ts';
import { pick, refuseBroken, type OpenWorkspace } from '../workspace/open-workspace.ts';

/** A filter of a workspace with its names known. */
export interface NamedFilter {
  /** As it was asked for: `Name` or `Name[lookup]`. */
  readonly reference: string;
  readonly name: string;
  readonly lookup?: string;
  /** Relative to the folder. */
  readonly path: string;
  readonly bound: BoundFilter;
}

/** Finds and binds a filter. Throws `unknown-filter`, and `file-broken` where it has errors. */
export function namedFilter(open: OpenWorkspace, reference: string): NamedFilter {
  const found = describedFilter(open, reference);
  refuseBroken(open, found.path, [...found.bound.document.problems, ...found.bound.problems]);
  return found;
}

/** As `namedFilter`, whatever errors it has. */
export function describedFilter(open: OpenWorkspace, reference: string): NamedFilter {
  const { filter: name, lookup } = parseFilterReference(reference);
  const file = pick('unknown-filter', 'filter', 'filters', open.workspace.filters, name);
  const bound = bindInWorkspace(file.model, open.workspace);
  return { reference, name, path: file.path, bound, ...(lookup !== undefined && { lookup }) };
}

/** An output column that may tell the rows apart: the key of the start table, where it is among the columns. */
export function keyColumnOf({ from, columns, meanings }: BoundFilter): string | undefined {
  const key = from?.catalog?.key;
  if (!from || key === undefined) return undefined;
  return outputOf(meanings, columns, { kind: 'column', table: from, column: { name: key, type: 'text' } })?.name;
}

/** The tables whose rows make up a row of the output, the start table first: neither link tables nor those that are anti-joined. */
export function tablesWithRows({ tables, joins }: BoundFilter): readonly BoundTable[] {
  const links = new Set(everyJoin(joins).flatMap(({ via }) => via?.link ?? []));
  return tables.filter((table) => table.presence !== 'never' && !links.has(table));
}

function everyJoin(joins: readonly BoundJoin[]): readonly BoundJoin[] {
  return joins.flatMap((join) => [join, ...(isGroup(join.source) ? everyJoin(join.source.joins) : [])]);
}
