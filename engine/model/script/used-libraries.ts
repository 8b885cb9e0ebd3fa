import type { Workspace } from '../workspace/workspace.ts';
import type { LibraryFile } from './library.ts';

/** Libraries whose name occurs in one of these scripts, or in a library that does; in the order of their names. */
export function usedLibraries(scripts: readonly string[], { libraries }: Pick<Workspace, 'libraries'>): readonly LibraryFile[] {
  const found = new Set<LibraryFile>();
  const texts = [...scripts];
  for (let text = texts.pop(); text !== undefined; text = texts.pop()) {
    for (const library of libraries.values()) {
      if (found.has(library) || !text.includes(library.name)) continue;
      found.add(library);
      texts.push(library.text);
    }
  }
  return [...found].sort((a, b) => (a.name < b.name ? -1 : 1));
}
