import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bindFilter } from '../../../engine/model/filter/bind.ts';
import { compileFilter } from '../../../engine/model/filter/compile.ts';
import { readFilter } from '../../../engine/model/filter/filter.ts';
import { parseFilter } from '../../../engine/model/filter/parse.ts';
import { printFilter } from '../../../engine/model/filter/print.ts';
import { quoteName, quoteText } from '../../../engine/model/filter/words.ts';
import type { Problem } from '../../../engine/model/text/problem.ts';
import { catalog } from './catalog.ts';
import { filterTree, hostileText } from './tree-arbitrary.ts';
import { compileText, memoryVault } from './vault.ts';

/** A tree without its places and comments. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'span' && key !== 'codeSpan' && key !== 'comments')
      .map(([key, one]) => [key, bare(one)]),
  );
}

function allProblems(text: string): {
  readonly problems: readonly Problem[];
  readonly sql: string | undefined;
  readonly parameters: readonly unknown[];
} {
  const document = readFilter(text);
  const bound = bindFilter(document, catalog);
  const values = new Map(document.parameters.map(({ name, default: value }) => [name.text, value ?? null]));
  const compiled = compileFilter(bound, { parameters: values, today: '2026-05-10' });
  return {
    problems: [...document.problems, ...bound.problems, ...compiled.problems],
    sql: compiled.query?.sql,
    parameters: compiled.query?.parameters ?? [],
  };
}

function expectInside(text: string, problems: readonly Problem[]): void {
  for (const { code, span, message, fixes } of problems) {
    for (const one of [span, ...(fixes ?? []).map((fix) => fix.span)]) {
      expect(
        one.offset >= 0 && one.length >= 0 && one.offset + one.length <= text.length,
        `${code} ${JSON.stringify(one)} in ${text.length}`,
      ).toBe(true);
    }
    expect(message).toMatch(/[.?]$/);
  }
}

const samples = readFileSync(new URL('../../fixtures/filter/golden.txt', import.meta.url), 'utf8')
  .split(/^=== .*\n/m)
  .slice(1)
  .map((section) => section.split(/^--- /m)[0]?.trim() ?? '');

describe('reading and printing', () => {
  it('read → print → read gives the same tree', () => {
    for (const text of samples) {
      const { tree } = readFilter(text);
      expect(tree && bare(readFilter(printFilter(tree)).tree), text).toEqual(bare(tree));
    }
  });
  it('print → read gives any tree back', () => {
    fc.assert(
      fc.property(filterTree, (tree) => {
        const text = printFilter(tree);
        // The parser alone: a whole file with a null character in it is refused as no text.
        const read = parseFilter(text);
        expect(
          read.problems.filter(({ code }) => code === 'syntax' || code === 'too-deep'),
          text,
        ).toEqual([]);
        expect(bare(read.tree), text).toEqual(bare(tree));
      }),
      { numRuns: 400 },
    );
  });
});

describe('whatever the text', () => {
  const vault = memoryVault({});
  it('nothing throws, every problem lies inside the text, and SQL there is can be prepared', () => {
    const edit = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      remove: fc.nat({ max: 12 }),
      insert: fc.oneof(
        fc.constant(''),
        hostileText,
        fc.constantFrom(' select ', ' join ', '(', ' on ', ' and ', ' case ', ' null ', ',', '.', '-'),
      ),
    });
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.array(edit, { minLength: 1, maxLength: 4 }), (sample, edits) => {
        const text = edits.reduce((now, { at, remove, insert }) => {
          const index = Math.floor(at * now.length);
          return now.slice(0, index) + insert + now.slice(index + remove);
        }, sample);
        const { problems, sql } = allProblems(text);
        expectInside(text, problems);
        if (sql !== undefined) expect(() => vault.prepare(sql), `${text}\n${sql}`).not.toThrow();
        else
          expect(
            problems.some(({ severity }) => severity === 'error'),
            text,
          ).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });
  it('also where it is no filter at all', () => {
    fc.assert(
      fc.property(hostileText, (text) => expectInside(text, allProblems(text).problems)),
      { numRuns: 500 },
    );
  });
  it('also for trees that nobody would write', () => {
    fc.assert(
      fc.property(filterTree, (tree) => {
        const text = printFilter(tree);
        expectInside(text, allProblems(text).problems);
      }),
      { numRuns: 300 },
    );
  });
  it.each([
    ['brackets', `select ${'('.repeat(50_000)}1${')'.repeat(50_000)} as x from hr.persons p`],
    ['open brackets', `select ${'('.repeat(50_000)}`],
    ['not', `select p.mail from hr.persons p where ${'not '.repeat(50_000)} p.active`],
    ['minus', `select ${'- '.repeat(50_000)} 1 as x from hr.persons p`],
    ['case', `select ${'case when '.repeat(20_000)} 1 as x from hr.persons p`],
    ['calls', `select ${'lower('.repeat(20_000)} 1 as x from hr.persons p`],
    ['a chain', `select ${'1 || '.repeat(20_000)} 1 as x from hr.persons p`],
    ['comparisons', `select p.mail from hr.persons p where ${'1 = '.repeat(20_000)} 1`],
    ['collations', `select p.mail ${'collate nocase '.repeat(20_000)} as x from hr.persons p`],
    ['joins in brackets', `select p.mail from hr.persons p ${'join (hr.departments d '.repeat(5_000)}`],
    ['joins', `select p.mail from hr.persons p ${Array.from({ length: 100 }, (_, i) => `join hr.departments d${i} on 1 = 1`).join(' ')}`],
    ['values', `select p.mail from hr.persons p where p.mail in (${Array.from({ length: 40_000 }, () => "'x'").join(', ')})`],
    ['unreadable characters', '~'.repeat(50_000)],
    ['lone quotes', `select p.mail from hr.persons p where '${'"'.repeat(20_000)}`],
    ['dots', `select ${'a.'.repeat(20_000)}`],
  ])('too much of %s is a problem, not a crash', (_, text) => {
    const { problems, sql } = allProblems(text);
    expect(sql).toBeUndefined();
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThan(200);
    expectInside(text, problems);
  });
  it('long lists of conditions run', () => {
    const text = `select p.mail from hr.persons p where ${Array.from({ length: 5_000 }, (_, i) => `p.mail = '${i}'`).join(' or ')}`;
    const { sql, parameters } = allProblems(text);
    expect(vault.prepare(sql ?? '').all(...parameters)).toEqual([]);
  });
});

describe('names and values', () => {
  it('stay names and values, whatever they hold', () => {
    const vault = memoryVault({ 'hr.persons': [['1', 'a', 'b']], 'my system.odd "table"; drop': [['1', '2', '3', '4']] });
    const before = vault.prepare('select count(*) from sqlite_schema').pluck().get();
    fc.assert(
      fc.property(
        hostileText.filter((text) => text !== ''),
        hostileText.filter((text) => text !== ''),
        hostileText,
        (alias, output, value) => {
          // Behind the first characters of the file, where a null character means that it is no text.
          const text = `${' '.repeat(4096)}parameter v text select ${quoteName(alias)}.employeeNumber as ${quoteName(output)}, ${quoteText(value)} as "second column", @v as "third column" from hr.persons as ${quoteName(alias)} where @v = ${quoteText(value)} and not contains(${quoteName(alias)}.mail, ${quoteText(value)}) or 1 = 1`;
          const { query, codes } = compileText(text, { parameters: { v: value } });
          if (!query) {
            expect(
              codes.every((code) => code === 'unusable-name' || code === 'duplicate-output-name'),
              `${text} ${codes.join(' ')}`,
            ).toBe(true);
            return;
          }
          const [row] = vault
            .prepare(query.sql)
            .raw()
            .all(...query.parameters) as unknown[][];
          expect(row?.[0]).toBe('1');
          expect(row?.[1]).toBe(value.toWellFormed());
          expect(row?.[2]).toBe(value.toWellFormed());
          expect(vault.prepare(query.sql).columns()[0]?.name).toBe(output);
          expect(query.sql.includes('\0')).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
    expect(vault.prepare('select count(*) from sqlite_schema').pluck().get()).toBe(before);
    expect(vault.prepare('select count(*) from "hr.persons"').pluck().get()).toBe(1);
  });
});
