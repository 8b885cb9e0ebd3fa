import { expect } from 'vitest';
import type { ScriptColumn, ScriptInput, ScriptStage, ScriptType } from '../../engine/model/script/script-stage.ts';
import type { Cell } from '../../engine/run/records.ts';
import { loadScripts } from '../../engine/run/scripts/load-scripts.ts';
import type { ScriptedRow, ScriptGlobal, ScriptServices } from '../../engine/run/scripts/script-runner.ts';

/** Makes a runner of a stage. */
export const createScripts = await loadScripts();

/** What scripts may ask; where a test says nothing else, the vault is empty, the time zone Amsterdam's, and it is noon (UTC) of 2026-01-31. */
interface World extends Partial<Omit<ScriptServices, 'globals'>> {
  readonly globals?: Readonly<Record<string, ScriptGlobal>>;
}

/** Runs a stage over rows, in batches of a size. */
export function runStage(
  stage: ScriptStage,
  rows: readonly (readonly Cell[])[],
  { globals = {}, ...world }: World = {},
  batch = rows.length,
): readonly ScriptedRow[] {
  const runner = createScripts(stage, {
    exists: () => false,
    timeZone: 'Europe/Amsterdam',
    now: Date.UTC(2026, 0, 31, 12),
    ...world,
    globals: new Map(Object.entries(globals)),
  });
  const made: ScriptedRow[] = [];
  for (let at = 0; at < rows.length; at += Math.max(1, batch)) made.push(...runner.run(rows.slice(at, at + Math.max(1, batch))));
  runner.dispose();
  return made;
}

/** A column of a table, `U` unless told otherwise, that stands at `index` in the rows of a stage. */
export const u = (column: string, index: number, type: ScriptInput['type'] = 'text', alias = 'U'): ScriptInput => ({
  alias,
  column,
  type,
  index,
});

export const column = (code: string, type: ScriptType = 'any', name = 'c'): ScriptColumn => ({ name, type, code });

/** What a script gives for rows of one cell, which it knows as `U.x`. */
export function over(code: string, cells: readonly Cell[], type: ScriptType = 'any', world: World = {}): readonly ScriptedRow[] {
  return runStage(
    { inputs: [u('x', 0)], presences: [], columns: [column(code, type)] },
    cells.map((cell) => [cell]),
    world,
  );
}

/** The value that a script gives; fails where it had a problem. */
export function value(code: string, type: ScriptType = 'any', world: World = {}): Cell | undefined {
  const [row] = over(code, ['x'], type, world);
  expect(row?.problem, code).toBe(null);
  return row?.values[0];
}

/** What went wrong with a script. */
export function problem(code: string, type: ScriptType = 'any', world: World = {}): string {
  const [row] = over(code, ['x'], type, world);
  expect(row?.values, code).toEqual([null]);
  return row?.problem ?? 'no problem';
}
