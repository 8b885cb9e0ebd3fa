import type { Rule } from '../rule.ts';
import { unknownScenarioColumn } from './unknown-scenario-column.ts';
import { unknownScenarioTable } from './unknown-scenario-table.ts';

/** Ready-made configurations. */
export const scenariosRules: readonly Rule[] = [unknownScenarioColumn, unknownScenarioTable];
