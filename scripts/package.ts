import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildAll, fingerprint } from './build.ts';

const root = join(import.meta.dirname, '..');
const stage = join(root, 'out', 'package');

/** What a user's editor gets beside the bundles. */
const files = ['package.json', 'README.md', 'CHANGELOG.md', 'LICENSE'];
const folders = ['media', 'client/languages', 'docs'];

/** Builds the VSIX from a folder that holds only what is in it, and gives its path. Does nothing when no source has changed since. */
export async function packageVsix(): Promise<string> {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { name: string; version: string };
  const vsix = join(root, 'out', `${manifest.name}-${manifest.version}.vsix`);
  const mark = join(root, 'out', '.packaged');
  const state = [fingerprint(folders), ...files.map((file) => readFileSync(join(root, file), 'utf8'))].join('\n');
  if (existsSync(vsix) && existsSync(mark) && readFileSync(mark, 'utf8') === state) return vsix;
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  await buildAll({ dist: join(stage, 'dist'), minify: true });
  rmSync(join(stage, 'dist', '.built'));
  for (const file of files) copyFileSync(join(root, file), join(stage, file));
  for (const folder of folders) if (existsSync(join(root, folder))) cpSync(join(root, folder), join(stage, folder), { recursive: true });
  writeFileSync(join(stage, 'package.json'), JSON.stringify(shipped(manifest), undefined, 2));
  writeFileSync(join(stage, '.vscodeignore'), '');
  // Pictures in the README are files of the package: no repository is named to take them from.
  const vsce = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/@vscode/vsce/vsce'),
      'package',
      '--no-dependencies',
      '--no-rewrite-relative-links',
      '--allow-missing-repository',
      '--out',
      vsix,
    ],
    { cwd: stage, encoding: 'utf8' },
  );
  if (vsce.status !== 0) throw new Error(`The package could not be made. What vsce said:\n${vsce.stdout}${vsce.stderr}`);
  writeFileSync(mark, state);
  return vsix;
}

/** The manifest without what only a clone needs. */
function shipped(manifest: object): object {
  const { scripts: _, devDependencies: __, allowScripts: ___, ...rest } = manifest as Record<string, unknown>;
  return rest;
}

if (import.meta.main) console.log(await packageVsix());
