import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connectorRules } from '../../engine/model/connector/rules/all.ts';
import { knownCodes, otherCodes } from '../../engine/model/problems/codes/all.ts';
import { root } from '../../scripts/editor/paths.ts';
import { corpusFolder, readCorpus } from '../../scripts/manual/corpus.ts';
import { exampleReport } from '../../scripts/manual/example-report.ts';
import { filterFunctionsPage } from '../../scripts/manual/filter-functions.ts';
import { problemPages } from '../../scripts/manual/pages.ts';
import { readCodes, readSource, sources } from '../../scripts/manual/read-codes.ts';

const stale = 'docs/problems is not what the comments say: run "npm run manual".';
const folder = join(root, 'docs/problems');

/** Where a code is written down in the source: in a problem's record, in a call that reports one, and in the list of unknown names. */
const written = [
  /\b(?:report|error|problem|defineRule|describeCode)\(\s*(?:[\w.]+,\s*)?(?:\w+ \? '([a-z-]+)' : )?'([a-z]+(?:-[a-z]+)*)'/g,
  /\bcode: '([a-z]+(?:-[a-z]+)*)'/g,
  /: '(unknown-[a-z-]+)',/g,
];

/** Every code the model can report, and those the command line's own check adds. */
function codesInSource(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const path of [...sources('engine/model'), 'engine/run/workspace/check-paths.ts']) {
    const text = readFileSync(join(root, path), 'utf8');
    for (const pattern of written) {
      for (const match of text.matchAll(pattern)) for (const code of match.slice(1)) if (code) found.set(code, path);
    }
  }
  return found;
}

describe('the pages of the manual about problems', () => {
  const codes = readCodes();
  const pages = problemPages(codes);

  test('are what the comments in the source say', () => {
    expect(existsSync(folder) ? readdirSync(folder).sort() : [], stale).toEqual([...pages.keys()].sort());
    for (const [name, text] of pages) expect(readFileSync(join(folder, name), 'utf8'), `${name}: ${stale}`).toBe(text);
  });

  test('are there for every code in the source', () => {
    const inSource = codesInSource();
    expect(inSource.size).toBeGreaterThan(60);
    for (const [code, path] of inSource) expect([...pages.keys()], `${code} of ${path}`).toContain(`${code}.md`);
  });

  test('describe every rule and every other code as it is, once', () => {
    const described = (all: readonly { readonly code: string; readonly severity: string }[]): readonly string[] =>
      all.map(({ code, severity }) => `${code} ${severity}`).sort();
    expect(described(codes)).toEqual(described([...connectorRules, ...otherCodes]));
    expect([...knownCodes].map((code) => `${code}.md`).sort()).toEqual([...pages.keys()].filter((name) => name !== 'README.md').sort());
  });

  test('link only to pages that are there', () => {
    for (const [name, text] of pages)
      for (const [, target = ''] of text.matchAll(/\]\(([^)#]+\.md)\)/g))
        expect(existsSync(join(folder, target)), `${name}: ${target}`).toBe(true);
  });
});

describe('a comment', () => {
  const rule = (comment: string): string => `/**\n${comment}\n */\nexport const x = defineRule(\n  'some-code',\n  'info',\n  () => []);`;

  test('is split into its parts', () => {
    const [page] = readSource(
      'rules/calls/x.ts',
      rule(' * What\n * it is.\n *\n * More.\n *\n * Why: `a`\n * matters.\n *\n * Example: `b`.'),
    );
    expect(page).toEqual({
      code: 'some-code',
      severity: 'info',
      group: 'calls',
      text: ['What it is.', 'More.'],
      why: ['`a` matters.'],
      example: ['`b`.'],
    });
  });

  test.for([
    [' * Why: x.\n *\n * Example: y.', 'has no text'],
    [' * What.\n *\n * Example: y.', 'has no paragraph "Why:"'],
    [' * What.\n *\n * Why: x.', 'has no paragraph "Example:"'],
  ] as const)('that lacks a part is refused: %s', ([comment, sentence]) => {
    expect(() => readSource('rules/calls/x.ts', rule(comment))).toThrow(sentence);
  });
});

describe('the example report', () => {
  const corpus = readCorpus();
  if (!corpus)
    console.warn(`Skipped: the shipped connectors are not at ${corpusFolder()}. Set SOLLIST_CORPUS to the folder that holds "connectors".`);

  test.skipIf(!corpus)('is what is found in the shipped connectors', () => {
    const text = readFileSync(join(root, 'docs/example-report.md'), 'utf8');
    expect(text, 'docs/example-report.md is stale: run "npm run manual".').toBe(exampleReport(corpus ?? new Map()));
  });

  test('links only to pages that are there', () => {
    const text = readFileSync(join(root, 'docs/example-report.md'), 'utf8');
    const targets = [...text.matchAll(/\]\(([^)#]+\.md)\)/g)].map(([, target = '']) => target);
    expect(targets.length).toBeGreaterThan(5);
    for (const target of targets) expect(existsSync(join(root, 'docs', target)), target).toBe(true);
  });
});

test('the page of filter functions is what the functions say of themselves', () => {
  expect(readFileSync(join(root, 'docs/filter-functions.md'), 'utf8'), 'docs/filter-functions.md: run "npm run manual".').toBe(
    filterFunctionsPage(),
  );
});
