import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bindFilter } from '../../../engine/model/filter/bind.ts';
import { compileFilter } from '../../../engine/model/filter/compile.ts';
import { parseFilter } from '../../../engine/model/filter/parse.ts';
import { readParameters } from '../../../engine/model/filter/parameters.ts';
import { quoteName, quoteText } from '../../../engine/model/filter/words.ts';
import { printParameter } from '../../../engine/model/filter/print-expression.ts';
import { catalogOf, vaultTableName } from '../../../engine/model/system/catalog.ts';
import { sqlFunctions } from '../../../engine/run/filter/sql-functions.ts';
import { hostileText } from './tree-arbitrary.ts';

/** Everything but quoted names and `?` that the SQL of a filter is ever made of. */
const vocabulary: ReadonlySet<string> = new Set(
  (
    'select distinct from as join left on where and or not null is in between glob case when then else end cast text numeric integer real exists ' +
    'group by having order desc limit with recursive union all over partition true collate ' +
    'row_number typeof date datetime julianday strftime substr length instr replace trim ltrim rtrim coalesce nullif abs round sign lower ' +
    'count min max sum avg group_concat json_each json_type json_valid sollist_fold sollist_lower sollist_upper sollist_set sollist_day sollist_time sollist_moment sollist_stamp sollist_datetime'
  ).split(' '),
);
/** Texts of the compiler's own. */
const ownTexts: ReadonlySet<string> = new Set(['', '[]', 'integer', 'real', 'text', 'array', '????-??-??*', '????-??-??[T ]*', ' days', '%Y', '%m', '%d', 'true', 'false', '0', '1', '1.0', '0.0', '-0.0', '[', '[[]', '*', '[*]', '?', '[?]', '%', '_']); // oxfmt-ignore

/** What in a text of SQL is neither of the vocabulary nor a quoted name, a `?`, a number or one of the compiler's own texts. */
function strangersIn(sql: string): readonly string[] {
  const token = /"(?:[^"]|"")*"|'(?:[^']|'')*'|[A-Za-z_]\w*|\d+(?:\.\d+)?(?:e[+-]?\d+)?|\s+|[?(),.*/+=<>|-]|[^]/gu;
  return [...sql.matchAll(token)]
    .map(([found]) => found)
    .filter((found, i, all) => {
      if (found.startsWith('"') && found.length > 1) return false;
      if (found.startsWith("'") && found.length > 1) return !ownTexts.has(found.slice(1, -1));
      if (/^[A-Za-z_]/.test(found)) return !vocabulary.has(found.toLowerCase());
      // Two of them begin a comment.
      if (found === '-' || found === '/') return all[i + 1] === (found === '-' ? '-' : '*');
      return !/^(?:[\d\s]|[?(),.*/+=<>|-]$)/.test(found);
    });
}

const names = hostileText.filter((text) => text !== '');
const usable = (name: string): boolean => !name.includes('\0') && name.isWellFormed() && !/^sollist:/i.test(name);

/** Names that SQLite tells apart. */
const columnNames = fc.uniqueArray(names.filter(usable), { minLength: 3, maxLength: 3, selector: (name) => name.toLowerCase() });

describe('what an author, an API or a run wrote', () => {
  it('reaches the database as names and values only', () => {
    fc.assert(
      fc.property(
        fc.record({
          system: names.filter(usable),
          table: names.filter(usable),
          columns: columnNames,
          alias: names,
          other: names,
          output: names,
          parameter: names,
          text: hostileText,
          given: hostileText,
          cell: hostileText,
        }),
        ({ system, table, columns, alias, other, output, parameter, text, given, cell }) => {
          const [key = '', parent = '', list = ''] = columns;
          const ref = (column: string): { system: string; table: string; column: string } => ({ system, table, column });
          const catalog = catalogOf(
            [{ system, table, key, columns: [{ name: key, type: 'text' }, { name: parent, type: 'text' }, { name: list, type: 'list' }] }], // oxfmt-ignore
            [{ kind: 'reference', from: ref(parent), to: ref(key) }],
          );
          const [a, b, out, q] = [alias, other, output, quoteName] as const;
          const value = printParameter(parameter);
          const source = `parameter ${q(parameter)} text
            select ${q(a)}.${q(key)} as ${q(out)}, ${quoteText(text)} || ${value} as "z z", matched(${q(b)}) as "y y"
            from ${q(system)}.${q(table)} as ${q(a)}
            left join recursive ${q(system)}.${q(table)} as ${q(b)} on ${q(b)}.${q(key)} = ${q(a)}.${q(parent)}
            where ${q(a)}.${q(key)} = ${value} or ${q(a)}.${q(key)} like ${quoteText(text)} or contains(${q(a)}.${q(list)}, ${quoteText(text)}) collate nocase
              or ${q(a)}.${q(key)} in (${quoteText(text)}, ${value}) or exists(${q(a)}.${q(key)})
            order by ${q(out)}, ${q(a)}.${q(parent)} limit 5
            lookup ${q(out)} exclude ${q(out)} in ${q(system)}.${q(table)}.${q(parent)}`;
          // Reading a whole file refuses a null character; the parser takes what it is given.
          const { tree, problems } = parseFilter(source);
          const read = readParameters(tree?.parameters ?? []);
          const bound = bindFilter({ text: source, tree, problems: [...problems, ...read.problems], parameters: read.parameters }, catalog);
          const compiled = compileFilter(bound, { parameters: new Map([[parameter, given]]), today: '2026-05-10', lookup: output });
          const { query } = compiled;
          if (!query) {
            const codes = [...problems, ...bound.problems, ...compiled.problems]
              .filter(({ severity }) => severity === 'error')
              .map(({ code }) => code);
            expect(codes.length).toBeGreaterThan(0);
            expect(
              codes.filter((code) => !['unusable-name', 'duplicate-alias', 'duplicate-output-name'].includes(code)),
              source,
            ).toEqual([]);
            return;
          }
          expect(strangersIn(query.sql), query.sql).toEqual([]);
          expect(query.sql).not.toContain('\0');

          const database = new Database(':memory:');
          for (const { name, deterministic, call } of sqlFunctions) database.function(name, { deterministic, varargs: true }, call);
          const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
          database.exec(`create table ${quoted(vaultTableName(system, table))} (${columns.map(quoted).join(', ')})`);
          database.prepare(`insert into ${quoted(vaultTableName(system, table))} values (?, ?, ?)`).run(cell, null, '[]');
          const rows = database
            .prepare(query.sql)
            .raw()
            .all(...query.parameters) as unknown[][];
          for (const row of rows) {
            expect(row[0]).toBe(cell.toWellFormed());
            expect(row[1]).toBe(text.toWellFormed() + given.toWellFormed());
          }
          expect(database.prepare('select count(*) from sqlite_schema').pluck().get()).toBe(1);
          expect(
            database
              .prepare(`select count(*) from ${quoted(vaultTableName(system, table))}`)
              .pluck()
              .get(),
          ).toBe(1);
          database.close();
        },
      ),
      { numRuns: 400 },
    );
  });
  it('would be noticed if it were anything else', () => {
    expect(strangersIn(`SELECT "a" FROM "b" WHERE "c" = ? -- x`)).toEqual(['-', 'x']);
    expect(strangersIn(`SELECT 'own' FROM "b"; DROP TABLE "b"`)).toEqual(["'own'", ';', 'DROP', 'TABLE']);
    expect(strangersIn(`SELECT "a""; attach" FROM "b" /* */`)).toEqual(['/']);
  });
});
