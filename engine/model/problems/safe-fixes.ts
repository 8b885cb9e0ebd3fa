import { editsOf } from '../text/edits.ts';
import { parseJson } from '../text/json.ts';
import type { Fix, Problem } from '../text/problem.ts';
import { fixTogether, type Repair, type Together } from './fix-together.ts';

/**
 * The repairs that are made without asking, by code: after each of them the file means what it meant before, and nothing else. `removal`:
 * only where the repair takes something out, since the same code may also guess at a name, and that is for an author to say. `comma`: only
 * where it takes out a comma.
 */
const safe: ReadonlyMap<string, 'all' | 'removal' | 'comma'> = new Map([
  ['empty-property', 'all'],
  ['legacy-spelling', 'all'],
  ['mixed-spelling', 'all'],
  ['needless-session-count', 'all'],
  ['not-json', 'comma'],
  ['repeated-entry', 'removal'],
  ['unknown-property', 'removal'],
]);

/** The codes of problems with such repairs. */
export const safeCodes: readonly string[] = [...safe.keys()];

/** The first repair of a problem of this text, where it can be made without asking. */
export function safeFixOf({ code, fixes }: Problem, text: string): Fix | undefined {
  const fix = fixes?.[0];
  const kind = safe.get(code);
  if (!fix || kind === undefined) return undefined;
  if (kind === 'all') return fix;
  const fits = editsOf(fix).every(
    ({ span, text: written }) =>
      written === '' && (kind === 'removal' || text.slice(span.offset, span.offset + span.length).trim() === ','),
  );
  return fits ? fix : undefined;
}

/** A problem and the repair chosen for it. */
export interface ProblemRepair<Found extends Problem = Problem> extends Repair {
  readonly problem: Found;
}

/** Makes the safe repairs of one text's problems, as many as can be made at once; `codes` names those that are wanted. */
export function fixSafely<Found extends Problem>(
  file: { readonly path: string; readonly text: string },
  problems: readonly Found[],
  codes?: ReadonlySet<string>,
): Together<ProblemRepair<Found>> {
  const repairs = problems.flatMap((problem) => {
    const fix = codes?.has(problem.code) === false ? undefined : safeFixOf(problem, file.text);
    return fix ? [{ problem, fix }] : [];
  });
  return fixTogether(file.text, repairs, soundAs(file));
}

/** Makes the first repair of every problem with this code. */
export function fixAllOf<Found extends Problem>(
  file: { readonly path: string; readonly text: string },
  problems: readonly Found[],
  code: string,
): Together<ProblemRepair<Found>> {
  const repairs = problems.flatMap((problem) => {
    const fix = problem.code === code ? problem.fixes?.[0] : undefined;
    return fix ? [{ problem, fix }] : [];
  });
  return fixTogether(file.text, repairs, soundAs(file));
}

/** A JSON text that could be read before is one that can be read afterwards. */
function soundAs({ path, text }: { readonly path: string; readonly text: string }): (after: string) => boolean {
  if (!path.endsWith('.json')) return () => true;
  let before: number | undefined;
  return (after) => {
    const errors = parseJson(after, { strict: true }).problems.length;
    if (errors === 0) return true;
    before ??= parseJson(text, { strict: true }).problems.length;
    return errors <= before;
  };
}
