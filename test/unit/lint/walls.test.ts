import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { roomsWithoutWall } from '../../../scripts/lint/walls.mjs';

const root = join(import.meta.dirname, '../../..');

/** Files that would lie in a room, and what the walls say of each. */
const cases: readonly (readonly [path: string, code: string, expected: string | undefined])[] = [
  ['engine/run/zz-wall-1.ts', "import * as vscode from 'vscode';\nexport const x = vscode;\n", 'Only client may import vscode.'],
  [
    'engine/model/zz-wall-2.ts',
    "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;\n",
    'engine/model/ is pure: it must not import node:fs.',
  ],
  ['engine/model/zz-wall-3.ts', 'export const x = Date.now();\n', 'engine/model has no clock and no randomness: it must not use Date.now.'],
  ['engine/model/zz-wall-4.ts', 'export const x = new Date();\n', 'engine/model has no clock: it must not ask for the date.'],
  ['engine/model/zz-wall-5.ts', "export const x = fetch('x');\n", 'engine/model is pure: it must not use fetch.'],
  [
    'engine/model/zz-wall-6.ts',
    "import { openVault } from '../run/vault/open-vault.ts';\nexport const x = openVault;\n",
    'engine/model/ must not import engine/run/.',
  ],
  [
    'engine/run/plan/zz-wall-7.ts',
    "import Database from 'better-sqlite3';\nexport const x = Database;\n",
    'Only engine/run/vault may import better-sqlite3.',
  ],
  [
    'engine/run/plan/zz-wall-8.ts',
    "import { request } from 'undici';\nexport const x = request;\n",
    'Only engine/run/http may import undici.',
  ],
  [
    'server/zz-wall-9.ts',
    "import { openVault } from '../engine/run/vault/open-vault.ts';\nexport const x = openVault;\n",
    'engine/run/ may be entered only through engine/run/workspace/read-files.ts.',
  ],
  [
    'client/zz-wall-10.ts',
    "import { createWorkspaces } from '../server/workspaces.ts';\nexport const x = createWorkspaces;\n",
    'client/ may import only types from server/.',
  ],
  [
    'client/features/zz-wall-11/a.ts',
    "import { activateRoles } from '../roles/activate.ts';\nexport const x = activateRoles;\n",
    'The feature "zz-wall-11" must not import its sibling "roles".',
  ],
  [
    'client/infrastructure/zz-wall-12.ts',
    "import { activateRoles } from '../features/roles/activate.ts';\nexport const x = activateRoles;\n",
    'Infrastructure must not import a feature.',
  ],
  // What the house allows is not refused.
  [
    'engine/run/zz-wall-0.ts',
    "import type { Connector } from '../model/connector/connector.ts';\nimport { basename } from 'node:path';\nexport const x = (c: Connector): string => basename(String(c));\n",
    undefined,
  ],
];

/** What is read of the linter's report. */
interface Linted {
  readonly diagnostics: readonly {
    readonly code: string;
    readonly severity: string;
    readonly filename: string;
    readonly message: string;
  }[];
  readonly number_of_files: number;
}

let linted: Linted;

// Walls are drawn on the disk, so the files really lie there; the linter takes a second to start, so it starts once.
beforeAll(() => {
  for (const [path, code] of cases) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), code);
  }
  const command = [join(root, 'node_modules/oxlint/bin/oxlint'), '--format', 'json', ...cases.map(([path]) => path)];
  linted = JSON.parse(spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' }).stdout) as Linted;
});

afterAll(() => {
  for (const [path] of cases)
    rmSync(join(root, path.startsWith('client/features/') ? dirname(path) : path), { recursive: true, force: true });
});

test('every file is looked at', () => {
  expect(linted.number_of_files).toBe(cases.length);
});

test.each(cases)('%# %s', (path, _, expected) => {
  const said = linted.diagnostics.filter(
    ({ code, severity, filename }) => code === 'walls(imports)' && severity === 'error' && filename === path,
  );
  expect(said.map(({ message }) => message)).toEqual(expected === undefined ? [] : [expected]);
});

test('every room has a wall', () => {
  expect(roomsWithoutWall()).toEqual([]);
});
