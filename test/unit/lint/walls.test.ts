import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ESLint } from 'eslint';
import { afterEach, expect, test } from 'vitest';
import { roomsWithoutWall } from '../../../scripts/lint/walls.mjs';

const root = join(import.meta.dirname, '../../..');
const written: string[] = [];

afterEach(() => {
  for (const path of written.splice(0)) rmSync(path, { recursive: true, force: true });
});

/**
 * The configuration that `npm run lint` uses, of which only the walls are looked at: they ask nothing of types, and a program of the whole
 * room takes seconds to read.
 */
const onlyWalls: ESLint.Options = {
  cwd: root,
  ruleFilter: ({ ruleId }) => ruleId === 'walls/imports',
  overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
};

/** Lints a file that really lies in that room. */
async function lint(path: string, code: string): Promise<readonly string[]> {
  const file = join(root, path);
  written.push(path.startsWith('client/features/') ? dirname(file) : file);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, code);
  const [result] = await new ESLint(onlyWalls).lintFiles([file]);
  return (
    result?.messages.filter(({ ruleId, severity }) => ruleId === 'walls/imports' && severity === 2).map(({ message }) => message) ?? []
  );
}

test.each([
  ['engine/run/zz-wall.ts', "import * as vscode from 'vscode';\nexport const x = vscode;\n", 'Only client may import vscode.'],
  [
    'engine/model/zz-wall.ts',
    "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;\n",
    'engine/model/ is pure: it must not import node:fs.',
  ],
  ['engine/model/zz-wall.ts', 'export const x = Date.now();\n', 'engine/model has no clock and no randomness: it must not use Date.now.'],
  ['engine/model/zz-wall.ts', 'export const x = new Date();\n', 'engine/model has no clock: it must not ask for the date.'],
  ['engine/model/zz-wall.ts', "export const x = fetch('x');\n", 'engine/model is pure: it must not use fetch.'],
  [
    'engine/model/zz-wall.ts',
    "import { openVault } from '../run/vault/open-vault.ts';\nexport const x = openVault;\n",
    'engine/model/ must not import engine/run/.',
  ],
  [
    'engine/run/plan/zz-wall.ts',
    "import Database from 'better-sqlite3';\nexport const x = Database;\n",
    'Only engine/run/vault may import better-sqlite3.',
  ],
  [
    'engine/run/plan/zz-wall.ts',
    "import { request } from 'undici';\nexport const x = request;\n",
    'Only engine/run/http may import undici.',
  ],
  [
    'server/zz-wall.ts',
    "import { openVault } from '../engine/run/vault/open-vault.ts';\nexport const x = openVault;\n",
    'engine/run/ may be entered only through engine/run/workspace/read-files.ts.',
  ],
  [
    'client/zz-wall.ts',
    "import { createWorkspaces } from '../server/workspaces.ts';\nexport const x = createWorkspaces;\n",
    'client/ may import only types from server/.',
  ],
  [
    'client/features/zz-wall/a.ts',
    "import { activateRoles } from '../roles/activate.ts';\nexport const x = activateRoles;\n",
    'The feature "zz-wall" must not import its sibling "roles".',
  ],
  [
    'client/infrastructure/zz-wall.ts',
    "import { activateRoles } from '../features/roles/activate.ts';\nexport const x = activateRoles;\n",
    'Infrastructure must not import a feature.',
  ],
])('%# %s', async (path, code, expected) => {
  expect(await lint(path, code)).toEqual([expected]);
});

test('what the house allows is not refused', async () => {
  const code =
    "import type { Connector } from '../model/connector/connector.ts';\nimport { basename } from 'node:path';\nexport const x = (c: Connector): string => basename(String(c));\n";
  expect(await lint('engine/run/zz-wall.ts', code)).toEqual([]);
});

test('every room has a wall', () => {
  expect(roomsWithoutWall()).toEqual([]);
});
