import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { exportFilterByName, exportWorkspace, type ExportedWorkspace, type ExportSources } from '../../model/nim/export-workspace.ts';
import { jsonText, type JsonRecord } from '../../model/nim/json-value.ts';
import { importLimits } from '../../model/nim/limits.ts';
import { pick, type OpenWorkspace } from '../workspace/open-workspace.ts';
import { readNimText } from './read-nim-text.ts';

/** Makes an export of the whole workspace. */
export function exportFrom(open: OpenWorkspace, now: number): ExportedWorkspace {
  return exportWorkspace(sourcesOf(open, now));
}

/** Makes NIM's JSON of one filter. Throws `unknown-filter`. */
export function exportOneFilter(open: OpenWorkspace, name: string, now: number): ExportedWorkspace {
  const file = pick('unknown-filter', 'filter', 'filters', open.workspace.filters, name);
  return exportFilterByName(sourcesOf(open, now), file.name);
}

/** What the workspace's own reader passes over is read as well: rows of lookup tables, and what NIM gave. */
function sourcesOf(open: OpenWorkspace, now: number): ExportSources {
  const files = new Map(open.files);
  for (const path of [...filesIn(open.folder, 'lookups', '.csv'), ...filesIn(open.folder, 'libraries', '.js'), ...nimFiles(open.folder)])
    if (!files.has(path)) files.set(path, readNimText(join(open.folder, path), importLimits.bytes));
  return { files, workspace: open.workspace, now };
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
