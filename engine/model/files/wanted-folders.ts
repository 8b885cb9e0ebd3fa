import { lookupFolder } from '../internal/internal-system.ts';
import { identifyFile } from '../workspace/file-kind.ts';
import { readSystem } from '../system/read-system.ts';
import type { System } from '../system/system.ts';
import { parseJson } from '../text/json.ts';
import { chooseFile } from './choose-file.ts';

/** A folder that systems of a workspace read tables from. */
export interface WantedFolder {
  /** As the systems write it. */
  readonly path: string;
  readonly systems: readonly System[];
  /** Every file of it is a table: the folder of lookup tables, which the internal system reads wherever it is there. */
  readonly all?: true;
}

/** Finds the data folders that the files of a workspace name; gives the same list as long as no system says anything else. */
export type FindWanted = (files: ReadonlyMap<string, string>) => readonly WantedFolder[];

export function createFindWanted(): FindWanted {
  let read = new Map<string, { readonly text: string; readonly system: System | undefined }>();
  let last = byFolder([]);
  return (files) => {
    const next: typeof read = new Map();
    let changed = false;
    for (const [path, text] of files) {
      const identity = path.startsWith('systems/') ? identifyFile(path) : undefined;
      if (identity?.kind !== 'system') continue;
      const known = read.get(path);
      const entry = known?.text === text ? known : { text, system: readFiles(identity.name, text) };
      changed ||= entry.system !== known?.system;
      next.set(path, entry);
    }
    changed ||= [...read].some(([path, { system }]) => system && !next.has(path));
    read = next;
    if (changed) last = byFolder([...next.values()].flatMap(({ system }) => system ?? []));
    return last;
  };
}

/** Most systems are connectors, and cost no more than a look. */
function readFiles(name: string, text: string): System | undefined {
  if (!text.includes('"files"')) return undefined;
  const system = readSystem(name, parseJson(text, { strict: false }).root);
  return system.files && system.files.folder.text !== '' ? system : undefined;
}

function byFolder(systems: readonly System[]): readonly WantedFolder[] {
  const folders = new Map<string, System[]>([[lookupFolder, []]]);
  for (const system of systems) {
    const path = system.files?.folder.text ?? '';
    const own = folders.get(path);
    if (own) own.push(system);
    else folders.set(path, [system]);
  }
  return [...folders].map(([path, own]) => ({ path, systems: own, ...(path === lookupFolder && { all: true }) }));
}

/** The files whose columns matter: those of the tables that the systems collect. */
export function wantedFiles({ systems, all }: WantedFolder, names: readonly string[]): ReadonlySet<string> {
  if (all) return new Set(names);
  return new Set(
    systems.flatMap(({ files, tables }) =>
      tables.flatMap((table) => {
        const choice = files && chooseFile(files, table.name.text, names);
        return choice?.kind === 'found' ? [choice.file] : [];
      }),
    ),
  );
}
