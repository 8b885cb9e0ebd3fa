import type { JsonNode } from '../text/json.ts';
import type { Problem } from '../text/problem.ts';
import { pointerAt } from './pointer.ts';
import type { ProblemSettings, Suppression } from './problem-settings.ts';

/** A file that cannot be read is not checked, and what is not shown is not seen, so these are always said. */
export const unsilenced: ReadonlySet<string> = new Set(['not-json', 'not-text', 'too-deep', 'more-problems']);

/** The file that problems were found in. */
export interface CheckedFile {
  /** Relative to the workspace. */
  readonly path: string;
  /** Of a JSON file: what its places are counted in. */
  readonly root?: JsonNode | undefined;
}

/** What is left of the problems of one file, and the suppressions that took the others. */
export interface Applied<Found extends Problem> {
  readonly problems: readonly Found[];
  readonly used: ReadonlySet<Suppression>;
}

const none: ReadonlySet<Suppression> = new Set();

/**
 * The problems of one file as a workspace wants them: the suppressed are left out, the others have the severity the settings give them.
 * Every list of problems that a person sees goes through here; what decides whether something may run does not.
 */
export function applySettings<Found extends Problem>(
  problems: readonly Found[],
  file: CheckedFile,
  { severities, suppressed }: ProblemSettings,
): Applied<Found> {
  const candidates = suppressed.filter((one) => one.file === undefined || one.file === file.path);
  if (problems.length === 0 || (candidates.length === 0 && severities.size === 0)) return { problems, used: none };
  const used = new Set<Suppression>();
  const left = problems.flatMap((problem): readonly Found[] => {
    const fixed = unsilenced.has(problem.code);
    const meant = fixed ? [] : candidates.filter((one) => covers(one, problem, file));
    for (const one of meant) used.add(one);
    if (meant.length > 0) return [];
    const severity = severities.get(problem.code);
    if (severity === undefined) return [problem];
    if (severity === 'off') return fixed ? [problem] : [];
    return [{ ...problem, severity }];
  });
  return { problems: left, used };
}

function covers({ code, at }: Suppression, problem: Problem, { root }: CheckedFile): boolean {
  return code.text === problem.code && (at === undefined || (root !== undefined && at === pointerAt(root, problem.span.offset)));
}
