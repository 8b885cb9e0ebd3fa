import type { Query } from './query.ts';
import type { Expected } from './run.ts';
import { compareValues, type Value } from './values.ts';

/** What a vault gave, cells in the order of the outputs. */
export type Given = readonly (readonly (string | number | bigint | null)[])[];

/** How the rows given differ from those expected: undefined when they are the same, in an order the filter allows. */
export function differenceOf(query: Query, expected: readonly Expected[], given: Given): string | undefined {
  const shown = (cells: readonly Value[]): string => JSON.stringify(cells.map((cell, i) => normal(query, cell, i)));
  const limit = Math.min(query.limit ?? Infinity, expected.length);
  if (given.length !== limit)
    return `${given.length} rows instead of ${limit}\nexpected ${expected.map((row) => shown(row.cells)).join('\n         ')}\ngiven    ${given.map(shown).join('\n         ')}`;
  // Rows that are sorted alike may come in any order among themselves; a limit may take any of the last of them.
  for (let from = 0; from < limit;) {
    let to = from + 1;
    while (to < expected.length && sameKeys(expected[from], expected[to])) to++;
    const wanted = expected.slice(from, to).map((row) => shown(row.cells));
    for (const row of given.slice(from, to)) {
      const at = wanted.indexOf(shown(row));
      if (at < 0) return `row ${shown(row)} was not expected here; there may be ${wanted.join(' or ') || 'none'}`;
      wanted.splice(at, 1);
    }
    from = to;
  }
  return undefined;
}

function sameKeys(a: Expected | undefined, b: Expected | undefined): boolean {
  return !!a && !!b && a.keys.every((key, i) => compareValues(key, b.keys[i] ?? null) === 0);
}

/** A cell as text; numbers by their size to twelve digits, a list that was put together in any order. */
function normal(query: Query, cell: Value, column: number): string {
  if (cell === null) return 'null';
  if (typeof cell !== 'string') return String(Number(Number(cell).toPrecision(12)));
  const expression = query.outputs[column]?.expression;
  return expression?.kind === 'aggregate' && expression.name === 'group_concat' ? `~${Array.from(cell).sort().join('')}` : `'${cell}'`;
}
