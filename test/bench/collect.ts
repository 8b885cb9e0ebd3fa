import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApi } from './collect/start-api.ts';
import { measureCancelling } from './collect/cancelling.ts';
import { measureEditing } from './collect/editing.ts';
import { race } from './collect/race.ts';
import { report, type Verdict } from './figures.ts';

const folder = mkdtempSync(join(tmpdir(), 'sollist-bench-'));
const verdicts: Verdict[] = [];
try {
  await using api = await startApi();
  const { url } = api;
  verdicts.push(
    ...(await race({
      what: '1,000,000 rows of ten columns in pages of 1,000',
      unit: 'rows',
      task: { url, kind: { name: 'pages', rows: 1_000_000, size: 1_000 } },
      least: 0.8,
      rounds: 5,
      folder,
    })),
    ...(await race({
      what: '20,000 calls of an iteration with 20 sessions',
      unit: 'calls',
      task: { url, kind: { name: 'calls', parents: 20_000, sessions: 20 } },
      least: 0.9,
      rounds: 11,
      folder,
    })),
    ...(await measureCancelling(url, folder)),
    ...(await measureEditing(url, folder)),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log('');
process.exitCode = report(verdicts) ? 0 : 1;
