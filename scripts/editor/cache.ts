import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * The folder that holds what the tests and `npm run editor` install beside the project (a code-server, a desktop editor).
 * It lies outside the clone so that a fresh clone finds it filled. `SOLLIST_CACHE` moves it.
 */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const chosen = env['SOLLIST_CACHE'];
  return chosen === undefined || chosen === '' ? join(homedir(), '.cache', 'sollist') : resolve(chosen);
}
