import type { CompletionItem } from 'vscode-languageserver/node';
import { namedReferences, referencesBetween } from '../../../engine/model/filter/bind-reference.ts';
import { type BoundJoin, type BoundTable, isGroup } from '../../../engine/model/filter/bound.ts';
import { quoteName, sameName } from '../../../engine/model/filter/words.ts';
import { CompletionItemKind } from '../connector/json-service.ts';
import type { Write } from './completion.ts';
import type { OpenFilter } from './document.ts';
import type { Caret, Place } from './place.ts';

/** After `via`: the references that say by themselves how the joined table hangs on those before it; along a tree those that make it. */
export function referenceItems(
  { catalog, bound, text }: OpenFilter,
  { span }: Caret,
  place: Extract<Place, { readonly kind: 'table' }>,
  write: Write,
): CompletionItem[] {
  const join = joinBefore(bound.joins, place.start);
  if (!join) return [];
  const joined = headOf(join);
  const before = bound.tables.filter((table) => table.span.offset < joined.span.offset && table.presence !== 'never');
  const isTree = join.node.recursive;
  const same = (table: BoundTable): boolean => table.system === joined.system && table.table === joined.table;
  const earlier = isTree ? [joined, ...before.filter(same)] : before;
  const all = referencesBetween(catalog.relations, earlier, joined);
  const names = [...new Set(all.map(({ column }) => column))];
  const whole = { offset: place.start, length: span.offset + span.length - place.start };
  const alias = place.system === undefined ? undefined : bound.tables.find((one) => sameName(one.alias, place.system ?? ''))?.alias;
  if (place.system !== undefined && alias === undefined) return [];
  return names.flatMap((column) => {
    const found = namedReferences(all, column, alias);
    const short = isTree || (found.length === 1 && alias === undefined);
    return (short ? found.slice(0, 1) : found).map(({ owner, link }) => {
      const name = short ? quoteName(column) : `${quoteName(owner.alias)}.${quoteName(column)}`;
      const condition = `${joined.alias}.${link.joinedColumn} = ${link.earlier.alias}.${link.earlierColumn}`;
      return write(
        {
          label: name,
          kind: CompletionItemKind.Reference,
          detail: isTree ? 'makes the tree' : condition,
          filterText: text[place.start] === '"' ? quoteName(name) : name,
          sortText: `00${name}`,
        },
        name,
        whole,
      );
    });
  });
}

/** The join whose table ends last before a place. */
function joinBefore(joins: readonly BoundJoin[], place: number): BoundJoin | undefined {
  let found: BoundJoin | undefined;
  const end = ({ node: { source } }: BoundJoin): number => source.span.offset + source.span.length;
  for (const join of withInner(joins))
    if (end(join) <= place && join.node.span.length > 0 && (!found || end(join) > end(found))) found = join;
  return found;
}

/** Joins, and those in their brackets. */
function withInner(joins: readonly BoundJoin[]): readonly BoundJoin[] {
  return joins.flatMap((join) => [join, ...(isGroup(join.source) ? withInner(join.source.joins) : [])]);
}

function headOf({ source }: BoundJoin): BoundTable {
  return isGroup(source) ? source.table : source;
}
