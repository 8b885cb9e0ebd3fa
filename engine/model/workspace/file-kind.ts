/** The kinds of file an author writes, told by their place in the workspace. */
export type FileKind =
  | 'settings'
  | 'connector'
  | 'system'
  | 'overlay'
  | 'relations'
  | 'filter'
  | 'mapping'
  | 'role-model'
  | 'role'
  | 'expectations'
  | 'lookup'
  | 'library';

/** The kind and the name of a file. */
export interface FileIdentity {
  readonly kind: FileKind;
  /** The name others refer to it by: the file name without its ending; for a role model the folder's name. */
  readonly name: string;
  /** A role's model. */
  readonly model?: string;
}

/** Tells what the file at `path` (relative to the workspace, forward slashes) is; undefined for files that are none of ours. */
export function identifyFile(path: string): FileIdentity | undefined {
  if (path === 'sollist.json') return { kind: 'settings', name: 'sollist' };
  if (path === 'relations.json') return { kind: 'relations', name: 'relations' };
  const steps = path.split('/');
  const [folder, file] = steps;
  if (folder === 'roles' && steps.length === 3) return identifyRole(steps[1] ?? '', steps[2] ?? '');
  if (steps.length !== 2 || file === undefined) return undefined;
  if (folder === 'filters' && file.endsWith('.filter')) return { kind: 'filter', name: file.slice(0, -'.filter'.length) };
  if (folder === 'libraries' && file.endsWith('.js')) return { kind: 'library', name: file.slice(0, -'.js'.length) };
  if (!file.endsWith('.json')) return undefined;
  const name = file.slice(0, -'.json'.length);
  if (folder === 'connectors') return { kind: 'connector', name };
  if (folder === 'systems') return { kind: 'system', name };
  if (folder === 'overlays') return { kind: 'overlay', name };
  if (folder === 'mappings') return { kind: 'mapping', name };
  if (folder === 'expectations') return { kind: 'expectations', name };
  if (folder === 'lookups') return { kind: 'lookup', name };
  return undefined;
}

/** Whether the path is that of a folder in which files of ours lie. */
export function isFolderOfFiles(path: string): boolean {
  return /^(connectors|systems|overlays|mappings|expectations|lookups|filters|libraries|roles(\/[^/]+)?)$/.test(path);
}

function identifyRole(model: string, file: string): FileIdentity | undefined {
  if (model === 'generators' || !file.endsWith('.json')) return undefined;
  return file === 'model.json' ? { kind: 'role-model', name: model } : { kind: 'role', name: file.slice(0, -'.json'.length), model };
}
