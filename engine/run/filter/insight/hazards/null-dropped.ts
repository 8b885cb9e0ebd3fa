import { conjunctsOf, type Expression, type JoinNode } from '../../../../model/filter/tree.ts';
import { sql } from '../../../../model/filter/sql.ts';
import type { Fix, Problem } from '../../../../model/text/problem.ts';
import { count, type CountedJoin, isOwn } from '../count-steps.ts';
import { keyItems, type Cut } from '../cut.ts';
import type { FindHazard } from '../find-hazards.ts';
import type { Looker } from '../looker.ts';
import { counted, examples, mostExamples, shown } from '../words.ts';
import { nullRisks, type NullRisk } from './null-risks.ts';

/** Of the rows that reach a condition, the share that null must drop before a comparison of size is told of. */
const leastShare = 0.05;

/**
 * Rows that a condition drops because a value is missing. Told of every one where the condition denies something (`<>`, `not in`, `not like`):
 * who writes it thinks that the rest stays. Of comparisons of size only where one row in twenty goes. Of `=`, `in` and `like` never: that
 * a missing value is none of those is what everybody expects. Under an `or` each comparison counts for the rows that it alone could have kept.
 * Of left-joined tables only there: of others the language itself warns.
 */
export const findNullDropped: FindHazard = async ({ looker, counts }) => {
  const { select } = looker.bound;
  const found: Problem[] = [];
  const conditions = counts.where === undefined ? [] : conjunctsOf(select?.where);
  for (const condition of conditions) {
    const others = conditions.filter((other) => other !== condition);
    const told = createTold();
    for (const risk of isOwn(condition.span) ? nullRisks(looker, condition) : []) {
      const cut = { joins: select?.joins ?? [], where: [...others, ...risk.dropped] };
      const problem = told.has(risk) ? undefined : await look(looker, risk, cut, counts.where ?? 0);
      if (problem) found.push(told.add(risk, problem));
    }
  }
  for (const one of counts.joins) found.push(...(await lookInJoin(looker, one)));
  return found;
};

async function look(looker: Looker, risk: NullRisk, cut: Cut, kept: number): Promise<Problem | undefined> {
  const dropped = await count(looker, cut);
  if (dropped === undefined || dropped === 0) return undefined;
  if (risk.kind === 'size' && dropped / (dropped + kept) < leastShare) return undefined;
  return {
    code: 'hazard-null-dropped',
    severity: risk.kind === 'denial' ? 'warning' : 'info',
    message: `${counted(dropped)} ${dropped === 1 ? 'is' : 'are'} dropped here because ${whoIsNull(risk)} null, which is neither equal nor unequal to anything${await keysDropped(looker, cut)}. ${advice(risk)}`,
    span: risk.part.span,
    ...fixesOf(looker, risk),
  };
}

/** Conditions of a join: what would meet but for them. Rows of which an anti join says so seem to have none. */
async function lookInJoin(looker: Looker, one: CountedJoin): Promise<readonly Problem[]> {
  const { node, recursion } = one.join;
  if (node.mode === 'multiple' || node.mode === 'all' || recursion || !node.on || !isOwn(node.span)) return [];
  const found: Problem[] = [];
  for (const condition of conjunctsOf(node.on)) {
    const told = createTold();
    for (const risk of nullRisks(looker, condition, true)) {
      if (risk.kind !== 'denial' || told.has(risk)) continue;
      const message =
        node.mode === 'anti' ? await keptByNull(looker, one, condition, risk) : await unmetByNull(looker, one, condition, risk);
      if (message === undefined) continue;
      found.push(
        told.add(risk, { code: 'hazard-null-dropped', severity: 'warning', message, span: risk.part.span, ...fixesOf(looker, risk) }),
      );
    }
  }
  return found;
}

async function unmetByNull(looker: Looker, one: CountedJoin, condition: Expression, risk: NullRisk): Promise<string | undefined> {
  const dropped = await count(looker, { joins: joinsWith(looker, one, condition, risk.dropped, 'any') });
  if (dropped === undefined || dropped === 0) return undefined;
  return `${counted(dropped)} would meet but for this condition: ${whoIsNull(risk)} null there, which is neither equal nor unequal to anything. ${advice(risk)}`;
}

async function keptByNull(looker: Looker, one: CountedJoin, condition: Expression, risk: NullRisk): Promise<string | undefined> {
  const left = one.step.more ? undefined : await count(looker, { joins: joinsWith(looker, one, condition, [risk.mended], 'anti') });
  const kept = left === undefined ? 0 : one.step.rows - left;
  if (kept <= 0) return undefined;
  return `${counted(kept)} ${kept === 1 ? 'is' : 'are'} left here as if nothing met ${kept === 1 ? 'it' : 'them'}, because ${whoIsNull(risk)} null, which is neither equal nor unequal to anything. If such rows meet, too, write ${written(risk)}.`;
}

/** The joins up to one, with other expressions in the place of one of its conditions. */
function joinsWith(
  { bound }: Looker,
  { join: { node }, index }: CountedJoin,
  condition: Expression,
  by: readonly Expression[],
  mode: JoinNode['mode'],
): readonly JoinNode[] {
  const operands = conjunctsOf(node.on).flatMap((one) => (one === condition ? by : [one]));
  const [first, another] = operands;
  const on: Expression | undefined =
    first && !another ? first : { kind: 'logic', operator: 'and', operands, span: node.on?.span ?? node.span };
  return [...(bound.select?.joins.slice(0, index) ?? []), { ...node, mode, on }];
}

function whoIsNull({ names }: NullRisk): string {
  return names.length === 1 ? `${names[0] ?? ''} is` : `one of ${names.join(', ')} is`;
}

/** One condition is told of once for the same columns, however often it compares them. */
function createTold(): { readonly has: (risk: NullRisk) => boolean; readonly add: (risk: NullRisk, problem: Problem) => Problem } {
  const names = new Set<string>();
  return {
    has: (risk) => risk.names.every((name) => names.has(name)),
    add(risk, problem) {
      for (const name of risk.names) names.add(name);
      return problem;
    },
  };
}

function advice(risk: NullRisk): string {
  return `If they are meant, write ${written(risk)}.`;
}

function written({ names, parent }: NullRisk): string {
  const added = `… or ${names.map((name) => `${name} is null`).join(' or ')}`;
  return `"${parent?.operator === 'or' ? added : `(${added})`}"`;
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

/** Keeps what is dropped where one column alone is at fault. */
function fixesOf({ text }: Looker, { part: { span }, names, parent }: NullRisk): { readonly fixes?: readonly Fix[] } {
  const [name, another] = names;
  if (name === undefined || another !== undefined) return {};
  const kept = `${text.slice(span.offset, span.offset + span.length)} or ${name} is null`;
  return { fixes: [{ title: `Keep the rows where ${name} is null`, span, text: parent?.operator === 'or' ? kept : `(${kept})` }] };
}
