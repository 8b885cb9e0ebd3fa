import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync, readFileSync, statSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';

const root = join(import.meta.dirname, '..');
const ownDist = join(root, 'dist');

const quickjs = join(root, 'node_modules/@jitl/quickjs-ng-wasmfile-release-sync/dist');

/** Where each bundle starts. Everything is bundled: the package holds no node_modules. */
const entries = {
  client: 'client/extension.ts',
  server: 'server/main.ts',
  // What other editors start: it loads the server beside it.
  'language-server': 'server/standalone.ts',
  // One folder down: better-sqlite3 looks for its binaries in ../prebuilds.
  'engine/host': 'engine/host/main.ts',
  'engine/sollist': 'engine/cli/main.ts',
};

const node: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  // json-languageservice and jsonc-parser ship a CommonJS build that hides its imports from bundlers; their modules do not.
  mainFields: ['module', 'main'],
  external: ['vscode'],
  // The interpreter of scripts is loaded from a file beside the bundle; what loads it from the packages is not reached.
  alias: { '@jitl/quickjs-ng-wasmfile-release-sync/emscripten-module': join(quickjs, 'emscripten-module.cjs') },
  logOverride: { 'empty-import-meta': 'silent' },
  define: {
    SOLLIST_QUICKJS: JSON.stringify('quickjs.wasm'),
    SOLLIST_VERSION: JSON.stringify((JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version),
  },
  legalComments: 'none',
  logLevel: 'warning',
};

/** Where to build to, and whether for the package (minified, no source maps) or for work. */
export interface BuildTarget {
  readonly dist: string;
  readonly minify: boolean;
}

/** Builds everything anew. */
export async function buildAll({ dist, minify }: BuildTarget = { dist: ownDist, minify: false }): Promise<void> {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(join(dist, 'webviews'), { recursive: true });
  await Promise.all([
    build({ ...node, outdir: dist, entryPoints: entries, minify, sourcemap: minify ? false : 'linked' }),
    build({
      absWorkingDir: root,
      bundle: true,
      platform: 'browser',
      target: 'es2022',
      format: 'iife',
      entryPoints: { run: 'client/webviews/run/main.ts' },
      outdir: join(dist, 'webviews'),
      minify,
      loader: { '.ttf': 'file' },
      assetNames: '[name]',
      logLevel: 'warning',
    }),
  ]);
  const codicons = join(root, 'node_modules/@vscode/codicons/dist');
  for (const file of ['codicon.css', 'codicon.ttf']) copyFileSync(join(codicons, file), join(dist, 'webviews', file));
  cpSync(join(root, 'node_modules/better-sqlite3/prebuilds'), join(dist, 'prebuilds'), { recursive: true });
  copyFileSync(join(quickjs, 'emscripten-module.wasm'), join(dist, 'engine/quickjs.wasm'));
  cpSync(join(root, 'schemas'), join(dist, 'schemas'), {
    recursive: true,
    filter: (path) => !path.endsWith('.ts') && !path.endsWith('tsconfig.json'),
  });
  writeFileSync(join(dist, '.built'), fingerprint());
}

/** Builds when a source is newer than the last build; silent otherwise. */
export async function ensureBuilt(): Promise<void> {
  const mark = join(ownDist, '.built');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === fingerprint()) return;
  await buildAll();
}

/** Path, size and time of every source, and of what lies in `more` folders, so that an unchanged tree is told without reading it. */
export function fingerprint(more: readonly string[] = []): string {
  const lines: string[] = [];
  const visit = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) visit(path);
      else {
        const { size, mtimeMs } = statSync(join(root, path));
        lines.push(`${path} ${size} ${mtimeMs}`);
      }
    }
  };
  for (const folder of ['client', 'server', 'engine', 'schemas', ...more]) visit(folder);
  for (const file of ['scripts/build.ts', 'package-lock.json']) lines.push(`${file} ${statSync(join(root, file)).mtimeMs}`);
  return lines.join('\n');
}

if (import.meta.main) await buildAll();
