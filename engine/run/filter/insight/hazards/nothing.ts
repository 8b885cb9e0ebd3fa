import { type BoundFilter, isGroup } from '../../../../model/filter/bound.ts';
import { conjunctsOf, everyPart, type Expression } from '../../../../model/filter/tree.ts';
import { identifier, joinSql, numeral, sql, value } from '../../../../model/filter/sql.ts';
import { sameName } from '../../../../model/filter/words.ts';
import { vaultTableName } from '../../../../model/system/catalog.ts';
import { listNames } from '../../../../model/text/list-names.ts';
import { nearest } from '../../../../model/text/nearest.ts';
import type { Problem } from '../../../../model/text/problem.ts';
import { count, type CountedJoin, isOwn } from '../count-steps.ts';
import { parametersIn } from '../cut.ts';
import type { FindHazard, HazardInput } from '../find-hazards.ts';
import type { KeyColumn } from '../keys.ts';
import { loosely } from '../loosely.ts';
import type { Looker } from '../looker.ts';
import { counted, mostExamples, named, shown } from '../words.ts';
import { nothingByKeys } from './nothing-by-keys.ts';
import { nothingThroughLink } from './nothing-through-link.ts';

/**
 * Parts after which no row is left, though there were some before: a join, a left join that matches nothing, a condition. Only the first one is
 * told, and nothing where the tables themselves are empty.
 */
export const findNothing: FindHazard = async (input) => {
  const { counts } = input;
  const found: Problem[] = [];
  for (const one of counts.joins) {
    if (one.before === 0 || !isOwn(one.join.node.span)) continue;
    const { node } = one.join;
    const alias = `"${aliasOf(one)}"`;
    if (node.mode === 'left' && one.step.unmatched === one.before) {
      found.push(
        problem(
          'hazard-join-nothing',
          `None of the ${counted(one.before)} before it meets a row of ${alias}, so its columns are always null.${await whyNone(input, one)}`,
          one,
        ),
      );
    } else if (one.step.rows === 0) {
      const why =
        node.mode === 'anti'
          ? `Every one of the ${counted(one.before)} before it meets a row of ${alias}, so none is left.`
          : `None of the ${counted(one.before)} before it meets a row of ${alias}, so none is left.${await whyNone(input, one)}`;
      found.push(problem('hazard-no-rows', why, one));
      return found;
    }
  }
  if (counts.joined === undefined || counts.joined === 0 || counts.where !== 0) return found;
  return [...found, ...(await blamed(input.looker, counts.joined))];
};

function problem(code: string, message: string, { join }: CountedJoin): Problem {
  const { source } = join.node;
  return { code, severity: 'warning', message, span: (source.kind === 'group' ? source.table : source).span };
}

function aliasOf({ join }: CountedJoin): string {
  return (isGroup(join.source) ? join.source.table : join.source).alias;
}

/** Why a join meets nothing, as far as that can be told. */
async function whyNone({ looker }: HazardInput, one: CountedJoin): Promise<string> {
  const { via, source } = one.join;
  for (const { system, table } of [isGroup(source) ? source.table : source, ...(via ? [via.link] : [])]) {
    const [row] = (await looker.ask(sql`SELECT 1 AS n FROM ${identifier(vaultTableName(system, table))} LIMIT 1`)) ?? [];
    if (!row) return ` ${system}.${table} was collected without a single row.`;
  }
  return via ? nothingThroughLink(looker, one) : nothingByKeys(looker, one);
}

/** The condition that no row meets: alone, or together with those before it. */
async function blamed(looker: Looker, rows: number): Promise<readonly Problem[]> {
  const { select } = looker.bound;
  const conditions = conjunctsOf(select?.where);
  const joins = select?.joins ?? [];
  const alone: Expression[] = [];
  for (const condition of conditions) {
    const left = await count(looker, { joins, where: [condition] });
    if (left === undefined) return [];
    if (left === 0) alone.push(condition);
  }
  if (alone.length > 0)
    return Promise.all(alone.map((condition) => describe(looker, condition, `None of ${counted(rows)} meets this condition.`)));
  for (let i = 1; i < conditions.length; i++) {
    const left = await count(looker, { joins, where: conditions.slice(0, i + 1) });
    if (left === undefined) return [];
    const condition = conditions[i];
    if (left === 0 && condition)
      return [
        await describe(looker, condition, 'Rows meet this condition, and rows meet those before it, but none meets them together.', false),
      ];
  }
  return [];
}

