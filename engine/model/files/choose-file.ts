import type { FilesSource, TableSource } from './source.ts';

/** Endings of files that hold a table, in lower case. */
const endings = ['.csv', '.tsv', '.txt'] as const;

/** What a table is read from. */
export type Choice =
  /** `of`: how many files fit the pattern; the last by name is taken. */
  | { readonly kind: 'found'; readonly file: string; readonly of: number }
  | { readonly kind: 'several'; readonly files: readonly string[] }
  | { readonly kind: 'none' };

/** Whether a file may hold a table: not one that is hidden or that an office program keeps while it has another open. */
export function isDataFile(name: string): boolean {
  return stemOf(name) !== undefined && !/^[.~]/.test(name);
}

/** A file's name without its ending; undefined where the ending is none of ours. */
export function stemOf(name: string): string | undefined {
  const ending = endings.find((one) => name.toLowerCase().endsWith(one));
  return ending !== undefined && name.length > ending.length ? name.slice(0, -ending.length) : undefined;
}

/** Finds the file of a table among those of the folder. */
export function chooseFile(source: FilesSource, table: string, names: readonly string[]): Choice {
  const pattern = source.tables.find(({ name }) => name.text === table)?.file?.text;
  if (pattern !== undefined) {
    const isMeant = matcherOf(pattern);
    // By code unit: dated exports sort by their date, and the same folder gives the same file everywhere.
    const found = names.filter(isMeant).sort();
    const last = found.at(-1);
    return last === undefined ? { kind: 'none' } : { kind: 'found', file: last, of: found.length };
  }
  const own = names.filter((name) => isDataFile(name) && stemOf(name) === table);
  const [first] = own;
  if (first === undefined) return { kind: 'none' };
  return own.length === 1 ? { kind: 'found', file: first, of: 1 } : { kind: 'several', files: own };
}

/** The tables a folder has: one for every file that is not taken by a table with a file of its own, and those. */
export function tablesOf(source: FilesSource, names: readonly string[]): readonly string[] {
  const declared = source.tables.filter(({ file }) => file !== undefined);
  const taken = declared.map(({ file }) => matcherOf(file?.text ?? ''));
  const free = names.filter((name) => isDataFile(name) && !taken.some((isTaken) => isTaken(name))).flatMap((name) => stemOf(name) ?? []);
  return [...new Set([...declared.map(({ name }) => name.text), ...free])];
}

/** The words of an author about a table. */
export function sourceOf(source: FilesSource, table: string): TableSource | undefined {
  return source.tables.find(({ name }) => name.text === table);
}

function matcherOf(pattern: string): (name: string) => boolean {
  return (name) => fits(pattern, name);
}

/** `*` stands for any characters, `?` for one; goes back to the last `*` alone, so that no pattern takes long. */
function fits(pattern: string, name: string): boolean {
  let [at, to, star, from] = [0, 0, -1, 0];
  while (to < name.length) {
    if (pattern[at] === '*') {
      star = at++;
      from = to;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === name[to])) {
      at++;
      to++;
    } else if (star >= 0) {
      at = star + 1;
      to = ++from;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
