import { isSecretName } from '../../../../model/connector/knowledge.ts';
import { type BoundFilter, type BoundLookup, isGroup } from '../../../../model/filter/bound.ts';
import { identifier, sql } from '../../../../model/filter/sql.ts';
import { conjunctsOf, everyPart, type Expression } from '../../../../model/filter/tree.ts';
import { vaultTableName } from '../../../../model/system/catalog.ts';
import type { Problem } from '../../../../model/text/problem.ts';
import { type CountedJoin, isOwn } from '../count-steps.ts';
import { columnItem } from '../cut.ts';
import type { FindHazard, HazardInput } from '../find-hazards.ts';
import { type KeyColumn, keysOf, ourCut, theirCut, type JoinKeys } from '../keys.ts';
import { linkedKeys, linkName, linkOf } from '../link.ts';
import { nearlyEqual, type NearlyEqual } from '../loosely.ts';
import { counted, examples, named, shown } from '../words.ts';

/**
 * Values that meet none in the joined table, or are not found by a lookup, but would be without case or the blanks around them: the filter says that
 * somebody has no account who has one. A single one is enough to be told; joins on several columns are not looked at. Through a link table there
 * are two such keys.
 */
export const findNearlyEqual: FindHazard = async (input) => {
  const found: Problem[] = [];
  for (const one of input.counts.joins) {
    if (one.join.via && isOwn(one.join.node.span)) found.push(...(await lookThrough(input, one)));
    const keys = keysOf(input.looker.bound, one.join);
    const [pair, another] = keys?.pairs ?? [];
    if (!keys || !pair || another || !keys.plain || isGroup(one.join.source) || !isOwn(one.join.node.span)) continue;
    if (one.step.unmatched === 0 || pair.ours.column.type !== 'text' || pair.theirs.column.type !== 'text') continue;
    found.push(...(await look(input, one, keys)));
  }
  const { lookups, aggregated } = input.looker.bound;
  // What costs too much to be counted is not looked up either.
  if (input.counts.where === undefined || aggregated) return found;
  for (const lookup of lookups) if (input.isThere(lookup.table)) found.push(...(await lookUp(input, lookup)));
  return found;
};

async function look({ looker }: HazardInput, { index, join }: CountedJoin, keys: JoinKeys): Promise<readonly Problem[]> {
  const [pair] = keys.pairs;
  const ours = looker.compile(ourCut(looker.bound.select?.joins.slice(0, index) ?? [], keys));
  const theirs = looker.compile(theirCut(join, keys));
  const near = pair && ours && theirs && (await nearlyEqual(looker, ours, theirs, pair.nocase));
  if (!near) return [];
  const some = pairsOf(near, [pair.ours.column.name], pair.theirs.column.name);
  const [one, other] = [named(pair.ours.alias, pair.ours.column.name), named(pair.theirs.alias, pair.theirs.column.name)];
  const how = pair.nocase ? 'the blanks around them' : 'case and the blanks around them';
  const advice = pair.nocase ? `compare trim(${one}) and trim(${other})` : `write "collate nocase", or trim(…), if they are the same`;
  const { source } = join.node;
  return [
    {
      code: 'hazard-nearly-equal',
      severity: 'warning',
      message: `${counted(near.total, 'value')} of ${one} ${near.total === 1 ? 'meets' : 'meet'} none of ${other} but for ${how}${examples(some)}. Mend the data, or ${advice}.`,
      span: (source.kind === 'group' ? source.table : source).span,
    },
  ];
}

/** The keys of a link table, to either side. */
async function lookThrough({ looker }: HazardInput, one: CountedJoin): Promise<readonly Problem[]> {
  const link = linkOf(looker, one);
  if (!link) return [];
  const { via, ours, near, far, theirs } = link;
  const toLink = { from: ours, to: near, ours: link.oursSql, theirs: sql`SELECT ${link.nearSql} AS "k0" FROM ${link.table}` };
  const ends = [
    ...(one.step.unmatched === 0 ? [] : [{ ...toLink, span: via.node.near.span, on: near, other: ours }]),
    { from: far, to: theirs, ours: linkedKeys(link), theirs: link.theirsSql, span: via.node.far.span, on: theirs, other: far },
  ];
  const found: Problem[] = [];
  for (const { from, to, span, on, other, ...end } of ends) {
    const isText = from.column.type === 'text' && to.column.type === 'text';
    const values = isText ? await nearlyEqual(looker, end.ours, end.theirs, false) : undefined;
    if (!values) continue;
    const [name, toName] = [nameOf(from), nameOf(to)];
    const some = examples(pairsOf(values, [from.column.name], to.column.name));
    const message = `${counted(values.total, 'value')} of ${name} ${values.total === 1 ? 'meets' : 'meet'} none of ${toName} but for case and the blanks around them${some}, and "via" compares exactly. Mend the data, or join ${linkName(link)} as a table of its own, with "on ${nameOf(on)} = ${nameOf(other)} collate nocase", or trim(…), if they are the same.`;
    found.push({ code: 'hazard-nearly-equal', severity: 'warning', message, span });
  }
  return found;
}

function nameOf({ alias, column }: KeyColumn): string {
  return named(alias, column.name);
}

async function lookUp({ looker }: HazardInput, { node, table, column }: BoundLookup): Promise<readonly Problem[]> {
  const { bound } = looker;
  const { select } = bound;
  const sought = soughtBy(bound, node.column);
  if (!sought || bound.types.get(node.column) !== 'text' || column.type !== 'text') return [];
  const ours = looker.compile({
    joins: select?.joins ?? [],
    where: conjunctsOf(select?.where),
    items: [columnItem(sought, 'k0')],
  });
  const theirs = sql`SELECT ${identifier(column.name)} AS "k0" FROM ${identifier(vaultTableName(table.system, table.table))}`;
  const near = ours && (await nearlyEqual(looker, ours, theirs, false));
  if (!near) return [];
  const columns = [...everyPart(sought)].flatMap((part) => {
    const meaning = part.kind === 'column' ? bound.meanings.get(part) : undefined;
    return meaning ? [meaning.column.name] : [];
  });
  const [are, them] = near.total === 1 ? ['is', 'it'] : ['are', 'them'];
  return [
    {
      code: 'hazard-nearly-equal',
      severity: 'warning',
      message: `${counted(near.total, 'value')} ${are} in ${named(table.table, column.name)} but for case and the blanks around ${them}${examples(pairsOf(near, columns, column.name))}, so this lookup does not find ${them}. Mend the data, or look up a column of the output that is written as there, such as lower(…) or trim(…).`,
      span: node.target.span,
    },
  ];
}

/** What a lookup looks up; undefined for what a script makes. */
function soughtBy({ meanings }: BoundFilter, column: Expression): Expression | undefined {
  const meaning = column.kind === 'column' ? meanings.get(column) : undefined;
  return meaning?.kind === 'output' ? meaning.column.expression : column;
}

/** `'Ann' and 'ann'`; nothing of columns whose names say that nobody may see their values. */
function pairsOf({ some }: NearlyEqual, ours: readonly string[], theirs: string): readonly (string | undefined)[] {
  return some.map((pair) => {
    if ([...ours, theirs].some(isSecretName)) return undefined;
    return `${shown(pair.ours, '') ?? ''} and ${shown(pair.theirs, '') ?? ''}`;
  });
}
