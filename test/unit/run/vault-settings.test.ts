import { expect, test } from 'vitest';
import { collapseOf, keepOf } from '../../../engine/model/settings/collection-settings.ts';
import { readSettings, type Settings } from '../../../engine/model/settings/settings.ts';
import { readSystem } from '../../../engine/model/system/read-system.ts';
import type { System } from '../../../engine/model/system/system.ts';
import { parseJson } from '../../../engine/model/text/json.ts';
import { hasCollapsed } from '../../../engine/run/collect/collapse.ts';

const settingsOf = (json: unknown): Settings => readSettings(parseJson(JSON.stringify(json), { strict: true }).root);
const systemOf = (json: unknown): System => readSystem('hr', parseJson(JSON.stringify(json), { strict: true }).root);

test('without settings five versions are kept, and a table may lose 20 rows or 30 %', () => {
  const settings = settingsOf({ name: 'x' });
  const system = systemOf({ connector: 'HR', tables: { persons: {} } });
  expect(keepOf(settings, system)).toBe(5);
  expect(collapseOf(settings, system, 'persons')).toEqual({ count: 20, percent: 30 });
});

test('a table says it before its system, a system before the workspace, each number on its own', () => {
  const settings = settingsOf({ name: 'x', collection: { keep: 9 }, guards: { collapse: { count: 7, percent: 50 } } });
  const system = systemOf({
    connector: 'HR',
    keep: 2,
    guards: { collapse: { percent: 10 } },
    tables: { persons: { guards: { collapse: { count: 1000 } } }, groups: {} },
  });
  expect(keepOf(settings, system)).toBe(2);
  expect(keepOf(settings, systemOf({}))).toBe(9);
  expect(collapseOf(settings, system, 'persons')).toEqual({ count: 1000, percent: 10 });
  expect(collapseOf(settings, system, 'groups')).toEqual({ count: 7, percent: 10 });
  expect(collapseOf(settings, system, 'persons_phones')).toEqual({ count: 7, percent: 10 });
  expect(collapseOf(settings, systemOf({}), 'persons')).toEqual({ count: 7, percent: 50 });
});

test('settings that mean nothing are as if they were not there', () => {
  expect(settingsOf({ collection: { keep: 'many' }, guards: { collapse: 3 } }).collection).toEqual(settingsOf({}).collection);
  expect(settingsOf({ collection: { keep: -3 } }).collection.keep).toBe(1);
  expect(systemOf({ guards: [], keep: null, tables: {} })).not.toHaveProperty('keep');
});

test('a percentage is exact, and 100 % leaves only the empty table guarded', () => {
  const of = (before: number, now: number, percent: number): boolean =>
    hasCollapsed({ system: 'hr', table: 't', before, now, since: 0, threshold: { count: 0, percent } });
  expect(of(100, 45, 55)).toBe(false);
  expect(of(100, 44, 55)).toBe(true);
  expect(of(1_000_000, 1, 100)).toBe(false);
  expect(of(1_000_000, 0, 100)).toBe(true);
});
