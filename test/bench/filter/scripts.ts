import { performance } from 'node:perf_hooks';
import { loadScripts } from '../../../engine/run/scripts/load-scripts.ts';
import type { ScriptColumn, ScriptInput } from '../../../engine/model/script/script-stage.ts';

/** How many rows a second scripts work off, in batches of a thousand, without the database around them: `node test/bench/filter/scripts.ts`. */
const rounds = 200;
const batch = 1000;

const inputs: readonly ScriptInput[] = [
  { alias: 'p', column: 'firstName', type: 'text', index: 0 },
  { alias: 'p', column: 'lastName', type: 'text', index: 1 },
  { alias: 'a', column: 'mail', type: 'text', index: 3 },
  { alias: 'a', column: 'active', type: 'boolean', index: 4 },
];
const subjects: readonly (readonly [string, readonly ScriptColumn[]])[] = [
  ['short name of two columns', [{ name: 'shortName', type: 'any', code: "return p.firstName[0] + '. ' + p.lastName" }]],
  [
    'guarded, from data',
    [{ name: 'mail', type: 'text', code: "return data['a'] && data['a']['mail'] ? data['a']['mail'].toLowerCase() : ''" }],
  ],
  [
    'two scripts',
    [
      { name: 'shortName', type: 'any', code: "return p.firstName[0] + '. ' + p.lastName" },
      { name: 'active', type: 'boolean', code: 'try { return a.active } catch (e) { return false }' },
    ],
  ],
];

const create = await loadScripts();
const rows = Array.from({ length: batch }, (_, i) => [
  `First${i}`,
  `Last${i}`,
  i % 3 === 0 ? null : i,
  i % 3 === 0 ? null : `person${i}@example.test`,
  i % 3 === 0 ? null : i % 2,
]);
for (const [title, columns] of subjects) {
  const runner = create(
    { inputs, presences: [{ alias: 'a', index: 2 }], columns },
    { exists: () => false, globals: new Map(), timeZone: 'UTC' },
  );
  for (let i = 0; i < 20; i++) runner.run(rows);
  const begun = performance.now();
  const before = process.cpuUsage();
  for (let i = 0; i < rounds; i++) runner.run(rows);
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1_000_000;
  runner.dispose();
  const each = ((performance.now() - begun) * 1000) / (rounds * batch);
  console.log(
    `${title}: ${Math.round((rounds * batch) / seconds).toLocaleString('en')} rows per second and core (${each.toFixed(2)} µs a row by the clock)`,
  );
}
