import { problemColumn } from '../../../model/filter/compiled.ts';
import { sameName } from '../../../model/filter/words.ts';
import type { WhyStep } from '../filter-report.ts';
import { columnOf } from './cut.ts';
import { kept, mostRows, scriptsAnd } from './late.ts';
import { nearSentence, nearValues, shown } from './near.ts';
import { nameOf, placeOf, refOf, textOf, type Walk } from './walk.ts';

/** The lookup of `Name[lookup]`, of rows that are no groups. */
export function lookupStep(walk: Walk, name: string, before: number): WhyStep | undefined {
  const lookup = walk.bound.lookups.find(({ node }) => sameName(node.name.text, name));
  if (!lookup) return undefined;
  const { node, table, column } = lookup;
  const columns = scriptsAnd(walk, [columnOf('v1', node.column)]);
  const after = walk.cutter.rows({ ...kept(walk), columns, lookup: name, limit: mostRows }).length;
  const [row] = walk.cutter.rows({ ...kept(walk), columns, ...(after > 0 && { lookup: name }), limit: 1 });
  const value = row?.['v1'] ?? null;
  // A row whose script failed stays, although a null is found nowhere.
  const isKept = after > 0 && value === null && typeof row?.[problemColumn] === 'string';
  const isThere = value !== null && after > 0 === node.include;
  const near = isThere || !node.include ? [] : nearValues(walk.vault, table, column.name, value);
  const text = textOf(walk, node.column);
  const where = `${nameOf({ ...table, alias: table.table })}.${column.name}`;
  return {
    kind: 'lookup',
    outcome: after > 0 ? 'passed' : 'dropped',
    before,
    after,
    table: refOf(table),
    rows: [[{ text, value }]],
    ...(near.length > 0 && { near }),
    ...placeOf(walk, node.span, () => `lookup ${node.name.text}`),
    sentence: `${text} is ${shown(value)}, which is ${isThere ? '' : 'not '}in ${where}; the lookup "${node.name.text}" ${node.include ? 'includes' : 'excludes'} what is there.${isKept && node.include ? ' It stays, since the script failed.' : ''}${nearSentence(near)}`,
  };
}
