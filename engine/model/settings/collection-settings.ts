import type { System } from '../system/system.ts';
import type { Settings, Threshold } from './settings.ts';

/** The loss of rows a table may have: what is said of the table, else of its system, else of the workspace, each number on its own. */
export function collapseOf(settings: Settings, system: System, table: string): Threshold {
  const own = system.tables.find(({ name }) => name.text === table);
  return { ...settings.collection.collapse, ...system.collapse, ...own?.collapse };
}

/** Versions kept of each table of a system. */
export function keepOf(settings: Settings, system: System): number {
  return system.keep ?? settings.collection.keep;
}
