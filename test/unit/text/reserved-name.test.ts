import { expect, test } from 'vitest';
import { checkWorkspace } from '../../../engine/model/workspace/check-workspace.ts';
import { createWorkspaceReader } from '../../../engine/model/workspace/read-workspace.ts';

test('a system with a name that the database keeps for itself is found when checking', () => {
  const codes = (name: string): string[] =>
    checkWorkspace(createWorkspaceReader()(new Map([[`systems/${name}.json`, '{ "connector": "x", "tables": { "users": {} } }']])))
      .filter(({ path }) => path === `systems/${name}.json`)
      .map(({ code }) => code);
  expect(codes('sqlite_hr')).toContain('reserved-name');
  expect(codes('SQLite_hr')).toContain('reserved-name');
  expect(codes('sqlite')).not.toContain('reserved-name');
});
