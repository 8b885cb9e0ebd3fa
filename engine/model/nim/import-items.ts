import {
  everyPart,
  type ColumnNode,
  type Expression,
  type GroupNode,
  type JoinMode,
  type JoinNode,
  type TableNode,
} from '../filter/tree.ts';
import { areAlike, type ValueType } from '../filter/types.ts';
import { findCatalogTable, type Catalog } from '../system/catalog.ts';
import { importExpression } from './import-expression.ts';
import type { NimExpression, NimItem, NimReference, NimStart } from './nim-filter.ts';
import { cast, column, compare, joinNode, literal, logic, matched, nameOf, not, nowhere, tableNode } from './nodes.ts';
import { endsOf, linksBetween, treeColumns, viaIsPlain, type AliasedTable } from './relations.ts';

/** Whether an item and everything below it comes from the parent filter. */
export type Origin = 'own' | 'inherited' | 'mixed';

export interface ImportedJoin {
  readonly join: JoinNode;
  readonly origin: Origin;
}

export interface ImportedCondition {
  readonly condition: Expression;
  readonly origin: Origin;
  /** The table it hangs on. */
  readonly alias: string;
}

/** A disabled item; its text is kept as a comment. */
export interface DisabledItem {
  readonly origin: Origin;
  readonly alias: string;
  readonly condition?: Expression;
  readonly joins: readonly JoinNode[];
  /** It stood in an "or", where a comment cannot keep its place. */
  readonly inOr: boolean;
}

export interface ImportedItems {
  readonly joins: readonly ImportedJoin[];
  readonly conditions: readonly ImportedCondition[];
  readonly disabled: readonly DisabledItem[];
  /** Aliases of tables without a row in the result. */
  readonly absent: ReadonlySet<string>;
  readonly attention: readonly string[];
}

export interface ItemsContext {
  readonly catalog: Catalog;
  readonly parameterType: (name: string) => ValueType;
  /** Write columns with their table. */
  readonly qualified: boolean;
}

/** A list of joins that see each other, with the conditions that must all hold. */
interface Level {
  readonly joins: ImportedJoin[];
  readonly conditions: ImportedCondition[];
  /** Tables a relation may start from. */
  readonly earlier: AliasedTable[];
  /** Joins that wait for the end of a condition. */
  readonly later: (() => void)[];
}

/**
 * The items of a filter as joins and conditions. What hangs on a reference speaks of the joined table.
 *
 * - `any` where all must hold: a plain join. Its conditions go to `where`, so that a relation of the data model need not be written out; for a
 *   plain join both places mean the same, and inner joins may be listed one after the other.
 * - `any-none` and `no`: what hangs on them decides which rows of the joined table count, so it belongs into their `on`, and joins below them
 *   into the same brackets.
 * - below an `or`: a row may be there without it, so the join must not drop rows: a left join, and `matched` where the item stood. A row that meets
 *   several rows of the joined table occurs several times, as with the join that NIM makes.
 */
