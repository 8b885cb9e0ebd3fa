import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { exportFilter } from '../../model/nim/export-filter.ts';
import { exportWorkspace, type ExportedWorkspace } from '../../model/nim/export-workspace.ts';
import { jsonText, type JsonRecord } from '../../model/nim/json-value.ts';
import { filterLibraryOf } from '../../model/workspace/filter-library.ts';
import { pick, type OpenWorkspace } from '../workspace/open-workspace.ts';
import { readText } from '../workspace/read-files.ts';

/** Makes an export of the whole workspace. */
export function exportFrom(open: OpenWorkspace, now: number): ExportedWorkspace {
  const files = new Map(open.files);
  for (const path of [...filesIn(open.folder, 'lookups', '.csv'), ...filesIn(open.folder, 'libraries', '.js'), ...nimFiles(open.folder)])
    files.set(path, readText(open.folder, path));
  return exportWorkspace({ files, workspace: open.workspace, now });
}

/** Makes NIM's JSON of one filter. */
export function exportOneFilter(open: OpenWorkspace, name: string, now: number): ExportedWorkspace {
  const file = pick('unknown-filter', 'filter', 'filters', open.workspace.filters, name);
  const library = filterLibraryOf(open.workspace);
  const { data, problems } = exportFilter(file.name, file.model, { catalog: open.workspace.catalog, library, created: now });
  return {
    ...(data && { export: data }),
    notes: problems.map(({ severity, message, span }) => ({ path: file.path, severity, message, span })),
    kept: 0,
    made: data ? 1 : 0,
  };
}

/** The text of an export file. */
export function exportText(made: JsonRecord): string {
  return jsonText(made);
}

function nimFiles(folder: string): readonly string[] {
  const kinds = entries(folder, 'nim').filter((entry) => entry.isDirectory());
  return [...filesIn(folder, 'nim', '.json'), ...kinds.flatMap(({ name }) => filesIn(folder, `nim/${name}`, '.json'))];
}

function filesIn(folder: string, path: string, ending: string): readonly string[] {
  return entries(folder, path)
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map(({ name }) => `${path}/${name}`)
    .sort();
}

function entries(folder: string, path: string): ReturnType<typeof readAll> {
  try {
    return readAll(join(folder, path));
  } catch {
    return [];
  }
}

function readAll(path: string): readonly { readonly name: string; readonly isFile: () => boolean; readonly isDirectory: () => boolean }[] {
  return readdirSync(path, { withFileTypes: true });
}