async function describe(looker: Looker, condition: Expression, what: string, hints = true): Promise<Problem> {
  const parameters = parametersIn(condition).flatMap((name) => {
    const value = [...looker.values].find(([one]) => sameName(one, name));
    if (!value) return [];
    return [`@${value[0]} is ${typeof value[1] === 'boolean' ? String(value[1]) : (shown(value[1], value[0]) ?? 'not shown')}`];
  });
  const given = parameters.length > 0 ? ` ${[...new Set(parameters)].join(', ')}.` : '';
  return {
    code: parameters.length > 0 ? 'hazard-parameter-nothing' : 'hazard-no-rows',
    severity: 'warning',
    message: `${what}${given}${hints ? await valuesThereAre(looker, condition) : ''}`,
    span: condition.span,
  };
}

/** Where a column is compared with a text: what it holds instead, the nearest value first. */
async function valuesThereAre(looker: Looker, condition: Expression): Promise<string> {
  const compared = comparedWith(looker.bound, condition, looker);
  if (!compared) return '';
  const { column, texts } = compared;
  const { system, table } = column.table;
  const name = identifier(column.column.name);
  const otherwise = await writtenOtherwise(looker, compared);
  if (otherwise.length > 0) {
    // Blanks are not seen in what is shown.
    const given = texts.map((one) => shown(one, column.column.name));
    const how = otherwise.every((one) => given.includes(one)) ? 'with other blanks around it' : 'written otherwise';
    return ` There is ${listNames(otherwise)}, ${how}.`;
  }
  const rows = await looker.ask(
    sql`SELECT ${name} AS value, count(*) AS n FROM ${identifier(vaultTableName(system, table))} WHERE ${name} <> '' GROUP BY 1 ORDER BY n DESC, 1 LIMIT 200`,
  );
  const values = (rows ?? []).flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
  const [text, another] = texts;
  const near = text === undefined || another !== undefined ? undefined : nearest(text, values);
  const some = [...new Set([...(near === undefined ? [] : [near]), ...values])].slice(0, mostExamples);
  const list = some.flatMap((value) => shown(value, column.column.name) ?? []);
  return list.length === 0
    ? ''
    : ` ${named(column.alias, column.column.name)} has ${list.join(', ')}${values.length > list.length ? ', …' : ''}`;
}

/** A column and the texts that it is compared with. */
interface Compared {
  readonly column: KeyColumn;
  readonly texts: readonly string[];
  /** The texts are patterns. */
  readonly like: boolean;
}

/** Values that are one of the texts but for case and the blanks around them, where none of the texts is there. */
async function writtenOtherwise(looker: Looker, { column, texts, like }: Compared): Promise<readonly string[]> {
  if (like || texts.length === 0) return [];
  const { system, table } = column.table;
  const name = identifier(column.column.name);
  const list = texts.map((text) => value(text));
  const folded = texts.map((text) => loosely(value(text)));
  const rows = await looker.ask(
    sql`SELECT ${name} AS value, ${name} IN (${joinSql(list, 'comma')}) AS exact FROM ${identifier(vaultTableName(system, table))} WHERE typeof(${name}) = 'text' AND ${loosely(name)} IN (${joinSql(folded, 'comma')}) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${numeral(mostExamples)}`,
  );
  if (!rows || rows.some(({ exact }) => exact === 1)) return [];
  return rows.flatMap((row) => shown(row['value'] ?? null, column.column.name) ?? []);
}

function comparedWith({ meanings, types }: BoundFilter, condition: Expression, { values }: Looker): Compared | undefined {
  const inner = condition.kind === 'collate' ? condition.operand : condition;
  if (inner.kind !== 'compare' && inner.kind !== 'in' && inner.kind !== 'like') return undefined;
  const parts = [...everyPart(inner)];
  const columns = parts.flatMap((part) => {
    const meaning = part.kind === 'column' ? meanings.get(part) : undefined;
    return meaning?.kind === 'column' && types.get(part) === 'text' ? [meaning] : [];
  });
  const [meaning, another] = columns;
  if (!meaning || another) return undefined;
  const texts = parts.flatMap((part) => {
    const value =
      part.kind === 'literal'
        ? part.value
        : part.kind === 'parameter'
          ? [...values].find(([name]) => sameName(name, part.name))?.[1]
          : undefined;
    return typeof value === 'string' ? [value] : [];
  });
  const column: KeyColumn = { alias: meaning.table.alias, table: meaning.table, column: meaning.column };
  return { column, texts, like: inner.kind === 'like' };
}
