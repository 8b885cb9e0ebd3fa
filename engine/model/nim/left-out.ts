import type { Exporting } from './exporting.ts';

/** Folders whose files an export has no place for, and why. */
const folders: readonly (readonly [folder: string, why: string])[] = [
  ['connectors', 'an export holds no connectors: copy them to NIM, to sysconfig/rest/systems'],
  ['overlays', 'an export holds no overlays: copy them to NIM, to config/rest/systems'],
  ['mappings', "NIM's hold more than ours say (which attributes must be given, generators of names and passwords): set them up there"],
  ['roles', "NIM's role models hold more than ours say (generators, scopes for each system): set them up there"],
  ['expectations', 'NIM has nothing like them'],
];

/** Says which files of the workspace are not in the export, folder by folder. */
export function noteLeftOut({ files, note }: Pick<Exporting, 'files' | 'note'>): void {
  for (const [folder, why] of folders) {
    const names = new Set(
      [...files.keys()].flatMap((path) => {
        const [first, second] = path.split('/');
        return first === folder && second !== undefined ? [second.replace(/\.json$/, '')] : [];
      }),
    );
    if (names.size > 0) note(folder, 'info', `Not in the export: ${shortened([...names].sort())}, since ${why}.`);
  }
}

function shortened(names: readonly string[]): string {
  return names.length <= 4 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} others`;
}
