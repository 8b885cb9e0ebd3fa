import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './paths.ts';

/** The suite's source, and the file that the extension host loads. */
const source = join(root, 'test', 'editor', 'suite', 'index.ts');
const bundle = join(root, 'out', 'editor-suite', 'index.cjs');

/** Bundles the suite that runs inside the extension host, mocha included, and returns the bundle's path. */
export async function buildSuite(): Promise<string> {
  await build({
    entryPoints: [source],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
    // mocha's parallel runner looks for its worker file; it is never used in here.
    logOverride: { 'require-resolve-not-external': 'silent' },
  });
  return bundle;
}
