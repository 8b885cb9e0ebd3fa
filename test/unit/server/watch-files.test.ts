import { matchesGlob } from 'node:path';
import { expect, it } from 'vitest';
import { watchedFiles } from '../../../engine/host/protocol.ts';
import { identifyFile, type FileKind } from '../../../engine/model/workspace/file-kind.ts';

/** A file of every kind. */
const examples: Readonly<Record<FileKind, string>> = {
  settings: 'sollist.json',
  relations: 'relations.json',
  connector: 'connectors/hr.json',
  system: 'systems/hr.json',
  overlay: 'overlays/hr.json',
  filter: 'filters/Employees.filter',
  mapping: 'mappings/New accounts.json',
  'role-model': 'roles/development/model.json',
  role: 'roles/development/IT.json',
  expectations: 'expectations/hr.json',
  lookup: 'lookups/Titles.json',
  library: 'libraries/Helper.js',
};

it.each(Object.entries(examples))('a %s that changes on the disk is noticed', (kind, path) => {
  expect(identifyFile(path)?.kind).toBe(kind);
  expect(watchedFiles.some((glob) => matchesGlob(`folder/${path}`, glob))).toBe(true);
});

it('other files are not', () => {
  for (const path of ['package.json', 'src/connectors.json', 'docs/hr.md'])
    expect(
      watchedFiles.some((glob) => matchesGlob(`folder/${path}`, glob)),
      path,
    ).toBe(false);
});
