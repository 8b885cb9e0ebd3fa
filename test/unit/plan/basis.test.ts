import { expect, test } from 'vitest';
import { basisFrom, basisOf, originNotes, whyNoRemoval } from '../../../engine/run/plan/basis.ts';
import type { DataBasis } from '../../../engine/run/plan/plan.ts';
import { vaultOf, withTable } from './small.ts';

const good: DataBasis = { system: 'a', table: 'good', rows: 3, collectedAt: '2026-05-10T08:00:00.000Z', complete: true, notes: [] };
const bad: DataBasis = { ...good, table: 'bad', complete: false, notes: ['Stopped after 3 rows.', '2 parents were skipped.'] };
const empty: DataBasis = { ...good, table: 'empty', rows: 0 };
const never: DataBasis = { system: 'a', table: 'never', rows: 0, complete: false, notes: ['never collected'] };

test.each([
  { basis: [good], allowed: [], wanted: undefined },
  { basis: [], allowed: [], wanted: undefined },
  {
    basis: [good, bad],
    allowed: [],
    wanted:
      'a.bad is not proven complete: Stopped after 3 rows; 2 parents were skipped. Collect it whole, or allow it for this run with --allow-incomplete a.bad.',
  },
  { basis: [good, bad], allowed: ['a.bad'], wanted: undefined },
  { basis: [bad], allowed: ['a.good'], wanted: /^a\.bad is not proven/ },
  { basis: [empty], allowed: [], wanted: /^a\.empty is empty/ },
  { basis: [empty], allowed: ['a.empty'], wanted: undefined },
  { basis: [never], allowed: ['a.never'], wanted: 'a.never was never collected. Collect a first.' },
  { basis: [bad, empty], allowed: ['a.bad'], wanted: /^a\.empty is empty/ },
  { basis: [bad, empty], allowed: [], wanted: /^a\.bad is not.* a\.empty is empty/ },
])('$basis.length tables, allowed $allowed', ({ basis, allowed, wanted }) => {
  const why = whyNoRemoval(basis, new Set(allowed));
  if (wanted instanceof RegExp) expect(why).toMatch(wanted);
  else expect(why).toBe(wanted);
});

test('what capped a table stands among its reasons', () => {
  const vault = vaultOf(
    withTable('dir.users', { evidence: { complete: false, caps: ['Stopped after 5 rows, as asked.'], notes: ['odd'] } }),
  );
  try {
    const [persons, users] = basisOf(vault, [
      { system: 'hr', table: 'persons' },
      { system: 'dir', table: 'users' },
      { system: 'dir', table: 'users' },
    ]).toReversed();
    expect(users).toEqual({
      system: 'dir',
      table: 'users',
      rows: 5,
      collectedAt: '2026-05-10T08:00:00.000Z',
      complete: false,
      notes: ['Stopped after 5 rows, as asked.', 'odd'],
    });
    expect(persons).toMatchObject({ table: 'persons', complete: true, notes: [] });
    expect(basisOf(vault, [{ system: 'dir', table: 'gone' }])).toEqual([
      { system: 'dir', table: 'gone', rows: 0, complete: false, notes: ['never collected'] },
    ]);
  } finally {
    vault.close();
  }
});

test('each table stands once, by name', () => {
  expect(basisFrom([good, bad, good]).map(({ table }) => table)).toEqual(['bad', 'good']);
});

test.each([
  [{ state: 'failed', at: 1, message: 'dir: nothing answers.' }, 'the last attempt to collect it failed (dir: nothing answers)'],
  [{ state: 'cancelled', at: 1 }, 'the last attempt to collect it was cancelled'],
  [{ state: 'not-reached', at: 1 }, 'the last attempt to collect it did not get to it'],
] as const)('a table whose last attempt was $state is not complete', (attempt, note) => {
  const vault = vaultOf();
  try {
    vault.noteAttempt('dir', 'users', attempt);
    const basis = basisOf(vault, [{ system: 'dir', table: 'users' }]);
    expect(basis).toMatchObject([{ complete: false, rows: 5, notes: [note] }]);
    expect(whyNoRemoval(basis, new Set())).toBe(
      `dir.users is not proven complete: ${note}. Collect it whole, or allow it for this run with --allow-incomplete dir.users.`,
    );
    expect(whyNoRemoval(basis, new Set(['dir.users']))).toBeUndefined();
  } finally {
    vault.close();
  }
});

test('a version that was put into use again is named at the top of what rests on it', () => {
  const vault = vaultOf();
  try {
    const [old] = vault.versions('dir', 'users');
    const staging = vault.stage('dir', 'users', [{ name: 'id', type: 'text' }]);
    staging.add([['new']]);
    staging.commit({ ...(old?.evidence ?? ({} as never)), rows: 1 });
    vault.load(old?.id ?? 0, 1);
    const basis = basisOf(vault, [{ system: 'dir', table: 'users' }]);
    expect(basis).toMatchObject([{ rows: 5, loadedFromHistory: true, notes: ['it was loaded from the history'] }]);
    expect(originNotes(basis)).toEqual([
      'dir.users was loaded from the history (collected 2026-05-10); the system may say something else now.',
    ]);
  } finally {
    vault.close();
  }
});
