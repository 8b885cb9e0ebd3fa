import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { corpusFolder } from '../../support/corpus.ts';

/** The script columns of the filters in the exports; undefined where the exports are not there. */
export function corpusExports(): readonly string[] | undefined {
  const folder = path.join(path.dirname(corpusFolder), 'exports');
  if (!existsSync(folder)) return undefined;
  const scripts = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value === 'string' && value.includes('"javascript"') && value.trimStart().startsWith('{')) look(JSON.parse(value));
    if (typeof value !== 'object' || value === null) return;
    // Only columns have both; apps hold scripts of other kinds.
    if ('javascript' in value && 'source' in value && value.source === 'script') scripts.add(String(value.javascript));
    Object.values(value).forEach(look);
  };
  for (const name of readdirSync(folder)) look(JSON.parse(readFileSync(path.join(folder, name), 'utf8').replace(/^\ufeff/, '')));
  return [...scripts];
}
