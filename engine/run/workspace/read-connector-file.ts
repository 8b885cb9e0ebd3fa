import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Connector } from '../../model/connector/connector.ts';
import { looksLikeConnector, readConnector } from '../../model/connector/read-connector.ts';
import { parseJson } from '../../model/text/json.ts';
import { indexLines } from '../../model/text/lines.ts';
import { SollistError } from '../error.ts';

/** A file larger than this is no connector. */
const largest = 20 * 1024 * 1024;

/** A connector that lies anywhere, outside a workspace too, with the name of its file. Throws `file-unreadable` and `file-broken`. */
export function readConnectorFile(path: string): { readonly name: string; readonly connector: Connector } {
  const text = readText(path);
  const { root, problems } = parseJson(text, { strict: true });
  const first = problems.find(({ severity }) => severity === 'error');
  if (first) {
    const { line, column } = indexLines(text).positionAt(first.span.offset);
    throw new SollistError('file-broken', `${path}:${line + 1}:${column + 1} must be mended first: ${first.message}`);
  }
  if (!looksLikeConnector(root))
    throw new SollistError(
      'file-broken',
      `${path} is no connector: it has no schema.crud_objects, or no rest.config. Is it the right file?`,
    );
  return { name: basename(path, '.json'), connector: readConnector(root) };
}

function readText(path: string): string {
  try {
    const bytes = readFileSync(path);
    if (bytes.length > largest) throw new SollistError('file-unreadable', `${path} is larger than 20 MB, so it is no connector.`);
    return bytes.toString('utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    if (error instanceof SollistError) throw error;
    throw new SollistError('file-unreadable', `${path} cannot be read. Check that it is a file and that you may read it.`, {
      cause: error,
    });
  }
}
