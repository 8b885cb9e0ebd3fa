import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root } from '../editor/paths.ts';

/** The folder of the connectors a vendor ships, where it is at hand: `SOLLIST_CORPUS`, or beside the clone. */
export function corpusFolder(): string {
  return join(process.env['SOLLIST_CORPUS'] ?? resolve(root, '../shared/corpus'), 'connectors');
}

/** Their texts by file name, or undefined where they are not there. */
export function readCorpus(): ReadonlyMap<string, string> | undefined {
  const folder = corpusFolder();
  if (!existsSync(folder)) return undefined;
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort((a, b) => (a < b ? -1 : 1));
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
