import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatFilter } from '../../../engine/model/filter/format.ts';
import { importWorkspace } from '../../../engine/model/nim/import-workspace.ts';
import { category } from '../../../engine/model/nim/resources.ts';
import { corpusFolder } from '../../support/corpus.ts';
import { exported, exportOf, expectSameAgain, problemsOf, workspaceOf } from './round-trip.ts';

const folder = path.join(corpusFolder, '../exports');
const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
if (names.length === 0)
  console.warn(`Skipped: there are no real exports in ${folder}. Set SOLLIST_CORPUS to the folder that holds "exports".`);

/** Code and count of what is wrong in the originals: names that a data model lacks, columns that an appended filter does not have. */
const inOriginal: ReadonlySet<string> = new Set(['script-unknown-name', 'script-unknown-column', 'append-columns']);

describe.each(names)('the real export %s', (name) => {
  const given = exportOf(JSON.parse(readFileSync(path.join(folder, name), 'utf8')));
  const made = importWorkspace(given);
  const workspace = workspaceOf(made);
  const filters = given.resources.filter((one) => one.category === category.filter).map((one) => one.name);

  it('every filter becomes a text', () => {
    expect(filters.length).toBeGreaterThan(0);
    expect(filters.filter((one) => !workspace.filters.has(one))).toEqual([]);
  });
  it.each(filters)('%s is read, bound and compiled without a problem of its own', (filter) => {
    const found = problemsOf(workspace, filter).filter(
      ({ severity, code }) => (severity === 'error' || severity === 'warning') && !inOriginal.has(code),
    );
    expect(found, made.files.get(`filters/${filter}.filter`)).toEqual([]);
  });
  it.each(filters)('%s says nothing that NIM cannot say', (filter) => {
    const { data, problems } = exported(workspace, filter);
    expect(problems.filter(({ code }) => code.startsWith('nim-'))).toEqual([]);
    expect(data).toBeDefined();
  });
  it('exporting and importing again gives the same texts', () => {
    expectSameAgain(given);
  });
  it('the texts are in the one layout, and no line is long but for a script or a note', () => {
    for (const [file, text] of made.files) {
      if (!file.startsWith('filters/')) continue;
      expect(formatFilter(text), file).toBe(text);
      const code = text.replace(/\$\$[\s\S]*?\$\$/g, '');
      for (const line of code.split('\n')) if (!line.includes('--')) expect(line.length, line).toBeLessThanOrEqual(120);
    }
  });
});

it('says what it skips', () => {
  expect(names.every((name) => name.endsWith('.json'))).toBe(true);
});
