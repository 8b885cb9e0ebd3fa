import { connectorRules } from '../../connector/rules/all.ts';
import { dataCodes } from './data.ts';
import { expectationCodes } from './expectations.ts';
import { filterLanguageCodes } from './filter-language.ts';
import { filterMeaningCodes } from './filter-meaning.ts';
import { nameCodes } from './names.ts';
import type { ProblemCode } from './problem-code.ts';
import { readingCodes } from './reading.ts';
import { settingsCodes } from './settings.ts';
import { shapeCodes } from './shape.ts';

/** Every kind of problem that is no rule for connectors. A code may occur twice where it means something else in another place. */
export const otherCodes: readonly ProblemCode[] = [
  ...readingCodes,
  ...shapeCodes,
  ...nameCodes,
  ...filterLanguageCodes,
  ...filterMeaningCodes,
  ...dataCodes,
  ...expectationCodes,
  ...settingsCodes,
];

/** Every code there is, in order of the manual. */
export const knownCodes: ReadonlySet<string> = new Set([...connectorRules, ...otherCodes].map(({ code }) => code));
