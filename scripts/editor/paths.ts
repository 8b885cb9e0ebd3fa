import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** The clone's root folder. */
export const root = resolve(import.meta.dirname, '../..');

/** The Node 24 binary of the `node` package: code-server wants it, and the `node` on the PATH may be older. */
export function node24(): string {
  const binary = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(binary)) throw new Error(`Node 24 is missing at ${binary}: run "npm install" in ${root}.`);
  return binary;
}

/** The first of the named programs that is found on the PATH, as a full path. */
export function onPath(names: readonly string[], env: NodeJS.ProcessEnv = process.env): string | undefined {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  for (const name of names) {
    for (const folder of folders) {
      for (const ending of endings) {
        const candidate = join(folder, name + ending);
        if (existsSync(candidate)) return candidate;
      }
    }
  }
  return undefined;
}
