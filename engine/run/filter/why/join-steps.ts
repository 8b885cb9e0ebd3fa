import { isGroup, tablesOf, type BoundJoin, type BoundTable } from '../../../model/filter/bound.ts';
import { printJoin } from '../../../model/filter/print.ts';
import { identifier } from '../../../model/filter/sql.ts';
import { conjunctsOf, type Expression } from '../../../model/filter/tree.ts';
import { vaultTableName } from '../../../model/system/catalog.ts';
import type { Cell } from '../../records.ts';
import type { WhyStep, WhyValue } from '../filter-report.ts';
import { all, columnsIn, operandsOf } from './expressions.ts';
import { nearSentence, nearValues, shown } from './near.ts';
import {
  cellOf,
  columnShown,
  counted,
  expressionShown,
  nameOf,
  placeOf,
  refOf,
  said,
  sample,
  textOf,
  type Shown,
  type Walk,
} from './walk.ts';

/** What a join made of the combinations before it. */
export function joinStep(walk: Walk, index: number, before: number): WhyStep {
  const { joins } = walk.bound;
  const join = joins[index];
  if (!join) throw new Error('There is no such join.');
  const earlier = joins.slice(0, index);
  const where = conditionsAt(walk, index);
  const wanted = conditionsAt(walk, index + 1);
  // A row of the joined table itself is asked about, and nothing leads to it: the tables before it have not been narrowed.
  const first = index + 1 === walk.subject.from && !walk.subject.early;
  const after = walk.cutter.count({ joins: [...earlier, join], where: wanted });
  const head = headOf(join);
  const about = {
    kind: join.node.mode === 'anti' ? ('absence' as const) : ('join' as const),
    outcome: after > 0 ? ('passed' as const) : ('dropped' as const),
    before,
    after,
    table: refOf(head),
    ...placeOf(walk, join.node.span, () => printJoin(join.node)),
  };
  const [asked, found] = valuesOfJoin(walk, join);
  const loose = [...earlier, { ...join, node: { ...join.node, mode: 'any' as const } }];
  const together = [...asked, ...found];
  if (first && after === 0) return { ...about, ...unreached(walk, join) };
  if (first)
    return {
      ...about,
      rows: sample(walk, { joins: [...earlier, join], where: wanted }, together),
      sentence: `${nameOf(head)} is joined: ${counted(after, 'combination')}.`,
    };
  switch (join.node.mode) {
    case 'anti': {
      if (after > 0) {
        const rows = sample(walk, { joins: [...earlier, join], where: wanted }, asked);
        return { ...about, rows, sentence: `${nameOf(head)} has nothing for it${because(rows[0])}, as the anti join wants.` };
      }
      const rows = sample(walk, { joins: loose, where }, together);
      return { ...about, rows, sentence: `The anti join drops it: ${nameOf(head)} has a row for it, where ${said(rows[0])}.` };
    }
    case 'left': {
      const rows = sample(walk, { joins: loose, where: wanted }, together);
      if (rows.length > 0) return { ...about, rows, sentence: meets(head, rows, before, after) };
      const none = nothingFound(walk, join, earlier, where, asked);
      return { ...about, ...none, sentence: `${none.sentence} A left join keeps the row without it.` };
    }
    case 'any':
      return after > 0 ? matchedStep() : { ...about, ...nothingFound(walk, join, earlier, where, asked) };
    case 'multiple': {
      if (after > 0) return matchedStep();
      const rows = sample(walk, { joins: loose, where }, together);
      if (rows.length === 0) return { ...about, ...nothingFound(walk, join, earlier, where, asked) };
      return { ...about, rows, sentence: `Only one row of ${nameOf(head)} meets it, where ${said(rows[0])}; a multiple join wants two.` };
    }
    case 'all': {
      if (after > 0) return matchedStep();
      const on = join.on && {
        ...join,
        on: { kind: 'not' as const, operand: join.on, span: join.on.span },
        node: { ...join.node, mode: 'any' as const },
      };
      const rows = on ? sample(walk, { joins: [...earlier, on], where }, together) : [];
      if (rows.length === 0) return { ...about, ...nothingFound(walk, join, earlier, where, asked) };
      return {
        ...about,
        rows,
        sentence: `Not every row of ${nameOf(head)} meets it, as an all join wants: not the one where ${said(rows[0])}.`,
      };
    }
  }
  function matchedStep(): WhyStep {
    const rows = sample(walk, { joins: loose, where: wanted }, together);
    return { ...about, rows, sentence: meets(head, rows, before, after) };
  }
}

