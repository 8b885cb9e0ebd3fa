import type { BoundFilter } from '../../../../model/filter/bound.ts';
import { type ColumnNode, conjunctsOf, everyPart, type Expression, type NullTestNode } from '../../../../model/filter/tree.ts';
import { sameName } from '../../../../model/filter/words.ts';
import { sql } from '../../../../model/filter/sql.ts';
import type { Fix, Problem } from '../../../../model/text/problem.ts';
import { count, type CountedJoin, isOwn } from '../count-steps.ts';
import { keyItems, parametersIn, type Cut } from '../cut.ts';
import type { FindHazard } from '../find-hazards.ts';
import { tablesIn } from '../keys.ts';
import type { Looker } from '../looker.ts';
import { counted, examples, mostExamples, named, shown } from '../words.ts';

/** Of the rows that reach a condition, the share that null must drop before a comparison of size is told of. */
const leastShare = 0.05;

/**
 * Rows that a condition drops because a value is missing. Told of every one where the condition denies something (`<>`, `not in`, `not like`):
 * who writes it thinks that the rest stays. Of comparisons of size only where one row in twenty goes. Of `=`, `in` and `like` never: that
 * a missing value is none of those is what everybody expects. Nor of left-joined tables, of which the language itself warns.
 */
export const findNullDropped: FindHazard = async ({ looker, counts }) => {
  const { select } = looker.bound;
  const found: Problem[] = [];
  const conditions = counts.where === undefined ? [] : conjunctsOf(select?.where);
  for (const condition of conditions) {
    const others = conditions.filter((other) => other !== condition);
    const cut = { joins: select?.joins ?? [], where: [...others, ...isMissing(looker.bound, condition)] };
    found.push(...(await look(looker, condition, cut, counts.where ?? 0)));
  }
  for (const one of counts.joins) found.push(...(await lookInJoin(looker, one)));
  return found;
};

async function look(looker: Looker, condition: Expression, cut: Cut, kept: number): Promise<readonly Problem[]> {
  const risk = riskOf(looker, condition);
  if (!risk || !isOwn(condition.span)) return [];
  const dropped = await count(looker, cut);
  if (dropped === undefined || dropped === 0) return [];
  if (risk === 'size' && dropped / (dropped + kept) < leastShare) return [];
  const columns = columnsIn(looker.bound, condition);
  const names = [...new Set(columns.map(({ alias, column }) => named(alias, column)))];
  const who = names.length === 1 ? `${names[0]} is` : `one of ${names.join(', ')} is`;
  return [
    {
      code: 'hazard-null-dropped',
      severity: risk === 'denial' ? 'warning' : 'info',
      message: `${counted(dropped)} ${dropped === 1 ? 'is' : 'are'} dropped here because ${who} null, which is neither equal nor unequal to anything${await keysDropped(looker, cut)}.`,
      span: condition.span,
      ...(names.length === 1 && { fixes: [keepNull(looker, condition, names[0] ?? '')] }),
    },
  ];
}

/** Conditions on the joined table alone: the rows of it that they leave out. */
async function lookInJoin(looker: Looker, { join, index }: CountedJoin): Promise<readonly Problem[]> {
  const { node } = join;
  if ((node.mode !== 'any' && node.mode !== 'left') || join.recursion || !node.on || !isOwn(node.span)) return [];
  const found: Problem[] = [];
  const conditions = conjunctsOf(node.on);
  for (const condition of conditions) {
    if (riskOf(looker, condition, true) !== 'denial') continue;
    const operands = conditions.flatMap((one) => (one === condition ? isMissing(looker.bound, one) : [one]));
    const on: Expression =
      operands.length === 1 && operands[0] ? operands[0] : { kind: 'logic', operator: 'and', operands, span: node.on.span };
    const joins = [...(looker.bound.select?.joins.slice(0, index) ?? []), { ...node, mode: 'any' as const, on }];
    const dropped = await count(looker, { joins });
    if (dropped === undefined || dropped === 0) continue;
    const names = [...new Set(columnsIn(looker.bound, condition).map(({ alias, column }) => named(alias, column)))];
    found.push({
      code: 'hazard-null-dropped',
      severity: 'warning',
      message: `${counted(dropped)} would meet but for this condition: ${names.join(', ')} is null there, which is neither equal nor unequal to anything.`,
      span: condition.span,
      ...(names.length === 1 && { fixes: [keepNull(looker, condition, names[0] ?? '')] }),
    });
  }
  return found;
}

