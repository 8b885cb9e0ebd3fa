import type { Connector } from '../connector/connector.ts';
import { formatFilter } from '../filter/format.ts';
import type { Severity, Span } from '../text/problem.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { headPath, importWorkspace, type ImportedWorkspace } from './import-workspace.ts';
import { isRecord, type JsonRecord } from './json-value.ts';
import { readExport, type NimResource } from './resources.ts';

/** What an export says about one file. Errors keep it from being made. */
export interface ExportNote {
  readonly path: string;
  readonly severity: Severity;
  readonly message: string;
  /** In the file's text; absent where it is about the file as a whole. */
  readonly span?: Span;
}

export interface ExportSources {
  /** Every text file of the folder by path, `nim/` and `lookups/` included. */
  readonly files: ReadonlyMap<string, string>;
  readonly workspace: Workspace;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** An export that is being made: what NIM gave, what import made of it, and what is said. */
export interface Exporting extends ExportSources {
  readonly head: JsonRecord;
  readonly originals: readonly NimResource[];
  /** The workspace as import makes it of the originals. */
  readonly before: ImportedWorkspace;
  /** Whether a file says what it said when it was imported: layout and line breaks are no change. */
  readonly isUnchanged: (path: string) => boolean;
  readonly note: (path: string, severity: Severity, message: string, span?: Span) => void;
}

/** Reads what import has kept under `nim/`. Never throws; what is broken there is noted. */
export function openExport(sources: ExportSources, notes: ExportNote[]): Exporting {
  const { files, workspace } = sources;
  const note: Exporting['note'] = (path, severity, message, span) => notes.push({ path, severity, message, ...(span && { span }) });
  const { head, originals } = readOriginals(files, note);
  const connectors = new Map([...workspace.connectors].map(([name, { model }]): readonly [string, Connector] => [name, model]));
  const before = importWorkspace({ head, resources: originals }, { connectors });
  const isUnchanged = (path: string): boolean => {
    const [now, then] = [files.get(path), before.files.get(path)];
    return now === then || (now !== undefined && then !== undefined && plainText(path, now) === plainText(path, then));
  };
  return { ...sources, head, originals, before, isUnchanged, note };
}

/** A text without what an editor or version control may change of it unasked. */
function plainText(path: string, given: string): string {
  const text = given.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  if (path.endsWith('.filter')) return formatFilter(text);
  if (!path.endsWith('.json')) return text.trimEnd();
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

function readOriginals(
  files: ReadonlyMap<string, string>,
  note: Exporting['note'],
): { readonly head: JsonRecord; readonly originals: readonly NimResource[] } {
  const text = files.get(headPath);
  if (text === undefined) return { head: {}, originals: [] };
  const { resources: order, ...head } = parse(headPath, text, note);
  const paths = Array.isArray(order) ? order.filter((path): path is string => typeof path === 'string') : [];
  const originals = paths.flatMap((path): readonly NimResource[] => {
    const found = files.get(path);
    if (found === undefined) return [];
    const record = parse(path, found, note);
    const [resource] = readExport({ resources: [record] })?.resources ?? [];
    if (resource) return [resource];
    note(path, 'error', 'This is not what import has written: its "category" is missing. Import again.');
    return [];
  });
  return { head, originals };
}

function parse(path: string, text: string, note: Exporting['note']): JsonRecord {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (isRecord(value)) return value;
  } catch {
    // Told below.
  }
  note(path, 'error', 'This is no JSON any more. Import again, or take the file out.');
  return {};
}
