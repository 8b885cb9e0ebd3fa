import type { FilesSource } from '../files/source.ts';
import { didYouMean, nearest } from '../text/nearest.ts';
import type { FileProblem } from '../text/problem.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { collectReferences, referencesIn } from './collect-references.ts';
import { resolve } from './resolve.ts';
import type { Reference, Target } from './target.ts';

/** A problem for every name that resolves to nothing, with the nearest name as its fix; `path` narrows it to one file. Code `unknown-<kind>`. */
export function checkReferences(workspace: Workspace, path?: string): readonly FileProblem[] {
  const references = path === undefined ? collectReferences(workspace) : referencesIn(workspace, path);
  return references.flatMap((reference): readonly FileProblem[] => {
    // An empty name is no name: the schema says so.
    if (reference.text === '') return [];
    const files = 'system' in reference.target ? workspace.systems.get(reference.target.system)?.model.files : undefined;
    if (files && (reference.target.kind === 'operation' || reference.target.kind === 'membership')) return [readOnly(reference)];
    const resolution = resolve(workspace, reference.target);
    if (resolution.kind !== 'missing') return [];
    const match = nearest(reference.text, resolution.candidates);
    return [
      {
        path: reference.path,
        code: codes[reference.target.kind],
        severity: 'error',
        message: `${describe(reference.target, reference.text, files)}${didYouMean(reference.text, resolution.candidates)}${known(resolution.candidates, match)}`,
        span: reference.span,
        ...(match !== undefined && { fixes: [{ title: `Change to "${match}"`, span: reference.span, text: JSON.stringify(match) }] }),
      },
    ];
  });
}

const codes: Readonly<Record<Target['kind'], string>> = {
  connector: 'unknown-connector',
  'connection-item': 'unknown-connection-item',
  system: 'unknown-system',
  table: 'unknown-table',
  'connector-table': 'unknown-table',
  column: 'unknown-column',
  'connector-column': 'unknown-column',
  operation: 'unknown-operation',
  membership: 'unknown-membership-table',
  filter: 'unknown-filter',
  'filter-column': 'unknown-filter-column',
  'filter-parameter': 'unknown-filter-parameter',
};

/** Nothing is written into files, whatever an operation is called. */
function readOnly({ path, span, text, target }: Reference): FileProblem {
  const system = 'system' in target ? target.system : '';
  const message = `"${system}" is a folder of files, which is only read: "${text}" cannot be there. Choose a system that has a connector.`;
  return { path, code: 'files-read-only', severity: 'error', message, span };
}

/** What is missing, in words; `files` is where a system of files finds them. */
function describe(target: Target, text: string, files: FilesSource | undefined): string {
  switch (target.kind) {
    case 'connector':
      return `There is no connector "${text}" in connectors/.`;
    case 'connection-item':
      return `The connector "${target.connector}" has no connection item or authentication input "${text}".`;
    case 'system':
      return `There is no system "${text}" in systems/.`;
    case 'table':
      return `The system "${target.system}" does not collect a table "${text}".`;
    case 'connector-table':
      return files
        ? `The folder ${files.folder.text} of "${target.system}" has no file for a table "${text}".`
        : `The connector of "${target.system}" has no table "${text}".`;
    case 'column':
      return `"${text}" names no column that is collected into "${target.system}.${target.table}".`;
    case 'connector-column':
      return `The table "${target.table}" of "${target.system}" has no column "${text}".`;
    case 'operation':
      return `The table "${target.table}" of "${target.system}" has no write operation "${text}".`;
    case 'membership':
      return `"${text}" is no membership table of "${target.system}" (groupmembership in its connector).`;
    case 'filter':
      return `There is no filter or lookup "${text}" in filters/.`;
    case 'filter-column':
      return `The filter "${target.filter}" has no column "${text}".`;
    case 'filter-parameter':
      return `The filter "${target.filter}" has no parameter "${text}".`;
  }
}

/** Says what there is, where that is a short list and no near name already does. */
function known(candidates: readonly string[], match: string | undefined): string {
  if (match !== undefined) return '';
  if (candidates.length === 0) return ' There is none yet.';
  return candidates.length <= 8 ? ` There are: ${candidates.join(', ')}.` : '';
}
