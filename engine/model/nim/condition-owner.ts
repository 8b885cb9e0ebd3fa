import type { BoundFilter, BoundTable } from '../filter/bound.ts';
import { everyPart, type ColumnNode, type Expression } from '../filter/tree.ts';
import type { Findings } from './findings.ts';
import type { Hung } from './hang-joins.ts';

/** The tables beside a condition. */
export interface Beside {
  readonly bound: BoundFilter;
  readonly head: BoundTable;
  /** What is joined to `head`. */
  readonly hung: readonly Hung[];
  /** Tables around them, which the condition cannot speak of. */
  readonly outer: readonly BoundTable[];
}

/** The one table a condition speaks of; undefined, and told where `findings` are given, where there are several. */
export function ownerOf(condition: Expression, beside: Beside, findings?: Findings): BoundTable | undefined {
  const { bound, head, hung, outer } = beside;
  const owners = new Set<BoundTable>();
  for (const part of everyPart(condition)) {
    if (part.kind === 'column') {
      const table = tableOf(part, beside);
      if (table) owners.add(table);
    }
    const matched = part.kind === 'matched' ? bound.matched.get(part) : undefined;
    const one = matched && hung.find((other) => other.head === matched);
    if (one) owners.add(one.near);
  }
  const [only, another] = owners;
  const foreign = [...owners].find((table) => outer.includes(table));
  if (!another && !foreign) return only ?? head;
  if (findings) {
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

function tableOf(node: ColumnNode, { bound, head, hung }: Beside): BoundTable | undefined {
  const meaning = bound.meanings.get(node);
  if (meaning?.kind === 'column') return meaning.table;
  // A condition from a comment is not bound.
  const tables = [head, ...hung.map((one) => one.head)];
  return node.table ? tables.find(({ alias }) => alias === node.table?.text) : head;
}

/** Left joins that a condition asks about. */
export function matchedBy(condition: Expression, { bound, hung }: Beside, findings: Findings): readonly Hung[] {
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
