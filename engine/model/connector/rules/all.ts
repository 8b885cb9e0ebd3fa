import type { Rule } from './rule.ts';
import { callsRules } from './calls/rules.ts';
import { membershipRules } from './membership/rules.ts';
import { restRules } from './rest/rules.ts';
import { scenariosRules } from './scenarios/rules.ts';
import { structureRules } from './structure/rules.ts';
import { tablesRules } from './tables/rules.ts';
import { variablesRules } from './variables/rules.ts';
import { writesRules } from './writes/rules.ts';

/** Every rule for connectors. A new rule is a new file and one line in the list of its group. */
export const connectorRules: readonly Rule[] = [
  ...structureRules,
  ...tablesRules,
  ...callsRules,
  ...variablesRules,
  ...writesRules,
  ...membershipRules,
  ...restRules,
  ...scenariosRules,
];
