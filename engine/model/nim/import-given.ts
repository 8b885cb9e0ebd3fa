import { readConnector } from '../connector/read-connector.ts';
import { parseJson } from '../text/json.ts';
import { importWorkspace, type ImportNote } from './import-workspace.ts';
import { isRecord } from './json-value.ts';
import { readConfigFolder, readExport } from './resources.ts';

/** What is to be imported: the text of an export or of one filter, or the JSON files of a configuration folder. */
export interface GivenNim {
  /** The name of the file or folder, for a workspace that has none, and for messages. */
  readonly name: string;
  readonly kind: 'file' | 'folder';
  readonly files: readonly GivenFile[];
  /** Connectors that the workspace has already. */
  readonly connectors: readonly { readonly name: string; readonly text: string }[];
}

/** `path` is relative, with forward slashes. */
export interface GivenFile {
  readonly path: string;
  readonly text: string;
}

export interface ImportMade {
  readonly kind: 'made';
  readonly files: readonly GivenFile[];
  readonly notes: readonly ImportNote[];
}

/** Imports what was given, or says in a sentence why that cannot be. Never throws. */
export function importGiven({
  name,
  kind,
  files,
  connectors,
}: GivenNim): ImportMade | { readonly kind: 'refused'; readonly message: string } {
  const refused = (message: string) => ({ kind: 'refused', message }) as const;
  const values = new Map<string, unknown>();
  for (const { path, text } of files) {
    try {
      values.set(path, JSON.parse(text.replace(/^\uFEFF/, '')));
    } catch {
      if (text.trim() === '') return refused(`${kind === 'file' ? name : path} is empty. Export it from NIM again.`);
      return refused(`${kind === 'file' ? name : path} is no JSON: it cannot be read to its end. Export it from NIM again.`);
    }
  }
  const [first] = values.values();
  const folder = kind === 'folder' ? readConfigFolder(values) : undefined;
  const read = folder ? folder.export : readExport(first);
  if (!read) {
    const why = isRecord(first)
      ? 'It has neither "resources", as an export has, nor "filter_items", as a filter has. Choose the file that NIM wrote.'
      : 'It holds no JSON object.';
    return refused(`${name} is no export of NIM. ${why}`);
  }
  if (read.resources.length === 0) return refused(`${name} holds nothing of NIM: no filters, systems or relations. Choose another.`);
  const known = new Map(connectors.map((one) => [one.name, readConnector(parseJson(one.text, { strict: true }).root)] as const));
  const made = importWorkspace(read, { connectors: known, name: name.replace(/\.json$/i, '') });
  const unknown = (folder?.unknown ?? []).map((path): ImportNote => ({
    path,
    message:
      readExport(values.get(path)) === undefined
        ? 'It is not known what this file is for; it was left out.'
        : 'It is an export by itself, and was left out of the folder: import it alone.',
  }));
  return { kind: 'made', files: [...made.files].map(([path, text]) => ({ path, text })), notes: [...made.notes, ...unknown] };
}
