// Installs what is missing, so that one command is enough in a fresh clone. Runs on whatever Node is first on the PATH (20 or later),
// before the Node 24 of the development dependencies exists; it therefore is plain JavaScript without packages. Speaks on stderr only.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const mark = join(root, 'node_modules', '.sollist-installed');
const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

const [major] = process.versions.node.split('.').map(Number);
if (major < 20) fail(`Node ${process.versions.node} is too old to set Sollist up. Install Node 20 or later.`);

if (!existsSync(mark) || readFileSync(mark, 'utf8') !== wanted) {
  process.stderr.write('Installing the dependencies (about a minute, once) …\n');
  // Engine warnings are noise here: the packages that want a newer Node run on the one that is being installed.
  const npm = spawnSync(
    process.env.npm_execpath ? process.execPath : 'npm',
    [...(process.env.npm_execpath ? [process.env.npm_execpath] : []), ...['ci', '--no-audit', '--no-fund', '--loglevel=error']],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' },
  );
  if (npm.status !== 0) fail(`npm ci failed. What it said:\n${npm.stderr}\n${npm.stdout}`);
  const node = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  const version = spawnSync(node, ['--version'], { encoding: 'utf8', shell: process.platform === 'win32' });
  if (version.status !== 0)
    fail(
      'The "node" package was installed without its binary: its install script must be allowed (allowScripts in package.json). Run "npm rebuild node".',
    );
  writeFileSync(mark, wanted);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}