export function importItems(start: NimStart, context: ItemsContext): ImportedItems {
  const level: Level = { joins: [], conditions: [], later: [], earlier: [start] };
  const disabled: DisabledItem[] = [];
  const absent = new Set<string>();
  const attention: string[] = [];
  for (const item of start.children) all(item, start, level, false);
  return { joins: level.joins, conditions: level.conditions, disabled, absent, attention };

  /** An item that must hold. */
  function all(item: NimItem, near: AliasedTable, into: Level, inOr: boolean): void {
    if (!item.enabled) {
      disabled.push(disabledItem(item, near, inOr));
      return;
    }
    // What is alone in an "or" must hold.
    const alone = item.type === 'or' && item.children.filter((child) => child.enabled).length === 1;
    if (item.type === 'and' || alone) {
      for (const child of item.children) all(child, near, into, inOr || alone);
      return;
    }
    if (item.type === 'reference') {
      join(item, near, into);
      return;
    }
    const condition = conditionOf(item, near, into);
    for (const join of into.later.splice(0)) join();
    // What speaks of no table belongs to the first one.
    const alias = (condition && speaksOfTable(condition) ? near : into.earlier[0])?.alias ?? near.alias;
    if (condition && !isTrue(condition)) into.conditions.push({ condition, origin: originOf(item), alias });
  }

  /** An item as a condition that may fail without dropping the row. */
  function conditionOf(item: NimItem, near: AliasedTable, into: Level): Expression | undefined {
    switch (item.type) {
      case 'expression':
        return expressionOf(item, near);
      case 'reference':
        return referenceInOr(item, near, into);
      case 'and':
      case 'or': {
        const parts = item.children.flatMap((child) => {
          if (child.enabled) return conditionOf(child, near, into) ?? [];
          disabled.push(disabledItem(child, near, true));
          return [];
        });
        // A relation that need not match holds always: in an "and" it asks for nothing, and an "or" with it does neither.
        const open = parts.filter((part) => !isTrue(part));
        const always = open.length < parts.length && (item.type === 'or' || open.length === 0);
        return always ? literal(true) : logic(item.type, open);
      }
    }
  }

  function expressionOf(item: NimExpression, near: AliasedTable): Expression {
    const table = findCatalogTable(context.catalog, near.system, near.table);
    return importExpression(item, {
      column: (field) => column(context.qualified ? near.alias : undefined, field),
      typeOf: (field) => table?.columns.find(({ name }) => name === field)?.type ?? 'unknown',
      parameterType: context.parameterType,
    });
  }

  function join(given: NimReference, near: AliasedTable, into: Level): void {
    const item = throughLink(given, near, into);
    const { option } = item;
    if (option === 'any') {
      flatJoin(item, near, into);
      return;
    }
    const mode = modes.get(option);
    if (!mode) attention.push(`"${item.alias}" is joined with "${option}", which is not known; a plain join stands there now. Look at it.`);
    joinWhole(item, near, into, mode ?? 'any');
  }

  function flatJoin(item: NimReference, near: AliasedTable, into: Level): void {
    into.joins.push({ join: made(item, near, into, 'any', sourceOf(item), []), origin: item.inherited ? 'inherited' : 'own' });
    into.earlier.push(aliased(item));
    for (const child of item.children) all(child, aliased(item), into, false);
  }

  /** Where `via` could start from several tables, the link table is joined by itself: one side refers to it, and it to the other. */
  function throughLink(item: NimReference, near: AliasedTable, { earlier }: Level): NimReference {
    const { relation, children, ...rest } = item;
    if (relation.kind !== 'link' || item.option === 'multiple' || item.option === 'all') return item;
    if (viaIsPlain(context.catalog, earlier, near, relation)) return item;
    const { system, table, near: back, far } = relation;
    const joined: NimReference = { ...item, relation: { kind: 'n-1', field: far }, option: 'any', children };
    return { ...rest, system, table, alias: `${item.alias}_${table}`, relation: { kind: '1-n', field: back }, children: [joined] };
  }

  /** A join with all that hangs on it inside its brackets and `on`. */
  function joinWhole(item: NimReference, near: AliasedTable, into: Level, mode: JoinMode): void {
    const below = levelOf(item);
    const { joins } = below;
    const source: TableNode | GroupNode =
      joins.length === 0 ? sourceOf(item) : { kind: 'group', table: sourceOf(item), joins: joins.map((one) => one.join), span: nowhere };
    const conditions = sortByTable(below.conditions, joins, item.alias).map(({ condition }) => condition);
    into.joins.push({ join: made(item, near, into, mode, source, conditions), origin: originOf(item) });
    for (const table of below.earlier) {
      if (mode === 'anti') absent.add(table.alias);
      else into.earlier.push(table);
    }
  }

  /** What hangs on a reference, by itself. */
  function levelOf(item: NimReference): Level {
    const below: Level = { joins: [], conditions: [], later: [], earlier: [aliased(item)] };
    for (const child of item.children) all(child, aliased(item), below, true);
    return below;
  }

  function referenceInOr(given: NimReference, near: AliasedTable, into: Level): Expression {
    if (given.option === 'any-none') {
      // Nothing asks for it, so it stands behind the joins that are asked about.
      into.later.push(() => {
        joinWhole(throughLink(given, near, into), near, into, 'left');
      });
      return literal(true);
    }
    const item = throughLink(given, near, into);
    joinWhole(item, near, into, 'left');
    if (item.option === 'no') {
      attention.push(
        `"${item.alias}" is a "no" below an "or": rows that hold for another reason and meet several of its rows occur several times. Look at it.`,
      );
      return not(matched(item.alias));
    }
    if (item.option !== 'any')
      attention.push(`"${item.alias}" is joined with "${item.option}" below an "or"; it is taken as "any". Look at it.`);
    return matched(item.alias);
  }

  function made(
    item: NimReference,
    near: AliasedTable,
    into: Level,
    mode: JoinMode,
    source: TableNode | GroupNode,
    conditions: readonly Expression[],
  ): JoinNode {
    const { relation, recursive } = item;
    if (relation.kind === 'link') {
      if (!viaIsPlain(context.catalog, into.earlier, near, relation))
        attention.push(
          `"${item.alias}" hangs on "${near.alias}" through ${relation.table}; the data model does not say it so that it is certain.`,
        );
      const via = {
        kind: 'via',
        link: tableNode(relation.system, relation.table),
        near: nameOf(relation.near),
        far: nameOf(relation.far),
        span: nowhere,
      } as const;
      return joinNode({ mode, recursive, source, via, on: logic('and', conditions) });
    }
    const reference = treeReference(item, near);
    if (reference) return joinNode({ mode, recursive, source, reference, on: logic('and', conditions) });
    const on = relationCondition(item, near, into, conditions.length > 0);
    return joinNode({ mode, recursive, source, on: logic('and', [...(on ? [on] : []), ...conditions]) });
  }

  /** The reference that a tree goes by, where its rows have several and the relation is one of them. */
  function treeReference(item: NimReference, near: AliasedTable): ColumnNode | undefined {
    const { relation, recursive, system, table, alias } = item;
    if (!recursive || (relation.kind !== 'n-1' && relation.kind !== '1-n')) return undefined;
    if (near.system !== system || near.table !== table) return undefined;
    const columns = treeColumns(context.catalog, item);
    if (columns.length < 2 || !columns.includes(relation.field)) return undefined;
    return column(relation.kind === 'n-1' ? near.alias : alias, relation.field);
  }

  /** The relation written out, unless the data model knows it as the only one. */
  function relationCondition(item: NimReference, near: AliasedTable, into: Level, mustBeWritten: boolean): Expression | undefined {
    const ends = endsOf(context.catalog, near, item);
    if (!ends) {
      attention.push(`What "${item.alias}" refers to is not in the data model. Write its condition after "on".`);
      return undefined;
    }
    const links = linksBetween(context.catalog, into.earlier, item);
    const [link] = links;
    const typed = (table: AliasedTable, name: string): ValueType =>
      findCatalogTable(context.catalog, table.system, table.table)?.columns.find((one) => one.name === name)?.type ?? 'unknown';
    const [farType, nearType] = [typed(aliased(item), ends.far), typed(near, ends.near)];
    const alike = areAlike(farType, nearType);
    const implied = links.length === 1 && link?.alias === near.alias && link.near === ends.near && link.far === ends.far;
    if (implied && alike && !mustBeWritten) return undefined;
    const side = (alias: string, name: string, type: ValueType): Expression =>
      alike || type === 'text' ? column(alias, name) : cast(column(alias, name), 'text');
    return compare(side(item.alias, ends.far, farType), '=', side(near.alias, ends.near, nearType));
  }

  function disabledItem(item: NimItem, near: AliasedTable, inOr: boolean): DisabledItem {
    const origin = originOf(item);
    // What is switched off is written by itself: it joins nothing for others.
    const apart: Level = { joins: [], conditions: [], later: [], earlier: [near] };
    const quiet = attention.length;
    const kept = { disabled: disabled.length };
    const whole = { ...item, enabled: true };
    if (whole.type === 'reference') joinWhole(whole, near, apart, modes.get(whole.option) ?? 'any');
    else all(whole, near, apart, false);
    attention.length = quiet;
    disabled.length = kept.disabled;
    const condition = logic(
      'and',
      apart.conditions.map((one) => one.condition),
    );
    return { origin, alias: near.alias, inOr, joins: apart.joins.map((one) => one.join), ...(condition && { condition }) };
  }
}

