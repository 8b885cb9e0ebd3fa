import { join } from 'node:path';
import { expect, test } from 'vitest';
import { printRoles } from '../../../engine/cli/output/roles.ts';
import { inspectRoles } from '../../../engine/run/roles/inspect-roles.ts';
import type { GroupReport, RoleReport } from '../../../engine/run/roles/role-report.ts';
import { openSmall, options, smallFolder, smallTables, vaultOf, withTable, type Tables } from '../plan/small.ts';

function inspect(
  files: Readonly<Record<string, unknown>> = {},
  given: { readonly tables?: Tables; readonly allow?: readonly string[]; readonly model?: string } = {},
): RoleReport {
  const vault = vaultOf(given.tables);
  try {
    return inspectRoles(openSmall(files), vault, given.model ?? 'next', { ...options, allowIncomplete: new Set(given.allow) });
  } finally {
    vault.close();
  }
}

/** `add u2`, `stay u1`, … of one group; `!` marks what is blocked. */
function linesOf(report: RoleReport, group: string): readonly string[] {
  return groupOf(report, group).members.map(({ change, member, blocked }) => `${change} ${member}${blocked === undefined ? '' : '!'}`);
}

function groupOf(report: RoleReport, group: string): GroupReport {
  const found = report.groups.find((candidate) => candidate.group === group);
  if (!found) throw new Error(`no group ${group}`);
  return found;
}

const model = (more: object): Readonly<Record<string, unknown>> => ({ 'roles/next/model.json': { state: 'development', ...more } });
const role = (more: object): Readonly<Record<string, unknown>> => ({
  'roles/next/Builders.json': {
    filter: 'Team',
    parameters: { team: 'build' },
    groups: [{ system: 'dir', member: 'account', groups: ['g1', 'g2'] }],
    ...more,
  },
});
const leavers = { filter: 'Leavers', column: 'account' };

test('the soll of a group is the union over its roles; both sides, with reasons and the request', () => {
  const report = inspect();
  expect(linesOf(report, 'g1')).toEqual(['add u2', 'add u3', 'remove u5', 'stay u1']);
  expect(linesOf(report, 'g2')).toEqual(['add u1', 'remove u2', 'stay u3']);
  expect(groupOf(report, 'g1').members.find(({ member }) => member === 'u3')).toMatchObject({
    roles: ['Builders', 'Everybody'],
    inIst: false,
    reasons: [
      'soll: role Builders, by the filter Team with team = "build"',
      'soll: role Everybody, by the filter People',
      'ist: not a member of Staff',
    ],
    request: { verb: 'POST', url: 'http://127.0.0.1:1/groups/g1/members', body: '{"value":"u3"}' },
  });
  expect(groupOf(report, 'g1').members.find(({ member }) => member === 'u5')?.request?.body).toBe(
    '{"op":"remove","path":"members[value eq \\"u5\\"]"}',
  );
  // A group no role names is not managed.
  expect(report.groups.map(({ group }) => group)).toEqual(['g2', 'g1']);
});

test.each([
  ['grant: false', { grant: false }, ['remove u5', 'withheld u2', 'withheld u3', 'stay u1']],
  ['revoke: false', { revoke: false }, ['add u2', 'add u3', 'kept u5', 'stay u1']],
  ['include', { include: leavers }, ['remove u5', 'withheld u2', 'withheld u3', 'stay u1']],
  ['exclude', { exclude: leavers }, ['add u2', 'add u3', 'kept u5', 'stay u1']],
] as const)('scope %s', (_, scope, wanted) => {
  expect(linesOf(inspect(model({ scope: [{ system: 'dir', ...scope }] })), 'g1')).toEqual(wanted);
});

test('several scope entries for one system narrow each other', () => {
  const scope = [
    { system: 'dir', exclude: leavers },
    { system: 'dir', grant: false },
  ];
  expect(linesOf(inspect(model({ scope })), 'g1')).toEqual(['withheld u2', 'withheld u3', 'kept u5', 'stay u1']);
});

test('a member or a group that the vault does not know cannot be added, and is shown', () => {
  const noU3 = inspect({}, { tables: withTable('dir.users', { rows: smallTables['dir.users']!.rows.filter(([id]) => id !== 'u3') }) });
  expect(linesOf(noU3, 'g1')).toContain('unknown u3');
  const report = inspect(role({ groups: [{ system: 'dir', member: 'account', groups: ['g1', 'g77'] }] }));
  expect(linesOf(report, 'g77')).toEqual(['unknown u1', 'unknown u3']);
  expect(report.attention).toContain('dir has no group g77, which Builders names. Check the key, or collect dir again.');
});

