import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bindFilter } from '../../../engine/model/filter/bind.ts';
import { compileFilter } from '../../../engine/model/filter/compile.ts';
import { readFilter } from '../../../engine/model/filter/filter.ts';
import { openVault } from '../../../engine/run/vault/open-vault.ts';
import type { Vault } from '../../../engine/run/vault/vault.ts';
import { choicesOf, randomNumbers } from '../../support/naive-filter/choices.ts';
import { differenceOf } from '../../support/naive-filter/expect-rows.ts';
import type { Tables } from '../../support/naive-filter/joins.ts';
import { makeQuery } from '../../support/naive-filter/make-query.ts';
import type { Query } from '../../support/naive-filter/query.ts';
import { runNaively } from '../../support/naive-filter/run.ts';
import { type Case, simplify } from '../../support/naive-filter/simplify.ts';
import { fillVault, worldArbitrary, worldCatalog } from '../../support/naive-filter/world.ts';
import { type Style, writeQuery } from '../../support/naive-filter/write.ts';
import { seed } from '../../support/seed.ts';

/*
 * SOLLIST_FILTER_CASES=100000 makes a long run, SOLLIST_SEED=n the run of a seed. Vaults come from fast-check, filters from plain
 * numbers, since a filter of three joins is made simpler sooner by leaving numbers out than by shrinking its parts.
 */
const today = '2026-05-10';
const filtersPerVault = 30;
const cases = Number(process.env['SOLLIST_FILTER_CASES'] ?? 3_000);
const timeZones = ['UTC', 'Europe/Amsterdam', 'America/New_York', 'Asia/Kathmandu'] as const;
const separators = ['\n', ' ', ' /* ; */ ', ' -- select\n'] as const;

/** What is wrong with what the engine makes of a filter; undefined where it gives the rows of the evaluator. */
function faultOf(vault: Vault, query: Query, text: string, tables: Tables, timeZone: string): string | undefined {
  const document = readFilter(text);
  const bound = bindFilter(document, worldCatalog);
  const given = query.parameters.filter(({ isDefault }) => !isDefault);
  const compiled = compileFilter(bound, {
    parameters: new Map(given.map(({ name, value }) => [name, value])),
    today,
    timeZone,
    ...(query.lookup && { lookup: query.lookup.name }),
  });
  const errors = [...document.problems, ...bound.problems, ...compiled.problems].filter(({ severity }) => severity === 'error');
  const { query: sql } = compiled;
  if (!sql || errors.length > 0) return `refused: ${errors.map(({ code, message }) => `${code} ${message}`).join('; ')}`;
  const names = query.outputs.map(({ name }) => name);
  const shown = `${sql.sql}\n${JSON.stringify(sql.parameters)}`;
  try {
    if (compiled.columns.some(({ name }, i) => name !== names[i])) return `columns: ${JSON.stringify(compiled.columns)}`;
    const rows = [...vault.query(sql)].map((row) => names.map((name) => row[name] ?? null));
    const difference = differenceOf(query, runNaively(query, tables, today, timeZone), rows);
    return difference === undefined ? undefined : `rows: ${difference}\n${shown}`;
  } catch (error) {
    return `threw: ${String(error)}\n${shown}`;
  }
}

/** The kind of a fault: making a case simpler must not turn a wrong row into a filter that is refused. */
const kindOf = (fault: string): string => fault.slice(0, fault.indexOf(':'));

function onceFilled<Result>(tables: Tables, work: (vault: Vault) => Result): Result {
  const vault = openVault(':memory:');
  try {
    fillVault(vault, tables);
    return work(vault);
  } finally {
    vault.close();
  }
}

function explain(found: Case, style: Style, timeZone: string, fault: string): string {
  const attempt = ({ numbers, tables }: Case): { readonly text: string; readonly fault: string | undefined } => {
    const query = makeQuery(choicesOf(numbers));
    const text = writeQuery(query, style);
    return { text, fault: onceFilled(tables, (vault) => faultOf(vault, query, text, tables, timeZone)) };
  };
  const smallest = simplify(
    found,
    (one) => {
      const { text, fault: own } = attempt(one);
      return own !== undefined && kindOf(own) === kindOf(fault) ? text.length * 10 + JSON.stringify(one.tables).length : undefined;
    },
    8_000,
  );
  const { text, fault: own } = attempt(smallest);
  return `Seed ${seed}, ${timeZone}.\n\n${text}\n\n${own ?? fault}\n\n${JSON.stringify(smallest.tables)}`;
}

describe('random filters over random vaults', () => {
  it(
    `give the rows of a naive evaluator (${cases} filters, seed ${seed})`,
    () => {
      const next = randomNumbers(seed);
      let withRows = 0;
      const vaults = Math.ceil(cases / filtersPerVault);
      for (let begun = 0; begun < vaults; begun += 100) {
        for (const tables of fc.sample(worldArbitrary, { numRuns: Math.min(100, vaults - begun), seed: seed + begun })) {
          onceFilled(tables, (vault) => {
            for (let i = 0; i < filtersPerVault; i++) {
              const numbers = Array.from({ length: 40 + (next() % 200) }, next);
              const style: Style = {
                capitals: next() % 2 > 0,
                brackets: next() % 2 > 0,
                quotes: next() % 2 > 0,
                separator: separators[next() % 4] ?? '\n',
              };
              const query = makeQuery(choicesOf(numbers));
              const text = writeQuery(query, style);
              const timeZone = timeZones[next() % timeZones.length] ?? 'UTC';
              const fault = faultOf(vault, query, text, tables, timeZone);
              if (fault !== undefined) throw new Error(explain({ numbers, tables }, style, timeZone, fault));
              if (runNaively(query, tables, today, timeZone).length > 0) withRows++;
            }
          });
        }
      }
      // That nothing differs says something only where there is something.
      expect(withRows).toBeGreaterThan(cases / 3);
    },
    Math.max(60_000, cases * 20),
  );
});
