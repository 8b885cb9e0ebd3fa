import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkText } from '../../support/connector.ts';

const repository = path.resolve(import.meta.dirname, '../../..');
const corpus = path.join(process.env['SOLLIST_CORPUS'] ?? path.join(repository, '../shared/corpus'), 'connectors');

/** What is wrong with the connectors as their vendor ships them; each place was read and found real. `~` marks hints. */
const expected: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'Adobe Cloud.json': { '~empty-property': 1, '~empty-segment': 1, '~semantics-odd': 1, '~unknown-property': 1 },
  'D2L Brightspace.json': {
    '~empty-property': 3,
    '~membership-of-itself': 1,
    'membership-value-missing': 1,
    '~retry-without-policy': 1,
    '~semantics-missing': 1,
    'unknown-membership-operation': 1,
    'unknown-prohibited-column': 1,
    '~unknown-property': 1,
  },
  'Google.json': {
    'duplicate-column': 1,
    '~empty-property': 1,
    'membership-side-unmatched': 1,
    'membership-value-missing': 1,
    '~membership-value-missing': 1,
    '~missing-key': 4,
    'optional-path-variable': 3,
    'semantics-odd': 1,
    '~unencoded-value': 2,
    '~unknown-constant-column': 2,
    'unknown-membership-attribute': 2,
    'unknown-membership-operation': 2,
    'unknown-prohibited-column': 5,
    '~unknown-prohibited-column': 4,
    '~unknown-scenario-column': 3,
    '~warning-only-hides': 1,
  },
  'HelloID.json': {
    'prohibited-variable': 1,
    '~semantics-odd': 1,
    'unknown-mandatory-column': 2,
    'unresolved-variable': 1,
    '~visible-password': 1,
  },
  'OneRoster v1.1.json': { '~empty-property': 3, '~legacy-spelling': 1, '~retry-without-policy': 1, '~unknown-property': 1 },
  'PowerSchool.json': {
    'duplicate-column': 2,
    '~needless-page-count': 1,
    '~nested-child-table': 2,
    '~prohibited-variable': 1,
    '~retry-without-policy': 1,
    'unknown-key-column': 5,
  },
};

const present = existsSync(corpus);
if (!present)
  console.warn(`Skipped: the shipped connectors are not at ${corpus}. Set SOLLIST_CORPUS to the folder that holds "connectors".`);

describe.skipIf(!present)('the shipped connectors', () => {
  for (const [file, counts] of Object.entries(expected)) {
    it(`${file} has these problems and no others`, () => {
      const found: Record<string, number> = {};
      for (const { code, severity } of checkText(readFileSync(path.join(corpus, file), 'utf8'))) {
        const name = severity === 'hint' ? `~${code}` : code;
        found[name] = (found[name] ?? 0) + 1;
      }
      expect(found).toEqual(counts);
    });
  }

  it('are all checked in under two seconds', () => {
    const texts = Object.keys(expected).map((file) => readFileSync(path.join(corpus, file), 'utf8'));
    const start = performance.now();
    texts.forEach(checkText);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