test.each([
  ['empty', withTable('dir.groups', { rows: [] }), 'dir.groups is empty'],
  [
    'capped',
    withTable('dir.members', { evidence: { complete: false, caps: ['Stopped after 5 rows.'] } }),
    'dir.members is not proven complete: Stopped after 5 rows.',
  ],
  ['incomplete, of a filter', withTable('hr.persons', { evidence: { complete: false } }), 'hr.persons is not proven complete.'],
])('no removal rests on a table that is %s; one table can be allowed', (_, tables, why) => {
  const report = inspect({}, { tables });
  expect(linesOf(report, 'g1')).toContain('remove u5!');
  expect(report.attention.find((line) => line.startsWith('No removal can be planned.'))).toContain(why);
  expect(report.guards.map(({ count }) => count)).toEqual([0, 0]);
  const table = why.split(' ')[0]!;
  expect(linesOf(inspect({}, { tables, allow: [table] }), 'g1')).toContain('remove u5');
  expect(linesOf(inspect({}, { tables, allow: ['dir.users'] }), 'g1')).toContain('remove u5!');
});

test('a table that was never collected, or without its key column, stops the inspection', () => {
  const { 'dir.members': _, ...others } = smallTables;
  expect(() => inspect({}, { tables: others })).toThrow('dir.members has not been collected yet');
  expect(() => inspect({}, { tables: withTable('dir.members', { columns: { group: 'text' }, rows: [['g1']] }) })).toThrow(
    'dir.members was collected without its column "user"',
  );
});

test('guards of the workspace count per group, and a model may set its own', () => {
  const settings = { 'sollist.json': { name: 'Small', guards: { remove: { count: 0 } } } };
  expect(inspect(settings).guards).toMatchObject([
    { tripped: true, count: 1, base: 2 },
    { tripped: true, count: 1, base: 2 },
  ]);
  expect(inspect(settings).attention[0]).toMatch(/^The guard stops role model next, group Builders/);
  expect(inspect({ ...settings, ...model({ guards: { remove: { count: 1 } } }) }).guards.map(({ tripped }) => tripped)).toEqual([
    false,
    false,
  ]);
});

test('newly managed groups are those that no model in force manages', () => {
  const inForce = {
    'roles/now/model.json': { state: 'active' },
    'roles/now/Staff.json': { filter: 'People', groups: [{ system: 'dir', member: 'account', groups: ['g1'] }] },
  };
  const first = (report: RoleReport): string | undefined => report.attention.find((line) => line.startsWith('Managed for the first time'));
  expect(first(inspect())).toContain('Builders (1 now), Staff (1 now)');
  expect(first(inspect(inForce))).toMatch(/: Builders \(1 now\)\.$/);
  expect(first(inspect(inForce, { model: 'now' }))).toBeUndefined();
});

test('a built-in group is warned about by name, and so is a role that gives nobody', () => {
  const tables = withTable('dir.groups', {
    rows: [
      ['g1', 'Domain Admins'],
      ['g2', 'Builders'],
    ],
  });
  const { attention } = inspect(role({ parameters: { team: 'nobody' } }), { tables });
  expect(attention).toContain(
    'Domain Admins is a built-in directory group. Managing it by roles has locked people out; take it out of the model.',
  );
  expect(attention).toContain('Role Builders: its filter gives nobody, so everybody whom no other role names would be removed.');
});

test('a member key that would end the quoted selector of a removal blocks it', () => {
  const evil = 'x"] or members[value pr';
  const members = withTable('dir.members', { rows: [...smallTables['dir.members']!.rows, ['g1', evil]] });
  const line = groupOf(inspect({}, { tables: members }), 'g1').members.find(({ member }) => member === evil);
  expect(line).toMatchObject({ change: 'remove', blocked: expect.stringContaining('would end the quoted text') as string });
  expect(line?.request).toBeUndefined();
});

test.each([
  ['an unknown member column', role({ groups: [{ system: 'dir', member: 'acount', groups: ['g1'] }] }), 'Did you mean "account"?'],
  [
    'an unknown scope column',
    model({ scope: [{ system: 'dir', exclude: { filter: 'Leavers', column: 'acount' } }] }),
    'Did you mean "account"?',
  ],
  ['a switch that is no true or false', model({ scope: [{ system: 'dir', revoke: 'no' }] }), '"revoke" must be true or false'],
  [
    'an unknown membership table',
    role({ groups: [{ system: 'dir', membership: 'member', member: 'account', groups: ['g1'] }] }),
    'Did you mean "members"?',
  ],
  ['an unknown parameter', role({ parameters: { team: 'build', sise: 1 } }), 'Did you mean "size"?'],
  [
    'a parameter of another type',
    role({ parameters: { team: 'build', size: 'big' } }),
    'Filter Team: the value given for the parameter "size" is not a number.',
  ],
  ['a parameter without a value', role({ parameters: {} }), 'Filter Team: the parameter "team" has no default and was given no value.'],
  ['a role that is not JSON', { 'roles/next/Builders.json': '{' }, 'roles/next/Builders.json:1:'],
])('%s is refused before anybody would be removed', (_, files, message) => {
  expect(() => inspect(files)).toThrow(message);
});

test('an unknown model is named with those there are', () => {
  expect(() => inspect({}, { model: 'nxt' })).toThrow('There is no role model "nxt" in roles/. Did you mean "next"? There are: next.');
});

test('the printed report', async () => {
  await expect(printRoles(inspect(), { colour: false, all: true, reasons: true, basis: true })).toMatchFileSnapshot(
    join(smallFolder, 'roles.txt'),
  );
});
