import type { BoundAppend, BoundColumn } from '../../../../model/filter/bound.ts';
import { conjunctsOf } from '../../../../model/filter/tree.ts';
import { identifier, joinSql, numeral, sql } from '../../../../model/filter/sql.ts';
import { areAlike } from '../../../../model/filter/types.ts';
import { sameName } from '../../../../model/filter/words.ts';
import type { Problem } from '../../../../model/text/problem.ts';
import type { FindHazard, HazardInput } from '../find-hazards.ts';
import { mostCounted } from '../insight.ts';
import { counted } from '../words.ts';

/** Appended filters whose columns meet in name alone: of another type, or without a value in every row. What is missing the language itself tells. */
export const findAppendHazards: FindHazard = async (input) => {
  const found: Problem[] = [];
  for (const append of input.whole.appends) {
    const columns = input.whole.columns.flatMap((own) => {
      const added = append.bound.columns.find(({ name }) => sameName(name, own.name));
      return added ? [{ own, added }] : [];
    });
    found.push(
      ...unlikeTypes(append, columns),
      ...(await alwaysNull(
        input,
        append,
        columns.map(({ added }) => added),
      )),
    );
  }
  return found;
};

function unlikeTypes(
  { node }: BoundAppend,
  columns: readonly { readonly own: BoundColumn; readonly added: BoundColumn }[],
): readonly Problem[] {
  const unlike = columns.filter(({ own, added }) => !isAnything(own) && !isAnything(added) && !areAlike(own.type, added.type));
  if (unlike.length === 0) return [];
  const list = unlike.slice(0, 3).map(({ own, added }) => `"${own.name}" is ${own.type} here and ${added.type} there`);
  const more = unlike.length > 3 ? `, and ${unlike.length - 3} more` : '';
  const message = `Columns of "${node.text}" are of another type: ${list.join(', ')}${more}. Cast one of them, so that they can be compared.`;
  return [{ code: 'hazard-append-types', severity: 'warning', message, span: node.span }];
}

function isAnything({ script }: BoundColumn): boolean {
  return script?.type === 'any';
}

async function alwaysNull(
  { looker, isCountable }: HazardInput,
  { node, bound }: BoundAppend,
  columns: readonly BoundColumn[],
): Promise<readonly Problem[]> {
  const { select } = bound;
  // A literal null was put there on purpose; what a script makes is known only when it has run.
  const looked = columns.filter(({ script, expression }) => !script && !(expression?.kind === 'literal' && expression.value === null));
  if (!select || select.excludeWhen || looked.length === 0 || !isCountable(bound)) return [];
  const part = looker.compile({ joins: select.joins, where: conjunctsOf(select.where), whole: true, limit: mostCounted }, bound);
  if (!part) return [];
  const sums = looked.map(({ name }, i) => sql`total(${identifier(name)} <> '') AS ${identifier(`c${i}`)}`);
  const [row] = (await looker.ask(sql`SELECT count(*) AS n, ${joinSql(sums, 'comma')} FROM (${part}) LIMIT ${numeral(1)}`)) ?? [];
  const n = Number(row?.['n'] ?? 0);
  const empty = n === 0 ? [] : looked.filter((_, i) => row?.[`c${i}`] === 0).map(({ name }) => `"${name}"`);
  if (empty.length === 0) return [];
  const list = `${empty.slice(0, 3).join(', ')}${empty.length > 3 ? ` and ${empty.length - 3} more` : ''}`;
  const message = `${list} ${empty.length === 1 ? 'has' : 'have'} no value in any of the ${counted(n)} of "${node.text}". If another column is meant, give it that name there, with "as".`;
  return [{ code: 'hazard-append-null', severity: 'info', message, span: node.span }];
}
