import { runCollection } from '../../engine/run/collect/run-collection.ts';
import { systemClock } from '../../engine/run/system-clock.ts';
import { openVault } from '../../engine/run/vault/open-vault.ts';
import { openWorkspace } from '../../engine/run/workspace/open-workspace.ts';

/** A process that collects the system `hr` again and again, from the first line on its standard input until it is killed. */
const [folder = '', path = ''] = process.argv.slice(2);
const open = openWorkspace(folder);
process.stdin.once('data', () => {
  void collectForEver().catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
});
process.stdout.write('ready\n');

async function collectForEver(): Promise<void> {
  const vault = openVault(path);
  // Every other process goes on with what the one before it left.
  let resume = process.argv[4] === 'resume' && vault.lastRun('hr') !== undefined;
  for (;;) {
    const report = await runCollection(open, { system: 'hr', resume }, { env: {}, secrets: new Map() }, vault, {
      signal: new AbortController().signal,
      clock: systemClock,
      random: Math.random,
      onProgress: () => undefined,
      onTrace: () => undefined,
    });
    const bad = report.tables.find(({ state }) => state !== 'collected');
    if (bad) throw new Error(JSON.stringify(bad));
    resume = false;
  }
}