/** The condition is neither true nor false, and a column in it has no value: one that has a value of another type is another matter. */
function isMissing({ meanings }: BoundFilter, condition: Expression): readonly Expression[] {
  const isNull = (operand: Expression): NullTestNode => ({ kind: 'null-test', negated: false, operand, span: operand.span });
  const columns = [...everyPart(condition)].filter(
    (part): part is ColumnNode => part.kind === 'column' && meanings.get(part)?.kind === 'column',
  );
  const [first, ...others] = columns.map(isNull);
  if (!first) return [];
  return [
    isNull(condition),
    others.length === 0 ? first : { kind: 'logic', operator: 'or', operands: [first, ...others], span: condition.span },
  ];
}

/** How a condition treats what is missing; undefined where nothing is lost by surprise, or the author has thought of null. */
function riskOf(looker: Looker, condition: Expression, inOn = false): 'denial' | 'size' | undefined {
  const parts = [...everyPart(condition)];
  const thought = parts.some(
    (part) =>
      part.kind === 'null-test' ||
      part.kind === 'matched' ||
      part.kind === 'case' ||
      (part.kind === 'call' && ['exists', 'coalesce'].includes(part.name.text.toLowerCase())) ||
      (part.kind === 'literal' && part.value === null),
  );
  if (thought) return undefined;
  const nullGiven = parametersIn(condition).some((name) =>
    [...looker.values].some(([one, value]) => sameName(one, name) && value === null),
  );
  const tables = tablesIn(looker.bound, condition);
  if (nullGiven || tables.length === 0 || (!inOn && tables.some(({ presence }) => presence !== 'always'))) return undefined;
  return kindOf(condition);
}

function kindOf(condition: Expression): 'denial' | 'size' | undefined {
  switch (condition.kind) {
    case 'collate':
      return kindOf(condition.operand);
    case 'not':
      return 'denial';
    case 'compare':
      return condition.operator === '<>' ? 'denial' : condition.operator === '=' ? undefined : 'size';
    case 'in':
    case 'like':
      return condition.negated ? 'denial' : undefined;
    case 'between':
      return condition.negated ? 'denial' : 'size';
    default:
      return undefined;
  }
}

function columnsIn({ meanings }: BoundFilter, condition: Expression): readonly { readonly alias: string; readonly column: string }[] {
  return [...everyPart(condition)].flatMap((part) => {
    const meaning = part.kind === 'column' ? meanings.get(part) : undefined;
    return meaning?.kind === 'column' ? [{ alias: meaning.table.alias, column: meaning.column.name }] : [];
  });
}

/** `: 'P1', 'P2'`, by the key of the first table. */
async function keysDropped(looker: Looker, cut: Cut): Promise<string> {
  const { from } = looker.bound;
  const key = from?.catalog?.key;
  if (!from || key === undefined) return '';
  const part = looker.compile({ ...cut, items: keyItems([{ alias: from.alias, column: key }]), limit: mostExamples });
  const rows = (part && (await looker.ask(sql`SELECT "k0" FROM (${part})`))) ?? [];
  return examples(rows.map((row) => shown(row['k0'] ?? null, key)));
}

function keepNull({ text }: Looker, { span }: Expression, name: string): Fix {
  const own = text.slice(span.offset, span.offset + span.length);
  return { title: `Keep the rows where ${name} is null`, span, text: `(${own} or ${name} is null)` };
}
