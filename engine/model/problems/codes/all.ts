import { connectorRules } from '../../connector/rules/all.ts';
import { dataModelCodes } from './data-model.ts';
import { dataCodes } from './data.ts';
import { expectationCodes } from './expectations.ts';
import { filterHazardCodes } from './filter-hazards.ts';
import { filterLanguageCodes } from './filter-language.ts';
import { filterMeaningCodes } from './filter-meaning.ts';
import { nameCodes } from './names.ts';
import { nimCodes } from './nim.ts';
import type { ProblemCode } from './problem-code.ts';
import { readingCodes } from './reading.ts';
import { scriptCodes } from './scripts.ts';
import { settingsCodes } from './settings.ts';
import { shapeCodes } from './shape.ts';

/** Every kind of problem that is no rule for connectors. A code may occur twice where it means something else in another place. */
export const otherCodes: readonly ProblemCode[] = [
  ...readingCodes,
  ...shapeCodes,
  ...nameCodes,
  ...filterLanguageCodes,
  ...filterMeaningCodes,
  ...filterHazardCodes,
  ...scriptCodes,
  ...nimCodes,
  ...dataCodes,
  ...dataModelCodes,
  ...expectationCodes,
  ...settingsCodes,
];

/** Every code there is, in order of the manual. */
export const knownCodes: ReadonlySet<string> = new Set([...connectorRules, ...otherCodes].map(({ code }) => code));