/** NIM's logical operators of relation items; the last two are documented, but no export shows how they are spelled. */
export const modes: ReadonlyMap<string, JoinMode> = new Map<string, JoinMode>([
  ['any', 'any'],
  ['any-none', 'left'],
  ['no', 'anti'],
  ['multiple', 'multiple'],
  ['all', 'all'],
]);

function isTrue(condition: Expression): boolean {
  return condition.kind === 'literal' && condition.value === true;
}

function speaksOfTable(condition: Expression): boolean {
  for (const part of everyPart(condition)) if (part.kind === 'column' || part.kind === 'matched') return true;
  return false;
}

function sourceOf(item: NimReference): TableNode {
  return tableNode(item.system, item.table, item.alias);
}

function aliased({ alias, system, table }: AliasedTable): AliasedTable {
  return { alias, system, table };
}

function originOf(item: NimItem): Origin {
  let [own, inherited] = [false, false];
  const look = (one: NimItem): void => {
    if (one.inherited) inherited = true;
    else own = true;
    one.children.forEach(look);
  };
  look(item);
  return own && inherited ? 'mixed' : inherited ? 'inherited' : 'own';
}

/**
 * Conditions in the order of the tables they speak of, the first table's before all, and those that ask whether a table matched behind the plain
 * ones: where they stood between the joins, the text cannot tell.
 */
export function sortByTable<Condition extends { readonly alias: string; readonly condition?: Expression }>(
  conditions: readonly Condition[],
  joins: readonly ImportedJoin[],
  first: string,
): readonly Condition[] {
  const order = new Map([first, ...joins.flatMap(({ join: one }) => aliasesOf(one))].map((alias, index) => [alias, index]));
  const place = ({ alias, condition }: Condition): readonly [number, number] => {
    const asked = condition
      ? [...everyPart(condition)].flatMap((part) => (part.kind === 'matched' ? (order.get(part.alias.text) ?? 0) : []))
      : [];
    return [order.get(alias) ?? 0, Math.min(...asked, Number.MAX_SAFE_INTEGER) % Number.MAX_SAFE_INTEGER];
  };
  return conditions
    .map((one) => ({ one, at: place(one) }))
    .sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1])
    .map(({ one }) => one);
}

/** The aliases a join adds, in order. */
export function aliasesOf({ source }: JoinNode): readonly string[] {
  const of = (table: TableNode): string => (table.alias ?? table.table).text;
  return source.kind === 'table' ? [of(source)] : [of(source.table), ...source.joins.flatMap(aliasesOf)];
}
