import { isGroup, tablesOf, type BoundFilter, type BoundJoin, type BoundTable } from '../filter/bound.ts';
import { conjunctsOf, type Expression, type JoinMode, type JoinNode, type LogicNode } from '../filter/tree.ts';
import type { Catalog } from '../system/catalog.ts';
import { matchedBy, ownerOf, type Beside } from './condition-owner.ts';
import { exportExpression, orMissing, type ExpressionTeller } from './export-expression.ts';
import { item, oneChild, type ExportItem } from './export-item.ts';
import type { Findings } from './findings.ts';
import { hangJoins, type Hung } from './hang-joins.ts';

/** What is switched off: conditions, and those of the filter's joins that stand in comments. */
export interface Disabled {
  readonly conditions: readonly Expression[];
  readonly joins: ReadonlySet<JoinNode>;
  /** Told of a condition that NIM could not have, switched on or off. */
  readonly lost?: (condition: Expression) => void;
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
    const hung = hangJoins(head, joins, { bound, catalog, findings });
    const beside: Beside = { bound, head, hung, outer };
    const askedBy = (condition: Expression): readonly Hung[] => matchedBy(condition, beside, findings);
    // What a plain join asks for may as well be asked for at the end.
    const plain = hung.filter(({ join }) => join.node.mode === 'any' && !isGroup(join.source));
    const conditions = [...given, ...plain.flatMap((one) => one.conditions)];
    const matchedIn = new Map<Hung, Expression>();
    for (const condition of conditions) for (const one of askedBy(condition)) matchedIn.set(one, condition);
    const owned = conditions.map((condition) => ({ condition, owner: ownerOf(condition, beside, findings) }));
    const switchedOff = off.map((condition) => ({ condition, owner: ownerOf(condition, beside) }));
    const flat = new Set([head, ...plain.map((one) => one.head)]);
    for (const { condition, owner } of owned) if (owner && !flat.has(owner)) maybeCondition(condition, owner);

    const isOff = (table: BoundTable): boolean => hung.some((one) => one.head === table && disabled.joins.has(one.join.node));
    const below = (table: BoundTable): readonly ExportItem[] => {
      const own = owned.filter(({ owner }) => owner === table).map(({ condition }) => condition);
      const simple = own.filter((condition) => askedBy(condition).length === 0).flatMap((condition) => conditionItem(condition) ?? []);
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
        const first = askedBy(condition)[0] === one;
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
}
