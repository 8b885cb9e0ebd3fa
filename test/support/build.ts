import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from '../../scripts/build.ts';
import { withLock } from '../../scripts/editor/lock.ts';

const root = join(import.meta.dirname, '../..');

let ready: Promise<string> | undefined;

/**
 * The folder of the bundles, built if a source is newer. Several test files ask at once, from processes of their own: one builds, the
 * others wait. `SOLLIST_DIST` names bundles that are built already, such as those of an unpacked VSIX.
 */
export function builtBundles(): Promise<string> {
  ready ??= build();
  return ready;
}

async function build(): Promise<string> {
  const given = process.env['SOLLIST_DIST'];
  if (given !== undefined && given !== '') return given;
  mkdirSync(join(root, 'out'), { recursive: true });
  await withLock(join(root, 'out/build.lock'), console.log, ensureBuilt);
  return join(root, 'dist');
}
