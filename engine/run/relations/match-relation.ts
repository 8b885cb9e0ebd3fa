import type { ColumnRef } from '../../model/system/catalog.ts';
import type { Cell } from '../records.ts';
import type { VaultReader } from '../vault/vault.ts';
import type { RelationMatch } from './relation-report.ts';
import { findColumn, shownValues, unlikeTypes, type VaultColumn } from './vault-column.ts';

type Queries = Pick<VaultReader, 'tables' | 'query'>;

/** Values shown of each kind. */
const shown = 5;

/** Different values of both columns that are folded; more would take too long. */
const mostFolded = 500_000;

/** The blanks that are trimmed. */
const blanks = "' ' || char(9, 10, 13, 160)";

/**
 * Compares all values of two columns, as a join over them does. `from` is the side that refers, where there is one. Throws `not-collected`,
 * `unknown-column`.
 */
export function matchRelation(vault: Queries, from: ColumnRef, to: ColumnRef): RelationMatch {
  const [left, right] = [findColumn(vault, from), findColumn(vault, to)];
  const alone = (one: string, other: string): string =>
    `select ${one}.v from ${one} left join ${other} on ${other}.v = ${one}.v where ${other}.v is null order by ${one}.v limit ${shown}`;
  // All in one statement, so that each column is read once.
  const [counts = {}] = vault.query({
    sql: `with ${distinct('l', left)}, ${distinct('r', right)},
      common as materialized (select l.v, l.n, r.n as m from l join r on r.v = l.v)
      select
      (select count(*) from l) as lv, (select total(n) from l) as lr, (select count(*) from ${left.table}) as la,
      (select count(*) from r) as rv, (select total(n) from r) as rr, (select count(*) from ${right.table}) as ra,
      (select count(*) from common) as cv, (select total(n) from common) as cr, (select total(m) from common) as cm,
      (select json_group_array(v) from (${alone('l', 'common')})) as ls,
      (select json_group_array(v) from (select v from common order by v limit ${shown})) as cs,
      (select json_group_array(v) from (${alone('r', 'common')})) as rs`,
    parameters: [],
  });
  const number = (name: string): number => Number(counts[name] ?? 0);
  const samples = (side: 'l' | 'c' | 'r'): readonly Cell[] => JSON.parse(String(counts[`${side}s`])) as readonly Cell[];
  const common = number('cv');
  const folded = foldedMatch(vault, left, right, number('lv') - common, number('lv') + number('rv'));
  const types = unlikeTypes(left, right);
  return {
    from,
    to,
    leftOnly: { values: number('lv') - common, rows: number('lr') - number('cr'), samples: shownValues(left, samples('l')) },
    common: { values: common, rows: number('cr'), rightRows: number('cm'), samples: shownValues(left, samples('c')) },
    rightOnly: { values: number('rv') - common, rows: number('rr') - number('cm'), samples: shownValues(right, samples('r')) },
    leftEmpty: number('la') - number('lr'),
    rightEmpty: number('ra') - number('rr'),
    ...(number('lv') > 0 && { score: percent(common, number('lv')) }),
    ...(folded && { folded }),
    ...(types && { types }),
  };
}

/** A share in percent with one decimal, that is 100 only where it is all, and 0 only where it is nothing. */
export function percent(part: number, all: number): number {
  const rounded = Math.round((part / all) * 1000) / 10;
  if (part < all && rounded === 100) return 99.9;
  return part > 0 && rounded === 0 ? 0.1 : rounded;
}

/** The different values of a column `v` with the number `n` of their rows. Compared by themselves, so that types meet as they do in a join. */
function distinct(name: string, { table, column }: VaultColumn): string {
  return `${name} as materialized (select ${column} as v, count(*) as n from ${table} where ${column} <> '' group by ${column})`;
}

/** Values that meet only as texts, when blanks around them and the case of their letters do not count. */
function foldedMatch(vault: Queries, left: VaultColumn, right: VaultColumn, unmatched: number, values: number): RelationMatch['folded'] {
  if (unmatched === 0) return { values: 0, samples: [] };
  if (values > mostFolded) return undefined;
  const fold = `sollist_fold(trim(cast(v as text), ${blanks}))`;
  const rows = vault.query({
    sql: `with ${distinct('l', left)}, ${distinct('r', right)},
      alone as materialized (select l.v from l left join r on r.v = l.v where r.v is null),
      a as materialized (select v, ${fold} as f from alone), b as materialized (select v, ${fold} as f from r),
      pairs as materialized (select a.v as v, min(b.v) as w from a join b on b.f = a.f group by a.v)
      select v, w, (select count(*) from pairs) as "values" from pairs order by v limit ${shown}`,
    parameters: [],
  });
  const pairs = [...rows];
  const isSecret = left.isSecret || right.isSecret;
  return {
    values: Number(pairs[0]?.['values'] ?? 0),
    samples: isSecret ? [] : pairs.map((row) => [asItStands(row['v']), asItStands(row['w'])] as const),
  };
}

/** With the blanks around it. */
function asItStands(value: Cell | undefined): string {
  return JSON.stringify(String(value ?? '').slice(0, 200));
}
