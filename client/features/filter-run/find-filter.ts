import { findFile } from '../../infrastructure/find-file.ts';
import type { Folders } from '../../infrastructure/workspace.ts';

export interface FoundFilter {
  readonly folder: string;
  /** `Name` or `Name[lookup]`. */
  readonly filter: string;
}

/** The filter a lens names, else the one in the active editor, else one that a person picks. Throws `no-workspace`, `nothing-to-choose`. */
export async function findFilter(folders: Folders, argument: readonly unknown[], placeHolder: string): Promise<FoundFilter> {
  const { folder, name } = await findFile(folders, argument, {
    what: 'filter',
    place: 'filters/',
    placeHolder,
    choices: ({ filters }) => filters.map(({ name, path }) => ({ name, description: path, path })),
  });
  return { folder, filter: name };
}
