import { expect } from 'vitest';
import { noData } from '../../../engine/model/files/data-folder.ts';
import { compileFilter } from '../../../engine/model/filter/compile.ts';
import { exportFilter, type ExportedFilter } from '../../../engine/model/nim/export-filter.ts';
import { importWorkspace, type ImportedWorkspace } from '../../../engine/model/nim/import-workspace.ts';
import type { JsonRecord } from '../../../engine/model/nim/json-value.ts';
import { category, readExport, type NimExport } from '../../../engine/model/nim/resources.ts';
import type { Problem } from '../../../engine/model/text/problem.ts';
import { bindInWorkspace, filterLibraryOf } from '../../../engine/model/workspace/filter-library.ts';
import { createWorkspaceReader } from '../../../engine/model/workspace/read-workspace.ts';
import type { Workspace } from '../../../engine/model/workspace/workspace.ts';
import { nimExport } from '../../support/nim-shop.ts';

export function exportOf(json: unknown): NimExport {
  const read = readExport(json);
  if (!read) throw new Error('no export');
  return read;
}

export function imported(filters: readonly JsonRecord[], more: readonly JsonRecord[] = []): ImportedWorkspace {
  return importWorkspace(exportOf(nimExport(filters, more)));
}

/** The text a filter becomes. */
export function textOf(filter: JsonRecord, others: readonly JsonRecord[] = []): string {
  return imported([...others, filter]).files.get(`filters/${String(filter['filter_name'])}.filter`) ?? '';
}

/** The workspace that the files of an import are; lookup tables have the columns their files have. */
export function workspaceOf({ files }: Pick<ImportedWorkspace, 'files'>): Workspace {
  const csv = [...files].filter(([path]) => path.startsWith('lookups/') && path.endsWith('.csv'));
  const head = new Map(
    csv.map(([path, text]) => {
      const name = path.slice('lookups/'.length);
      return [name, { name, head: { kind: 'text', text } }] as const;
    }),
  );
  return createWorkspaceReader()(files, csv.length === 0 ? noData : new Map([['lookups', { state: 'read', files: head }]]));
}

/** Everything that reading, binding and compiling say about a filter, with a value for every parameter. */
export function problemsOf(workspace: Workspace, name: string): readonly Problem[] {
  const file = workspace.filters.get(name);
  if (!file) throw new Error(`no filter ${name}`);
  const bound = bindInWorkspace(file.model, workspace);
  const parameters = new Map(bound.parameters.map(({ name: parameter, default: value }) => [parameter.text, value ?? null]));
  const compiled = compileFilter(bound, { parameters, today: '2026-05-10' });
  return [...file.model.problems, ...bound.problems, ...compiled.problems];
}

export function exported(workspace: Workspace, name: string): ExportedFilter {
  const file = workspace.filters.get(name);
  if (!file) throw new Error(`no filter ${name}`);
  return exportFilter(name, file.model, { catalog: workspace.catalog, library: filterLibraryOf(workspace), created: 1 });
}

/** Exports a filter text beside others. */
export function exportedText(text: string, others: Readonly<Record<string, string>> = {}): ExportedFilter {
  const files = new Map(imported([]).files);
  for (const [name, other] of Object.entries({ ...others, Made: text })) files.set(`filters/${name}.filter`, other);
  return exported(workspaceOf({ files }), 'Made');
}

/** Holds that the filters of an export, exported and imported again, are the same texts. */
export function expectSameAgain(given: NimExport): void {
  const first = importWorkspace(given);
  const workspace = workspaceOf(first);
  const resources = given.resources.map((resource) => {
    if (resource.category !== category.filter) return resource;
    const { data, problems } = exported(workspace, resource.name);
    const text = first.files.get(`filters/${resource.name}.filter`);
    expect(
      problems.filter(({ code }) => code === 'nim-cannot-say'),
      text,
    ).toEqual([]);
    expect(data, text).toBeDefined();
    return { ...resource, data: data ?? {} };
  });
  const again = importWorkspace({ ...given, resources });
  for (const [path, text] of first.files) if (path.startsWith('filters/')) expect(again.files.get(path), path).toBe(text);
}
