import type { DataFolder, DataFolders } from '../files/data-folder.ts';
import { parseJson } from '../text/json.ts';
import type { System } from '../system/system.ts';
import type { FileOf } from '../workspace/workspace.ts';
import { csvFiles, internalName, internalSystem, lookupFolder } from './internal-system.ts';
import type { Lookup } from './lookup.ts';

type Files<Model> = ReadonlyMap<string, FileOf<Model>>;

/** Adds the internal system to those that have a file; gives the same record as long as nothing it is made of changes. */
export type InternalReader = (systems: Files<System>, lookups: Files<Lookup>, data: DataFolders) => Files<System>;

/** The internal system is there where a file of it, a lookup or their folder is. */
export function createInternalReader(): InternalReader {
  let last: { readonly of: readonly unknown[]; readonly file: FileOf<System> } | undefined;
  return (systems, lookups, data) => {
    const own = systems.get(internalName);
    const folder = data.get(lookupFolder);
    if (!own && lookups.size === 0 && folder?.state !== 'read') return systems;
    const of = [own?.model, folder, ...lookups.values()];
    const isSame = last?.of.length === of.length && last.of.every((each, index) => each === of[index]);
    if (!isSame || !last) last = { of, file: internalFile(own, lookups, folder) };
    return new Map([...systems].concat([[internalName, last.file]]));
  };
}

function internalFile(own: FileOf<System> | undefined, lookups: Files<Lookup>, folder: DataFolder | undefined): FileOf<System> {
  const models = new Map([...lookups].map(([name, { model }]) => [name, model] as const));
  const model = internalSystem(own?.model, models, folder);
  if (own) return { ...own, model };
  // A file that is there, so that whoever follows the name arrives somewhere.
  const [first] = [...csvFiles(folder).values(), ...[...lookups.keys()].map((name) => `${name}.json`)];
  const path = first === undefined ? lookupFolder : `${lookupFolder}/${first}`;
  return { path, name: internalName, document: parseJson('{}', { strict: false }), model };
}
