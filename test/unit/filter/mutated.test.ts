import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { bindFilter } from '../../../engine/model/filter/bind.ts';
import { compileFilter } from '../../../engine/model/filter/compile.ts';
import { readFilter } from '../../../engine/model/filter/filter.ts';
import { printFilter } from '../../../engine/model/filter/print.ts';
import { tokenize } from '../../../engine/model/filter/tokens.ts';
import type { Catalog } from '../../../engine/model/system/catalog.ts';
import type { Problem } from '../../../engine/model/text/problem.ts';
import { openVault } from '../../../engine/run/vault/open-vault.ts';
import { choicesOf, randomNumbers } from '../../support/naive-filter/choices.ts';
import { makeQuery } from '../../support/naive-filter/make-query.ts';
import { fillVault, worldCatalog } from '../../support/naive-filter/world.ts';
import { writeQuery } from '../../support/naive-filter/write.ts';
import { catalog } from './catalog.ts';
import { hostileText } from './tree-arbitrary.ts';

const golden = readFileSync(new URL('../../fixtures/filter/golden.txt', import.meta.url), 'utf8')
  .split(/^=== .*\n/m)
  .slice(1)
  .map((section) => section.split(/^--- /m)[0]?.trim() ?? '');

/** A filter whose every name is known to the world of the differential test. */
const written = fc.tuple(fc.nat(), fc.constantFrom('\n', ' ')).map(([seed, separator]) => {
  const next = randomNumbers(seed);
  const query = makeQuery(choicesOf(Array.from({ length: 150 }, next)));
  return writeQuery(query, { capitals: seed % 2 > 0, brackets: seed % 3 > 1, quotes: seed % 5 > 3, separator });
});

const edit = fc.record({
  kind: fc.constantFrom('delete', 'duplicate', 'swap', 'insert'),
  at: fc.nat({ max: 10_000 }),
  other: fc.nat({ max: 10_000 }),
  text: fc.oneof(
    fc.constantFrom(
      'select',
      'from',
      'join',
      'on',
      'and',
      'not',
      '(',
      ')',
      ',',
      '.',
      '@',
      '$$',
      "'",
      '"',
      '*',
      '=',
      'case',
      'end',
      'collate',
      'in',
      'null',
      '1',
      'as',
    ),
    hostileText,
  ),
});
type Edit = typeof edit extends fc.Arbitrary<infer One> ? One : never;

/** The tokens of a text with what stands between them. */
function piecesOf(text: string): string[] {
  const starts = tokenize(text).tokens.map(({ span }) => span.offset);
  return [0, ...starts].map((start, i, all) => text.slice(start, all[i + 1] ?? text.length));
}

function mutated(text: string, edits: readonly Edit[]): string {
  const pieces = piecesOf(text);
  for (const { kind, at, other, text: inserted } of edits) {
    const [one, two] = [at % pieces.length, other % pieces.length];
    const [first = '', second = ''] = [pieces[one], pieces[two]];
    if (kind === 'delete') pieces.splice(one, 1);
    else if (kind === 'duplicate') pieces.splice(one, 0, first, ' ');
    else if (kind === 'insert') pieces.splice(one, 0, ` ${inserted} `);
    else {
      pieces[one] = second;
      pieces[two] = first;
    }
  }
  return pieces.join('');
}

describe('mutilated filters', () => {
  const vault = openVault(':memory:');
  fillVault(vault, {
    'hr.persons': [{ id: 'p1', name: 'a', dept: 1 }],
    'hr.departments': [{ id: 1 }],
    'ad.users': [{ id: 'u1', person: 'p1' }],
  });
  afterAll(() => vault.close());

  /** Every problem lies inside the text; a filter without an error runs. */
  function expectSound(text: string, about: Catalog, runs: boolean): void {
    const document = readFilter(text);
    const bound = bindFilter(document, about);
    const values = new Map(document.parameters.map(({ name, default: value }) => [name.text, value ?? null]));
    const compiled = compileFilter(bound, { parameters: values, today: '2026-05-10', limit: 3 });
    const problems: readonly Problem[] = [...document.problems, ...bound.problems, ...compiled.problems];
    for (const { code, span, message, fixes } of problems) {
      for (const one of [span, ...(fixes ?? []).map((fix) => fix.span)])
        expect(
          one.offset >= 0 && one.length >= 0 && one.offset + one.length <= text.length,
          `${code} ${JSON.stringify(one)}: ${text}`,
        ).toBe(true);
      expect(message).toMatch(/[.?]$/);
    }
    if (!compiled.query)
      expect(
        problems.some(({ severity }) => severity === 'error'),
        text,
      ).toBe(true);
    else if (runs)
      expect(() => [...vault.query(compiled.query ?? { sql: '', parameters: [] })], `${text}\n${compiled.query.sql}`).not.toThrow();
  }

  it('made of whole tokens: deleted, doubled, exchanged, put in', () => {
    fc.assert(
      fc.property(fc.constantFrom(...golden), fc.array(edit, { minLength: 1, maxLength: 5 }), (text, edits) => {
        expectSound(mutated(text, edits), catalog, false);
      }),
      { numRuns: 1000 },
    );
  });
  it('run all the same where nothing is wrong with them', () => {
    fc.assert(
      fc.property(written, fc.array(edit, { maxLength: 2 }), (text, edits) => {
        expectSound(mutated(text, edits), worldCatalog, true);
      }),
      { numRuns: 1000 },
    );
  });
  it('made of random bytes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...golden),
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (text, bytes, at) => {
          const place = Math.floor(at * text.length);
          for (const encoding of ['latin1', 'utf8', 'utf16le'] as const) {
            const noise = Buffer.from(bytes).toString(encoding);
            expectSound(text.slice(0, place) + noise + text.slice(place), catalog, false);
            expectSound(noise, catalog, false);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
  it('read, written out and read again mean the same to the database', () => {
    fc.assert(
      fc.property(written, (text) => {
        const compile = (of: string): string => {
          const document = readFilter(of);
          const values = new Map(document.parameters.map(({ name, default: value }) => [name.text, value ?? null]));
          const { query, problems } = compileFilter(bindFilter(document, worldCatalog), { parameters: values, today: '2026-05-10' });
          return JSON.stringify([query?.sql, query?.parameters, problems.map(({ code }) => code)]);
        };
        const { tree } = readFilter(text);
        const again = tree ? printFilter(tree) : '';
        expect(compile(again), again).toBe(compile(text));
        // Writing out what was written out changes nothing.
        const twice = readFilter(again).tree;
        expect(twice && printFilter(twice)).toBe(again);
      }),
      { numRuns: 500 },
    );
  });
});
