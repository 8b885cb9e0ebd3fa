import { isGroup, tablesOf, type BoundFilter, type BoundJoin, type BoundTable } from '../filter/bound.ts';
import { conjunctsOf, everyPart, type ColumnNode, type Expression, type JoinMode, type JoinNode, type LogicNode } from '../filter/tree.ts';
import type { Catalog } from '../system/catalog.ts';
import type { Span } from '../text/problem.ts';
import { exportExpression, orMissing, type ExpressionTeller } from './export-expression.ts';
import { item, oneChild, type ExportItem } from './export-item.ts';
import type { JsonRecord } from './json-value.ts';
import { isOf } from './relations.ts';

/** Where what NIM cannot say, and what nobody has proven, goes. */
export interface Findings {
  readonly unsayable: (message: string, span: Span) => void;
  readonly unproven: (what: string, span: Span) => void;
  /** Told of a relation that NIM must have and this workspace does not say. */
  readonly assumed: (message: string, span: Span) => void;
}

/** What is switched off: conditions, and those of the filter's joins that stand in comments. */
export interface Disabled {
  readonly conditions: readonly Expression[];
  readonly joins: ReadonlySet<JoinNode>;
  /** Told of a condition that NIM could not have, switched on or off. */
  readonly lost?: (condition: Expression) => void;
}

/** A join with the table it hangs on, as NIM's items have it. */
interface Hung {
  readonly join: BoundJoin;
  readonly head: BoundTable;
  readonly near: BoundTable;
  readonly core: JsonRecord;
  /** Its `on` without the relation. */
  readonly conditions: readonly Expression[];
}

const options: Readonly<Record<JoinMode, string>> = { any: 'any', left: 'any-none', anti: 'no', multiple: 'multiple', all: 'all' };

/**
 * The joins and conditions of a filter as NIM's items below its start. A condition hangs on the one table it speaks of; `matched(alias)` is where the
 * relation item itself stands.
 */
