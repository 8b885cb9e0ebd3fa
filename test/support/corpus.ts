import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const repository = path.resolve(import.meta.dirname, '../..');

/** Where the connectors lie as their vendor ships them; they are other people's data and no part of this repository. */
export const corpusFolder = path.join(process.env['SOLLIST_CORPUS'] ?? path.join(repository, '../shared/corpus'), 'connectors');

/** A shipped connector. */
export interface CorpusConnector {
  /** The file's name. */
  readonly name: string;
  readonly text: string;
}

/** The shipped connectors; none, and a line that says so, where they are not there. */
export function corpusConnectors(): readonly CorpusConnector[] {
  if (!existsSync(corpusFolder)) {
    console.warn(`Skipped: the shipped connectors are not at ${corpusFolder}. Set SOLLIST_CORPUS to the folder that holds "connectors".`);
    return [];
  }
  return readdirSync(corpusFolder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ name, text: readFileSync(path.join(corpusFolder, name), 'utf8') }));
}
