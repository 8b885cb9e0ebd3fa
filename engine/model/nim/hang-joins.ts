import { isGroup, tablesOf, type BoundFilter, type BoundJoin, type BoundTable } from '../filter/bound.ts';
import { conjunctsOf, type Expression } from '../filter/tree.ts';
import type { Catalog } from '../system/catalog.ts';
import type { Findings } from './findings.ts';
import type { JsonRecord } from './json-value.ts';
import { isOf, treeColumns } from './relations.ts';

/** A join with the table it hangs on, as NIM's items have it. */
export interface Hung {
  readonly join: BoundJoin;
  readonly head: BoundTable;
  readonly near: BoundTable;
  readonly core: JsonRecord;
  /** Its `on` without the relation. */
  readonly conditions: readonly Expression[];
}

interface World {
  readonly bound: BoundFilter;
  readonly catalog: Catalog;
  readonly findings: Findings;
}

/** The joins beside `head`, each with the relation it goes over; without those, told, that go over none. */
export function hangJoins(head: BoundTable, joins: readonly BoundJoin[], world: World): readonly Hung[] {
  const hung: Hung[] = [];
  for (const join of joins.flatMap(withoutBrackets)) {
    const one = hangJoin(join, [head, ...hung.flatMap(({ join: { source } }) => tablesOf(source))], world);
    if (one) hung.push(one);
  }
  return hung;
}

/** A plain join of brackets means the same without them. */
function withoutBrackets(join: BoundJoin): readonly BoundJoin[] {
  const { source, node } = join;
  if (!isGroup(source) || node.mode !== 'any') return [join];
  return [{ ...join, source: source.table }, ...source.joins.flatMap(withoutBrackets)];
}

function hangJoin(join: BoundJoin, earlier: readonly BoundTable[], world: World): Hung | undefined {
  const head = isGroup(join.source) ? join.source.table : join.source;
  const { via } = join;
  const all = conjunctsOf(join.on);
  if (via) {
    const core = {
      ref_type: 'n-n',
      system_name_n: head.system,
      col_name_n: head.table,
      system_name_link: via.link.system,
      col_name_link: via.link.table,
      field_link_m: via.near,
      field_link_n: via.far,
    };
    return { join, head, near: via.of, core, conditions: all };
  }
  const links = all.flatMap((condition) => linkOf(condition, head, earlier, world.bound));
  const known = links.filter((link) => relationOf(link, world.catalog) !== undefined);
  const link = known[0] ?? links[0];
  if (!link) {
    world.findings.unsayable(
      `NIM joins over a relation: one column of "${head.alias}" that equals one of a table before it. This "on" has none.`,
      join.node.span,
    );
    return undefined;
  }
  checkTree(link, join, world);
  const core = coreOf(link, join, world);
  return core && { join, head, near: link.near, core, conditions: all.filter((condition) => condition !== link.condition) };
}

/** NIM's item names one relation; where the rows of a tree refer to each other by several columns, the tree has to go by that one. */
function checkTree({ near, nearColumn, farColumn }: Link, { source, recursion, node }: BoundJoin, { catalog, findings }: World): void {
  const tree = isGroup(source) ? source.table : source;
  if (!recursion || treeColumns(catalog, tree).length < 2) return;
  if (near.system !== tree.system || near.table !== tree.table)
    findings.unproven(`the reference that a tree goes by where it has several, here ${recursion.parent}`, node.span);
  else if (nearColumn !== recursion.parent && farColumn !== recursion.parent)
    findings.unsayable(
      `NIM begins a tree by the reference that it goes by; here it begins by "${nearColumn === recursion.key ? farColumn : nearColumn}" and goes by "${recursion.parent}". Begin it by "${recursion.parent}", or build this one in NIM.`,
      node.span,
    );
}

/** A comparison that a join may go over. */
interface Link {
  readonly condition: Expression;
  readonly near: BoundTable;
  readonly nearColumn: string;
  readonly far: BoundTable;
  readonly farColumn: string;
}

function linkOf(condition: Expression, head: BoundTable, earlier: readonly BoundTable[], bound: BoundFilter): readonly Link[] {
  if (condition.kind !== 'compare' || condition.operator !== '=') return [];
  const sides = [condition.left, condition.right].map((side) => {
    const node = side.kind === 'cast' ? side.operand : side;
    const meaning = node.kind === 'column' ? bound.meanings.get(node) : undefined;
    return meaning?.kind === 'column' ? meaning : undefined;
  });
  const far = sides.find((side) => side?.table === head);
  const near = sides.find((side) => side !== undefined && side.table !== head && earlier.includes(side.table));
  return far && near ? [{ condition, near: near.table, nearColumn: near.column.name, far: head, farColumn: far.column.name }] : [];
}

/** What kind of relation the data model has between the two columns. */
function relationOf({ near, nearColumn, far, farColumn }: Link, catalog: Catalog): 'n-1' | '1-n' | 'inter-system' | undefined {
  for (const { kind, from: start, to } of catalog.relations) {
    const forth = isOf(start, near) && start.column === nearColumn && isOf(to, far) && to.column === farColumn;
    const back = isOf(start, far) && start.column === farColumn && isOf(to, near) && to.column === nearColumn;
    if (kind === 'inter-system' && (forth || back)) return kind;
    if (forth) return 'n-1';
    if (back) return '1-n';
  }
  return undefined;
}

/** The relation as NIM's item names it; undefined, and told, where there is none. */
function coreOf(link: Link, join: BoundJoin, { catalog, findings }: World): JsonRecord | undefined {
  const { near, nearColumn, far, farColumn } = link;
  const known = relationOf(link, catalog);
  const guess =
    near.system !== far.system
      ? 'inter-system'
      : farColumn === far.catalog?.key
        ? 'n-1'
        : nearColumn === near.catalog?.key
          ? '1-n'
          : undefined;
  if (known === undefined && guess !== undefined) {
    const relation = `${near.system}.${near.table}.${nearColumn} and ${far.system}.${far.table}.${farColumn}`;
    findings.assumed(
      guess === 'inter-system'
        ? `NIM must have an inter-system relation between ${relation} for this join: it is not in relations.json, so the export does not bring it. Add it there, or in NIM.`
        : `NIM must have a relation between ${relation} in its data model for this join, which systems/${near.system}.json does not say. Add it there, or in NIM.`,
      join.node.span,
    );
  }
  switch (known ?? guess) {
    case 'n-1':
      return { ref_type: 'n-1', system_name_1: far.system, col_name_1: far.table, field_n: nearColumn };
    case '1-n':
      return { ref_type: '1-n', system_name_n: far.system, col_name_n: far.table, field_n: farColumn };
    case 'inter-system':
      return {
        ref_type: 'n-n',
        system_name_n: far.system,
        col_name_n: far.table,
        system_name_link: 'intersystem',
        col_name_link: 'intercol',
        field_link_m: nearColumn,
        field_link_n: farColumn,
      };
    default: {
      findings.unsayable(
        `NIM joins over relations of the data model, and it knows none between ${near.table}.${nearColumn} and ${far.table}.${farColumn}. Add it to systems/${far.system}.json.`,
        join.node.span,
      );
      return undefined;
    }
  }
}