export function exportItems(bound: BoundFilter, disabled: Disabled, catalog: Catalog, findings: Findings): readonly ExportItem[] {
  const { from } = bound;
  if (!from) return [];
  const teller: ExpressionTeller = {
    ...findings,
    fieldOf(node) {
      const meaning = bound.meanings.get(node);
      if (meaning?.kind !== 'output') return meaning?.column.name ?? node.column.text;
      findings.unsayable(`NIM has conditions on columns of tables; "${meaning.column.name}" is one of the output.`, node.span);
      return undefined;
    },
  };
  const quiet: ExpressionTeller = { ...teller, unsayable: () => undefined, unproven: () => undefined };
  return level(from, bound.joins, conjunctsOf(bound.select?.where), [], disabled.conditions);

  /** What hangs on `head` and the tables joined to it. `outer`: tables around it, which its conditions cannot speak of. */
  function level(
    head: BoundTable,
    joins: readonly BoundJoin[],
    given: readonly Expression[],
    outer: readonly BoundTable[],
    off: readonly Expression[] = [],
  ): readonly ExportItem[] {
    const hung: Hung[] = [];
    for (const join of joins.flatMap(withoutBrackets)) {
      const one = hang(join, [head, ...hung.flatMap(({ join: { source } }) => tablesOf(source))]);
      if (one) hung.push(one);
    }
    // What a plain join asks for may as well be asked for at the end.
    const plain = hung.filter(({ join }) => join.node.mode === 'any' && !isGroup(join.source));
    const conditions = [...given, ...plain.flatMap((one) => one.conditions)];
    const matchedIn = new Map<Hung, Expression>();
    for (const condition of conditions) for (const one of matchedBy(condition, hung)) matchedIn.set(one, condition);
    const owned = conditions.map((condition) => ({ condition, owner: ownerOf(condition, head, hung, outer) }));
    const switchedOff = off.map((condition) => ({ condition, owner: ownerOf(condition, head, hung, outer, true) }));
    const flat = new Set([head, ...plain.map((one) => one.head)]);
    for (const { condition, owner } of owned) if (owner && !flat.has(owner)) maybeCondition(condition, owner);

    const isOff = (table: BoundTable): boolean => hung.some((one) => one.head === table && disabled.joins.has(one.join.node));
    const below = (table: BoundTable): readonly ExportItem[] => {
      const own = owned.filter(({ owner }) => owner === table).map(({ condition }) => condition);
      const simple = own
        .filter((condition) => matchedBy(condition, hung).length === 0)
        .flatMap((condition) => conditionItem(condition) ?? []);
      const disabledItems = switchedOff.flatMap(({ condition, owner }) => {
        const made = owner === table ? conditionItem(condition, quiet) : undefined;
        // Below a relation that is switched off it goes on and off with it.
        return made ? [{ ...made, enabled: isOff(table) }] : [];
      });
      // The order of the joins is kept: it is the order of the tables in the text.
      const placed = hung.flatMap((one) => {
        if (one.near !== table) return [];
        const condition = matchedIn.get(one);
        if (!condition) return [reference(one, options[one.join.node.mode])];
        const first = matchedBy(condition, hung)[0] === one;
        return first ? (conditionItem(condition) ?? []) : [];
      });
      return oneChild([...simple, ...disabledItems, ...placed]);
    };

    /** The items of a group; in an "or" two conditions in a row may be one item in NIM. */
    const childrenOf = ({ operator, operands }: LogicNode, tell: ExpressionTeller): readonly ExportItem[] => {
      const items: ExportItem[] = [];
      for (let at = 0; at < operands.length; at++) {
        const [operand, next] = [operands[at], operands[at + 1]];
        if (!operand) continue;
        const both = operator === 'or' && next ? orMissing([operand, next], operand, false, tell) : undefined;
        const one = both ?? conditionItem(operand, tell);
        if (one) items.push(one);
        if (both) at++;
      }
      return items;
    };

    const conditionItem = (condition: Expression, tell = teller): ExportItem | undefined => {
      if (condition.kind === 'logic') {
        const children = childrenOf(condition, tell);
        const [only, another] = children;
        return only && !another ? only : item(condition.operator, {}, children);
      }
      const inner = condition.kind === 'not' ? condition.operand : condition;
      if (inner.kind !== 'matched') return exportExpression(condition, tell);
      const table = bound.matched.get(inner);
      const one = hung.find(({ join, head: its }) => its === table && join.node.mode === 'left');
      if (!one) {
        tell.unsayable('NIM can ask whether a table matched only for a table that is left-joined beside the condition.', inner.span);
        return undefined;
      }
      return reference(one, condition === inner ? 'any' : 'no');
    };

    function reference(one: Hung, option: string): ExportItem {
      const { join, head: joined, core } = one;
      if (option === 'multiple' || option === 'all') findings.unproven(`the relation option "${option}"`, join.node.span);
      const whole = { ...core, option, colrefname: joined.alias, recursive: join.node.recursive };
      const enabled = !disabled.joins.has(join.node);
      if (flat.has(joined)) return item('reference', whole, below(joined), enabled);
      // A left join behind a left join has rows only where that one has, as if it stood in its brackets: there it finds the table it names.
      const behind = behindOf(one);
      for (const other of behind.filter((each) => each.join.node.mode !== 'left' || join.node.mode !== 'left'))
        findings.unsayable(
          `NIM would join "${other.head.alias}" only where "${other.near.alias}" is there. Write both in brackets: left join (… join …).`,
          other.join.node.span,
        );
      const around = [...outer, head, ...hung.filter((other) => !behind.includes(other)).map((other) => other.head)];
      const inner = [...(isGroup(join.source) ? join.source.joins : []), ...behind.map((other) => other.join)];
      const inside = level(
        joined,
        inner,
        one.conditions,
        around.filter((other) => other !== joined),
      );
      return item('reference', whole, inside, enabled);
    }

    /** The joins beside it that start from a table it brings, and those that start from theirs. */
    function behindOf({ join }: Hung): readonly Hung[] {
      const tables = new Set(tablesOf(join.source));
      return hung.filter((other) => {
        if (!tables.has(other.near)) return false;
        for (const table of tablesOf(other.join.source)) tables.add(table);
        return true;
      });
    }

    for (const { condition, owner } of switchedOff)
      if (!owner || !flat.has(owner) || !conditionItem(condition, quiet)) disabled.lost?.(condition);
    return below(head);
  }

  function maybeCondition(condition: Expression, owner: BoundTable): void {
    findings.unsayable(
      `In NIM a condition on "${owner.alias}" decides which of its rows count, as one in its "on" does. Put it there, or write "join" if rows without it are to be dropped.`,
      condition.span,
    );
  }

  /** Left joins that a condition asks about. */
  function matchedBy(condition: Expression, hung: readonly Hung[]): readonly Hung[] {
    const found: Hung[] = [];
    for (const part of everyPart(condition)) {
      const table = part.kind === 'matched' ? bound.matched.get(part) : undefined;
      const one = table && hung.find(({ head }) => head === table);
      if (!one) continue;
      if (found.includes(one)) findings.unsayable(`NIM has a relation in one place: "${one.head.alias}" is asked about twice.`, part.span);
      else found.push(one);
    }
    return found;
  }

  /** The one table a condition speaks of; undefined, and told, where there are several. */
  function ownerOf(
    condition: Expression,
    head: BoundTable,
    hung: readonly Hung[],
    outer: readonly BoundTable[],
    quiet = false,
  ): BoundTable | undefined {
    const owners = new Set<BoundTable>();
    for (const part of everyPart(condition)) {
      if (part.kind === 'column') {
        const table = tableOf(part, head, hung);
        if (table) owners.add(table);
      }
      const matched = part.kind === 'matched' ? bound.matched.get(part) : undefined;
      const one = matched && hung.find((other) => other.head === matched);
      if (one) owners.add(one.near);
    }
    const [only, another] = owners;
    const foreign = [...owners].find((table) => outer.includes(table));
    if (!another && !foreign) return only ?? head;
    if (!quiet) {
      const names = [...owners].map(({ alias }) => `"${alias}"`).join(' and ');
      findings.unsayable(
        foreign && !another
          ? `NIM cannot ask for something of ${names} here: a condition speaks of the table it hangs on.`
          : `NIM has a condition on one table; this one speaks of ${names}. Split it, or use a script column with "exclude when".`,
        condition.span,
      );
    }
    return undefined;
  }

  function tableOf(node: ColumnNode, head: BoundTable, hung: readonly Hung[]): BoundTable | undefined {
    const meaning = bound.meanings.get(node);
    if (meaning?.kind === 'column') return meaning.table;
    // A condition from a comment is not bound.
    const tables = [head, ...hung.map((one) => one.head)];
    return node.table ? tables.find(({ alias }) => alias === node.table?.text) : head;
  }

  function hang(join: BoundJoin, earlier: readonly BoundTable[]): Hung | undefined {
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
    const links = all.flatMap((condition) => linkOf(condition, head, earlier));
    const known = links.filter((link) => relationOf(link) !== undefined);
    const link = known[0] ?? links[0];
    if (!link) {
      findings.unsayable(
        `NIM joins over a relation: one column of "${head.alias}" that equals one of a table before it. This "on" has none.`,
        join.node.span,
      );
      return undefined;
    }
    const core = coreOf(link, join);
    return core && { join, head, near: link.near, core, conditions: all.filter((condition) => condition !== link.condition) };
  }

  interface Link {
    readonly condition: Expression;
    readonly near: BoundTable;
    readonly nearColumn: string;
    readonly far: BoundTable;
    readonly farColumn: string;
  }

  function linkOf(condition: Expression, head: BoundTable, earlier: readonly BoundTable[]): readonly Link[] {
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

  function relationOf({ near, nearColumn, far, farColumn }: Link): 'n-1' | '1-n' | 'inter-system' | undefined {
    for (const { kind, from: start, to } of catalog.relations) {
      const forth = isOf(start, near) && start.column === nearColumn && isOf(to, far) && to.column === farColumn;
      const back = isOf(start, far) && start.column === farColumn && isOf(to, near) && to.column === nearColumn;
      if (kind === 'inter-system' && (forth || back)) return kind;
      if (forth) return 'n-1';
      if (back) return '1-n';
    }
    return undefined;
  }

  function coreOf(link: Link, join: BoundJoin): JsonRecord | undefined {
    const { near, nearColumn, far, farColumn } = link;
    const known = relationOf(link);
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
}

/** A plain join of brackets means the same without them. */
function withoutBrackets(join: BoundJoin): readonly BoundJoin[] {
  const { source, node } = join;
  if (!isGroup(source) || node.mode !== 'any') return [join];
  return [{ ...join, source: source.table }, ...source.joins.flatMap(withoutBrackets)];
}
