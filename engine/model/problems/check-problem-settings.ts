import { childOf, propertiesOf, type JsonNode } from '../text/json.ts';
import { nearest } from '../text/nearest.ts';
import type { Name, Problem } from '../text/problem.ts';
import { unsilenced } from './apply-settings.ts';
import { knownCodes } from './codes/all.ts';
import { filterHazardCodes } from './codes/filter-hazards.ts';
import type { ProblemSettings, Suppression } from './problem-settings.ts';

/** What is odd about `problems` itself: codes nobody reports, and such as cannot be silenced. `root` is that of `sollist.json`. */
export function checkProblemSettings(root: JsonNode | undefined, { suppressed }: ProblemSettings): readonly Problem[] {
  const set = propertiesOf(childOf(root, 'problems', 'severities'));
  const off = set.filter(({ value }) => value.value === 'off').map(({ name }) => name);
  const codes = suppressed.map(({ code }) => code);
  return [
    ...[...set.map(({ name }) => name), ...codes].filter(({ text }) => !knownCodes.has(text)).map(unknownCode),
    ...[...off, ...codes].filter(({ text }) => unsilenced.has(text)).map(cannotSuppress),
  ];
}

function unknownCode({ text, span }: Name): Problem {
  const meant = nearest(text, knownCodes);
  return {
    code: 'unknown-code',
    severity: 'hint',
    message: `No problem has the code "${text}", so this does nothing.${meant === undefined ? ' The manual lists them all.' : ` Did you mean "${meant}"?`}`,
    span,
    ...(meant !== undefined && { fixes: [{ title: `Change to "${meant}"`, span, text: JSON.stringify(meant) }] }),
  };
}

function cannotSuppress({ text, span }: Name): Problem {
  const why =
    text === 'more-problems' ? 'what is not shown would look as if it were in order' : 'a file that cannot be read is not checked at all';
  const message = `"${text}" is always shown: ${why}. Remove this.`;
  return { code: 'cannot-suppress', severity: 'hint', message, span };
}

/** A file that was looked at: whether all that could be found in it was, and which suppressions it needed. */
export interface LookedAt {
  readonly path: string;
  readonly whole: boolean;
  readonly used: ReadonlySet<Suppression>;
}

/** Codes that are found only where data were collected: without them, nobody can say that there is nothing to suppress. */
const needsKnowledge: ReadonlySet<string> = new Set(['output-field-missing', ...filterHazardCodes.map(({ code }) => code)]);

/** A hint for every suppression that took nothing away, where all it could have taken from was read whole. */
export function unusedSuppressions({ suppressed }: ProblemSettings, files: Iterable<LookedAt>): readonly Problem[] {
  if (suppressed.length === 0) return [];
  const all = new Map([...files].map((file) => [file.path, file]));
  return suppressed.flatMap((one): readonly Problem[] => {
    const code = one.code.text;
    // What has a hint of its own needs no second one; this very hint is not there yet when suppressions are counted.
    if (!knownCodes.has(code) || unsilenced.has(code) || code === 'unused-suppression' || needsKnowledge.has(code)) return [];
    const file = one.file === undefined ? undefined : all.get(one.file);
    const where = file ? [file] : one.file === undefined ? [...all.values()] : [];
    if (where.some(({ whole, used }) => !whole || used.has(one))) return [];
    const why =
      one.file !== undefined && !file
        ? `there is no file "${one.file}" in this workspace`
        : `"${code}" is not found ${one.at === undefined ? (one.file === undefined ? 'anywhere' : `in ${one.file}`) : `at ${one.at || 'the top'}`}`;
    return [{ code: 'unused-suppression', severity: 'hint', message: `This suppresses nothing: ${why}. Remove it.`, span: one.span }];
  });
}