/** What picks out the row once so many joins are done. */
export function conditionsAt({ subject }: Walk, joins: number): readonly Expression[] {
  const early = subject.early ? [subject.early] : [];
  return joins >= subject.from ? [...early, subject.condition] : early;
}

function meets(head: BoundTable, rows: readonly (readonly WhyValue[])[], before: number, after: number): string {
  const found = (rows[0] ?? []).filter((value) => value.found === true);
  const more =
    after > before ? ` It goes on as ${counted(after, 'combination')}, where there ${before === 1 ? 'was 1' : `were ${before}`}.` : '';
  return `${nameOf(head)} has a row for it${found.length === 0 ? '' : `: ${said(found)}`}.${more}`;
}

function because(values: readonly WhyValue[] | undefined): string {
  return values && values.length > 0 ? ` where ${said(values)}` : '';
}

/** What a join looks for, and what it finds it in. */
function valuesOfJoin(walk: Walk, join: BoundJoin): readonly [readonly Shown[], readonly Shown[]] {
  const own = new Set(tablesOf(join.source));
  const head = headOf(join);
  const named = columnsIn(walk.bound, join.on);
  const asked = named.filter(({ table }) => !own.has(table)).map(({ table, name }) => columnShown(walk, table, name));
  const found = named.filter(({ table }) => own.has(table)).map(({ table, name }) => columnShown(walk, table, name, true));
  const { via } = join;
  const key = head.catalog?.key;
  const more = [
    ...(via ? [columnShown(walk, head, via.farKey, true)] : []),
    ...(key === undefined ? [] : [columnShown(walk, head, key, true)]),
  ];
  return [unique([...asked, ...(via ? [columnShown(walk, via.of, via.nearKey)] : [])]), unique([...found, ...more])];
}

function unique(values: readonly Shown[]): readonly Shown[] {
  return [...new Map(values.map((value) => [value.text, value])).values()];
}

type Nothing = Pick<WhyStep, 'rows' | 'sentence' | 'near'>;

/** A join that found no partner: which value was looked for, and what comes near it. */
function nothingFound(
  walk: Walk,
  join: BoundJoin,
  earlier: readonly BoundJoin[],
  where: readonly Expression[],
  asked: readonly Shown[],
): Nothing {
  const head = headOf(join);
  const rows = sample(walk, { joins: earlier, where }, asked);
  const partly = partOfCondition(walk, join, earlier, where);
  if (partly) return partly;
  const values = because(rows[0]);
  const empty = rows[0]?.find(({ value }) => value === null);
  if (empty && rows.length === 1) return { rows, sentence: `${empty.text} is null, which meets no row of ${nameOf(head)}.` };
  const { via } = join;
  if (via) return { rows, sentence: linkSentence(walk, join, rows[0]) };
  const near = pairsOf(walk, join).flatMap(({ column, table, other }) => {
    const value = rows[0]?.find(({ text }) => text === other)?.value ?? null;
    return nearValues(walk.vault, table, column, value);
  });
  return {
    rows,
    sentence: `${nameOf(head)} has no row for it${values}.${nearSentence(near)}`,
    ...(near.length > 0 && { near }),
  };
}

