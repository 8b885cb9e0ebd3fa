import type { Tables } from './joins.ts';

/** A filter, as the numbers it is made of, and the vault it is run on. */
export interface Case {
  readonly numbers: readonly number[];
  readonly tables: Tables;
}

/**
 * The smallest case found in the time, in milliseconds, that still fails: without numbers, with smaller ones, without rows, with nulls for
 * cells. `sizeOf` is undefined for a case that does not fail.
 */
export function simplify(first: Case, sizeOf: (one: Case) => number | undefined, time: number): Case {
  const until = performance.now() + time;
  let best = first;
  let size = sizeOf(first) ?? Infinity;
  for (let better = true; better && performance.now() < until;) {
    better = false;
    for (const one of simpler(best)) {
      if (performance.now() > until) break;
      const own = sizeOf(one);
      if (own === undefined || own >= size) continue;
      [best, size, better] = [one, own, true];
      break;
    }
  }
  return best;
}

function* simpler({ numbers, tables }: Case): Generator<Case> {
  for (const [name, rows] of Object.entries(tables)) {
    for (const i of rows.keys()) yield { numbers, tables: { ...tables, [name]: rows.toSpliced(i, 1) } };
  }
  for (let length = numbers.length >> 1; length >= 1; length >>= 1) {
    for (let at = 0; at < numbers.length; at += length) yield { numbers: numbers.toSpliced(at, length), tables };
  }
  for (const [i, number] of numbers.entries()) if (number > 0) yield { numbers: numbers.with(i, 0), tables };
  for (const [name, rows] of Object.entries(tables)) {
    for (const [i, row] of rows.entries()) {
      for (const [column, cell] of Object.entries(row))
        if (cell !== null) yield { numbers, tables: { ...tables, [name]: rows.with(i, { ...row, [column]: null }) } };
    }
  }
}
