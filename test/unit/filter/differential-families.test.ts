import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bindFilter } from '../../../engine/model/filter/bind.ts';
import { compileFilter } from '../../../engine/model/filter/compile.ts';
import { readFilter } from '../../../engine/model/filter/filter.ts';
import type { FilterLibrary } from '../../../engine/model/filter/library.ts';
import { openVault } from '../../../engine/run/vault/open-vault.ts';
import { choicesOf, randomNumbers } from '../../support/naive-filter/choices.ts';
import { differenceOf } from '../../support/naive-filter/expect-rows.ts';
import { makeQuery } from '../../support/naive-filter/make-query.ts';
import type { Expr, Query } from '../../support/naive-filter/query.ts';
import { keyOf, runNaively, sortExpected, type Expected } from '../../support/naive-filter/run.ts';
import { textOf } from '../../support/naive-filter/values.ts';
import { fillVault, worldArbitrary, worldCatalog } from '../../support/naive-filter/world.ts';
import { writeQuery } from '../../support/naive-filter/write.ts';
import { seed } from '../../support/seed.ts';

/* Filters that another one appends or is the parent of, against the same evaluator; SOLLIST_FILTER_CASES and SOLLIST_SEED as there. */

const today = '2026-05-10';
const cases = Math.ceil(Number(process.env['SOLLIST_FILTER_CASES'] ?? 3_000) / 10);

const style = { capitals: false, brackets: false, quotes: false, separator: '\n' } as const;

interface Family {
  readonly text: string;
  readonly other: string;
  /** What the outputs, the order and the limit are those of. */
  readonly query: Query;
  readonly expected: (tables: Parameters<typeof runNaively>[1]) => readonly Expected[];
}

/** A filter without parameters: those of two filters with one name would be one. */
function queryWithout(next: () => number): Query {
  for (;;) {
    const query = makeQuery(choicesOf(Array.from({ length: 40 + (next() % 160) }, next)));
    // What is put together in any order could not be told apart from the other's texts.
    const isJoined = query.outputs.some(({ expression }) => expression.kind === 'aggregate' && expression.name === 'group_concat');
    if (query.parameters.length === 0 && !isJoined) return query;
  }
}

/** All rows of both, by the names of the first one's columns, sorted and cut as one. */
function appending(next: () => number): Family {
  const own = queryWithout(next);
  const appended = { ...queryWithout(next), orderBy: [] };
  const { limit: _, lookup: __, ...other } = appended;
  const { lookup: ___, ...query } = { ...own, orderBy: own.orderBy.filter(({ by }) => by !== 'expression') };
  return {
    text: `${writeQuery(query, style)}\nappend Other`,
    other: writeQuery(other, style),
    query,
    expected(tables) {
      const places = query.outputs.map(({ name }) => other.outputs.findIndex((one) => one.name === name));
      const more = runNaively(other, tables, today, 'UTC').map(({ cells }) => cells);
      // Under a column of texts, a truth value is one.
      const type = (of: Query, place: number): Expr['type'] | undefined => of.outputs[place]?.expression.type;
      const moved = more.map((cells) =>
        places.map((place, i) => {
          const cell = cells[place] ?? null;
          return type(query, i) === 'text' && type(other, place) === 'boolean' ? textOf(cell, 'boolean') : cell;
        }),
      );
      const keyed = moved.map((cells) => ({
        cells,
        keys: query.orderBy.map(({ output = 0, expression }) => keyOf(cells[output] ?? null, expression.type, 'UTC')),
      }));
      return sortExpected(query, [...runNaively(query, tables, today, 'UTC'), ...keyed]);
    },
  };
}

/** A filter whose first joins and conditions are its parent's. */
function extending(next: () => number): Family {
  const query = queryWithout(next);
  const conditions = query.where?.kind === 'and' ? query.where.all : query.where ? [query.where] : [];
  const [joins, wheres] = [next() % (query.joins.length + 1), next() % (conditions.length + 1)];
  const whole = (all: readonly Expr[]): { readonly where?: Expr } =>
    all.length === 0 ? {} : { where: all.length === 1 && all[0] ? all[0] : { kind: 'and', all, type: 'boolean' } };
  const { from, where: _, ...rest } = query;
  // A condition of the parent can name its tables only.
  const named = new Set([from.alias, ...query.joins.slice(0, joins).map(({ source }) => ('alias' in source ? source.alias : ''))]);
  const fits = (one: Expr): boolean =>
    !/"alias":/.test(JSON.stringify(one)) ||
    [...JSON.stringify(one).matchAll(/"alias":"([^"]*)"/g)].every(([, alias = '']) => named.has(alias));
  const bare = /"bare":true/;
  const [inParent, inChild] = [conditions.slice(0, wheres).filter(fits), conditions.slice(0, wheres).filter((one) => !fits(one))];
  const first = inParent.filter((one) => !bare.test(JSON.stringify(one)));
  const later = [...inChild, ...inParent.filter((one) => bare.test(JSON.stringify(one))), ...conditions.slice(wheres)];
  const parent: Query = {
    parameters: [],
    distinct: 'no',
    outputs: [{ name: 'one', named: true, expression: { kind: 'literal', value: 1, type: 'number' } }],
    from,
    joins: query.joins.slice(0, joins),
    groupBy: [],
    orderBy: [],
    ...whole(first),
  };
  const child = writeQuery({ ...rest, from, joins: query.joins.slice(joins), ...whole(later) }, style)
    .split('\n')
    .filter((line) => !line.startsWith('from '))
    .join('\n');
  return {
    text: `extends Other\n${child}`,
    other: writeQuery(parent, style),
    query,
    expected: (tables) => runNaively(query, tables, today, 'UTC'),
  };
}

describe.each([
  ['append another', appending],
  ['extend another', extending],
])('random filters that %s', (_, make) => {
  it(
    `give the rows of a naive evaluator (${cases} filters, seed ${seed})`,
    () => {
      const next = randomNumbers(seed);
      let withRows = 0;
      for (const tables of fc.sample(worldArbitrary, { numRuns: Math.ceil(cases / 30), seed })) {
        const vault = openVault(':memory:');
        fillVault(vault, tables);
        for (let i = 0; i < 30; i++) {
          const { text, other, query, expected } = make(next);
          const library: FilterLibrary = {
            names: ['Other'],
            find: (name) => (name === 'Other' ? { name, document: readFilter(other) } : undefined),
          };
          const about = `Seed ${seed}.\n\n${text}\n\nOther:\n${other}\n\n`;
          const document = readFilter(text);
          const bound = bindFilter(document, worldCatalog, library);
          const compiled = compileFilter(bound, { parameters: new Map(), today, ...(query.lookup && { lookup: query.lookup.name }) });
          const errors = [...document.problems, ...bound.problems, ...compiled.problems].filter(({ severity }) => severity === 'error');
          expect(errors, about).toEqual([]);
          const sql = compiled.query ?? { sql: '', parameters: [] };
          const names = query.outputs.map(({ name }) => name);
          const rows = [...vault.query(sql)].map((row) => names.map((name) => row[name] ?? null));
          const wanted = expected(tables);
          const difference = differenceOf(query, wanted, rows);
          expect(difference, `${about}${difference ?? ''}\n${sql.sql}\n${JSON.stringify(tables)}`).toBe(undefined);
          if (wanted.length > 0) withRows++;
        }
        vault.close();
      }
      expect(withRows).toBeGreaterThan(cases / 4);
    },
    Math.max(60_000, cases * 50),
  );
});