/** Equalities of a column of the joined table with one of a table before it. */
function pairsOf(walk: Walk, join: BoundJoin): readonly { readonly table: BoundTable; readonly column: string; readonly other: string }[] {
  const own = new Set(tablesOf(join.source));
  return conjunctsOf(join.on).flatMap((condition) => {
    const inner = condition.kind === 'collate' ? condition.operand : condition;
    if (inner.kind !== 'compare' || inner.operator !== '=') return [];
    const sides = [inner.left, inner.right].map((side) => columnsIn(walk.bound, side.kind === 'collate' ? side.operand : side));
    const mine = sides.find((side) => side.length === 1 && side.every(({ table }) => own.has(table)))?.[0];
    const theirs = sides.find((side) => side.length === 1 && side.every(({ table }) => !own.has(table)))?.[0];
    if (!mine || !theirs) return [];
    return [{ table: mine.table, column: mine.name, other: columnShown(walk, theirs.table, theirs.name).text }];
  });
}

/** Where `on` asks for several things: the first that no row fulfils which the ones before it left. */
function partOfCondition(walk: Walk, join: BoundJoin, earlier: readonly BoundJoin[], where: readonly Expression[]): Nothing | undefined {
  const conditions = conjunctsOf(join.on);
  if (conditions.length < 2 || join.recursion || join.via) return undefined;
  const upTo = (count: number): BoundJoin => {
    const on = all(conditions.slice(0, count));
    const { on: _on, ...rest } = join;
    return { ...rest, node: { ...join.node, mode: 'any' }, ...(on && { on }) };
  };
  let left = 0;
  for (const [i, condition] of conditions.entries()) {
    const rest = walk.cutter.count({ joins: [...earlier, upTo(i + 1)], where });
    if (rest > 0) {
      left = rest;
      continue;
    }
    if (i === 0) return undefined;
    const values = operandsOf(condition).map((expression) => expressionShown(walk, expression));
    const rows = sample(walk, { joins: [...earlier, upTo(i)], where }, values);
    const head = headOf(join);
    const held = conditions
      .slice(0, i)
      .map((one) => textOf(walk, one))
      .join(' and ');
    return {
      rows,
      sentence: `${nameOf(head)} has ${counted(left, 'row')} with ${held}, but none of them meets ${textOf(walk, condition)}: ${said(rows[0])}.`,
    };
  }
  return undefined;
}

/** Through a link table: whether the link is missing, or what it leads to. */
function linkSentence(walk: Walk, { via, source }: BoundJoin, values: readonly WhyValue[] | undefined): string {
  const head = isGroup(source) ? source.table : source;
  if (!via) return '';
  const link = `${via.link.system}.${via.link.table}`;
  const value = cellOf(values?.find(({ text }) => text === columnShown(walk, via.of, via.nearKey).text)?.value ?? null);
  const from = identifier(vaultTableName(via.link.system, via.link.table)).text;
  const sql = `SELECT ${identifier(via.far).text} AS v FROM ${from} WHERE ${identifier(via.near).text} = ? LIMIT 5`;
  const targets = [...walk.vault.query({ sql, parameters: [value] })].map((row): Cell => row['v'] ?? null);
  if (targets.length === 0) return `${link} has no row with ${via.near} = ${shown(value)}, so nothing of ${nameOf(head)} is linked to it.`;
  return `${link} links it to ${targets.map(shown).join(', ')}, but no row of ${nameOf(head)} that meets the join has that ${via.farKey}.`;
}

/** The row that is asked about is one of the joined table, and no row before it leads there. */
function unreached(walk: Walk, join: BoundJoin): Nothing {
  const head = headOf(join);
  const own = new Set(tablesOf(join.source));
  const { alone } = walk.subject;
  const table = alone?.table ?? head;
  const names = columnsIn(walk.bound, join.on).flatMap((column) => (own.has(column.table) && column.table === table ? [column.name] : []));
  const rows = alone && names.length > 0 ? alone.read([...new Set(names)]) : [];
  return { rows, sentence: `No row of the tables before leads to this row of ${nameOf(table)}${because(rows[0])}.` };
}

export function headOf({ source }: BoundJoin): BoundTable {
  return isGroup(source) ? source.table : source;
}
