import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { prepareScripts } from '../../engine/run/filter/script-tables.ts';
import { readFilter } from '../../engine/model/filter/filter.ts';
import { openVault } from '../../engine/run/vault/open-vault.ts';
import { report, type Verdict } from './figures.ts';
import { byHand, firstRow, queryOf, readAll, readFiltered } from './filter/sides.ts';
import { subjects } from './filter/subjects.ts';
import { measureFilterTyping } from './filter/typing.ts';
import { largeVault, sizes } from './filter/vault.ts';

/* `node test/bench/filter.ts [part of a name]`: only the filters of such a name. Rounds are pairs that take turns in beginning. */

const rounds = 11;
/** Milliseconds that a side works in a round at least: the processor's time is counted in steps of four. */
const least = 200;
const wanted = process.argv[2] ?? '';
const path = largeVault();
const vault = openVault(path);
const hand = byHand(path);
const verdicts: Verdict[] = [];
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
const timed = (work: () => string, times: number): { readonly time: number; readonly read: string } => {
  // The processor's own time: what else the machine does meets neither side.
  const before = process.cpuUsage();
  let read = '';
  for (let i = 0; i < times; i++) read = work();
  const { user, system } = process.cpuUsage(before);
  return { time: (user + system) / 1000 / times, read };
};

console.log('\nFilters: ms to the first row; ms of the processor for all, the same by hand, ratio');
for (const subject of subjects.filter(({ what }) => what.includes(wanted))) {
  const ours: number[] = [];
  const theirs: number[] = [];
  const firsts: number[] = [];
  let rows = '';
  let times = 1;
  for (let round = 0; round <= rounds; round++) {
    const sides = [
      () => {
        const { time, read } = timed(() => readFiltered(vault, subject), times);
        if (round > 0) ours.push(time);
        return read;
      },
      () => {
        const { time, read } = timed(() => hand.read(subject.sql), times);
        if (round > 0) theirs.push(time);
        else times = Math.max(1, Math.ceil(least / Math.max(time, 1)));
        return read;
      },
    ] as const;
    const [one, other] = (round % 2 === 0 ? sides : sides.toReversed()).map((side) => side());
    if (one === undefined || one !== other) throw new Error(`${subject.what}: ${String(one)} on one side, ${String(other)} on the other.`);
    rows = one;
    firsts.push(firstRow(vault, subject));
  }
  const ratio = median(ours.map((time, i) => time / (theirs[i] ?? NaN)));
  console.log(
    `  ${subject.what.padEnd(22)} ${[median(firsts), median(ours), median(theirs)].map((time) => time.toFixed(1).padStart(8)).join('')} ${ratio.toFixed(2).padStart(6)}   ${rows}`,
  );
  verdicts.push({ what: `${subject.what}, time beside SQL by hand`, figure: ratio, unit: 'times', budget: 1.1 });
  if (!subject.whole) verdicts.push({ what: `${subject.what}, first row`, figure: median(firsts), unit: 'ms', budget: 100 });
}

if (wanted === '') {
  verdicts.push(...(await measureScripts()), ...measureMemory(), ...(await measureFilterTyping()));
}
hand.close();
vault.close();
console.log('');
process.exitCode = report(verdicts) ? 0 : 1;

/** A script column over every person, from SQLite and back: rows for each second that the processor worked. */
async function measureScripts(): Promise<readonly Verdict[]> {
  const filter = "select p.id, script $$ return p.firstName[0] + '. ' + p.lastName $$ as shortName from hr.persons as p";
  await prepareScripts({ filters: new Map([['Scripts', { path: '', name: 'Scripts', model: readFilter(filter) }]]) });
  const speeds: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const before = process.cpuUsage();
    readAll(vault.query(queryOf({ filter })));
    const { user, system } = process.cpuUsage(before);
    if (round > 0) speeds.push(sizes.persons / ((user + system) / 1_000_000));
  }
  console.log(`\nA script column: ${Math.round(median(speeds)).toLocaleString('en')} rows a second and core`);
  return [
    {
      what: 'a script column, as a share of 200,000 rows a second and core',
      figure: median(speeds) / 200_000,
      unit: 'times',
      budget: 1,
      atLeast: true,
    },
  ];
}

function measureMemory(): readonly Verdict[] {
  const peaks = [20_000, 2_000_000].map((rows) => {
    const found = [1, 2, 3].map(() => {
      const printed = execFileSync(process.execPath, [
        '--expose-gc',
        '--max-semi-space-size=4',
        join(import.meta.dirname, 'filter/subject.ts'),
        path,
        String(rows),
      ]);
      return JSON.parse(printed.toString()) as { readonly megabytes: number; readonly read: string };
    });
    console.log(
      `Peak over the idle engine: ${found.map(({ megabytes }) => megabytes.toFixed(0)).join(', ')} MB for ${found[0]?.read ?? ''}`,
    );
    return median(found.map(({ megabytes }) => megabytes));
  });
  const [few = NaN, many = NaN] = peaks;
  return [{ what: 'peak memory for 2,000,000 rows over that for 20,000', figure: many - few, unit: 'MB', budget: 20 }];
}
