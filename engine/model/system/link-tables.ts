import type { ColumnRef, Relation } from './catalog.ts';

/** One side of a link table: its column, and what that refers to. */
export interface LinkSide {
  readonly column: string;
  readonly to: ColumnRef;
}

/** A many-to-many relation: two references of one table. */
export interface ManyToMany {
  readonly system: string;
  /** The table between. */
  readonly table: string;
  readonly left: LinkSide;
  readonly right: LinkSide;
}

/** The many-to-many relations that follow from references: every two columns of one table that refer to something, in their order. */
export function manyToMany(relations: readonly Relation[]): readonly ManyToMany[] {
  const byTable = new Map<string, Relation[]>();
  for (const relation of relations) {
    if (relation.kind !== 'reference') continue;
    const key = `${relation.from.system}\n${relation.from.table}`;
    byTable.set(key, [...(byTable.get(key) ?? []), relation]);
  }
  return [...byTable.values()].flatMap((own) =>
    own.flatMap((left, index) =>
      own.slice(index + 1).flatMap((right): readonly ManyToMany[] => {
        // One column that may refer to two tables relates neither of them to the other.
        if (left.from.column === right.from.column) return [];
        const side = ({ from, to }: Relation): LinkSide => ({ column: from.column, to });
        return [{ system: left.from.system, table: left.from.table, left: side(left), right: side(right) }];
      }),
    ),
  );
}

/** The link tables by which two tables are related, whichever side each is on; `left` is the first. */
export function linksBetween(
  relations: readonly Relation[],
  one: Pick<ColumnRef, 'system' | 'table'>,
  other: Pick<ColumnRef, 'system' | 'table'>,
): readonly ManyToMany[] {
  const leads = ({ to }: LinkSide, table: typeof one): boolean => to.system === table.system && to.table === table.table;
  return manyToMany(relations).flatMap((link) => {
    if (leads(link.left, one) && leads(link.right, other)) return [link];
    return leads(link.right, one) && leads(link.left, other) ? [{ ...link, left: link.right, right: link.left }] : [];
  });
}
