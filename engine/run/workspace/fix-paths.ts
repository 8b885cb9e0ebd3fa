import { readFileSync, writeFileSync } from 'node:fs';
import { fixSafely } from '../../model/problems/safe-fixes.ts';
import { SollistError } from '../error.ts';
import { checkPaths, type CheckedFile, type CheckOptions, type CheckResult } from './check-paths.ts';

/** A file that was changed, with how many problems of each code were repaired in it. */
export interface FixedFile {
  readonly file: string;
  readonly fixed: ReadonlyMap<string, number>;
}

/** What was repaired, and what is left. */
export interface FixResult {
  readonly fixed: readonly FixedFile[];
  readonly left: CheckResult;
}

/** A repair may make room for another, or for one that it touched; more rounds than this are not a repair any more. */
const rounds = 10;

/**
 * Makes the repairs that change nothing in what a file means, in the files that {@link checkPaths} looks at, and checks them again. `codes`
 * names the problems that are wanted. Throws what a check throws, and `file-unwritable`; files written before that stay repaired.
 */
export function fixPaths(paths: readonly string[], options: CheckOptions & { readonly codes?: ReadonlySet<string> }): FixResult {
  const fixed = new Map<string, Map<string, number>>();
  for (let round = 1; ; round++) {
    const files = new Map<string, CheckedFile>();
    const left = checkPaths(paths, { ...options, onFile: (file) => void files.set(file.path, file) });
    let changed = false;
    if (round <= rounds) for (const file of files.values()) changed = fixFile(file, options.codes, fixed) || changed;
    if (!changed) return { fixed: [...fixed].map(([file, codes]) => ({ file, fixed: codes })), left };
  }
}

function fixFile(file: CheckedFile, codes: ReadonlySet<string> | undefined, fixed: Map<string, Map<string, number>>): boolean {
  const { taken, text } = fixSafely(file, file.problems, codes);
  if (taken.length === 0 || text === file.text) return false;
  write(file, text);
  const counts = fixed.get(file.name) ?? new Map<string, number>();
  fixed.set(file.name, counts);
  for (const { problem } of taken) counts.set(problem.code, (counts.get(problem.code) ?? 0) + 1);
  return true;
}

/** Writes only over what was read: a file that changed meanwhile, or is no UTF-8, would lose something. */
function write({ path, name, text: before }: CheckedFile, text: string): void {
  try {
    if (!readFileSync(path).equals(Buffer.from(before, 'utf8'))) {
      throw new SollistError('file-unwritable', `${name} was not changed: it is no UTF-8 text, or was written meanwhile. Try again.`);
    }
    writeFileSync(path, text);
  } catch (error) {
    if (error instanceof SollistError) throw error;
    throw new SollistError('file-unwritable', `${name} cannot be written. Check that you may change it.`, { cause: error });
  }
}
