import { tablesOf, type BoundJoin } from '../../../model/filter/bound.ts';
import type { Expression } from '../../../model/filter/tree.ts';
import { columnsIn } from './expressions.ts';
import { because, headOf, pairsOf, type Nothing } from './join-nothing.ts';
import { nearSentence, nearValues } from './near.ts';
import { lostAt } from './on-parts.ts';
import { columnShown, counted, nameOf, said, type Walk } from './walk.ts';

/** The row that is asked about is one of the joined table, and no row before it leads there. */
export function unreached(walk: Walk, join: BoundJoin, earlier: readonly BoundJoin[], where: readonly Expression[]): Nothing {
  const head = headOf(join);
  const own = new Set(tablesOf(join.source));
  const { alone } = walk.subject;
  const table = alone?.table ?? head;
  const names = columnsIn(walk.bound, join.on).flatMap((column) => (own.has(column.table) && column.table === table ? [column.name] : []));
  const rows = alone && names.length > 0 ? alone.read([...new Set(names)]) : [];
  const failed = alone && table === head ? failedPart(walk, join, earlier, where) : undefined;
  if (failed) return failed;
  return { rows, sentence: `No row of the tables before leads to this row of ${nameOf(table)}${because(rows[0])}.` };
}

/** The first condition of `on` that keeps the row of the joined table out, and what comes near it. */
function failedPart(walk: Walk, join: BoundJoin, earlier: readonly BoundJoin[], where: readonly Expression[]): Nothing | undefined {
  const lost = lostAt(walk, join, earlier, where);
  if (!lost) return undefined;
  const { alone } = walk.subject;
  const head = headOf(join);
  const { condition, text, index, before, left } = lost;
  const columns = columnsIn(walk.bound, condition);
  const own = [...new Set(columns.flatMap(({ table, name }) => (table === head ? [name] : [])))];
  const values = own.length > 0 ? (alone?.read(own) ?? []) : [];
  const isOwn = columns.length > 0 && columns.every(({ table }) => table === head);
  // Where the tables before have no rows at all, no condition is at fault.
  if (isOwn && index === 0 && walk.cutter.count({ joins: earlier, where: [] }) === 0) return undefined;
  if (isOwn)
    return { rows: values, sentence: `The join wants ${text}, which this row of ${nameOf(head)} does not meet: ${said(values[0])}.` };
  if (index > 0) {
    const rows = lost.compared();
    const meet = `${counted(left, 'row')} of the tables before ${left === 1 ? 'meets' : 'meet'} ${before}`;
    return { rows, sentence: `${meet}, but the join wants ${text}, too: ${said(rows[0])}.` };
  }
  const near = pairsOf(walk, { ...join, on: condition }).flatMap(({ column, their }) => {
    const value = values[0]?.find(({ text: name }) => name === columnShown(walk, head, column).text)?.value ?? null;
    return nearValues(walk.vault, their.table, their.name, value);
  });
  const sentence = `No row of the tables before leads to this row of ${nameOf(head)} by ${text}${values[0] ? `,${because(values[0])}` : ''}.${nearSentence(near)}`;
  return { rows: values, sentence, ...(near.length > 0 && { near }) };
}
