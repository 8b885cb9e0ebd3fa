import { describe, expect, test } from 'vitest';
import { readSettings } from '../../../engine/model/settings/settings.ts';
import { parseJson } from '../../../engine/model/text/json.ts';
import { checkWorkspace } from '../../../engine/model/workspace/check-workspace.ts';
import { createWorkspaceReader } from '../../../engine/model/workspace/read-workspace.ts';
import { wrapTables } from '../../support/connector.ts';

/** Two tables without a key column of theirs, and nothing else that is wrong with them. */
const connector = wrapTables(`
  "users": { "key": "nr", "operations": { "users_get": { "method": "get", "call": { "path": "/users" } } }, "resources": { "id": "string*" } },
  "groups": { "key": "nr", "operations": { "groups_get": { "method": "get", "call": { "path": "/groups" } } }, "resources": { "id": "string*" } }`);
const filter = "parameter since date default '2026-01-01'\nselect p.id from hr.users as p";

/** What is found in a workspace whose settings say this of problems, as `path code severity`. */
function found(problems: unknown, files: Readonly<Record<string, string>> = {}): readonly string[] {
  const all = {
    'sollist.json': JSON.stringify({ name: 'Test', problems }),
    'connectors/HR.json': connector,
    'systems/hr.json': '{ "connector": "HR", "connection": { "tenant_id": "x" }, "tables": { "users": {} } }',
    'filters/Since.filter': filter,
    ...files,
  };
  return checkWorkspace(createWorkspaceReader()(new Map(Object.entries(all))))
    .filter(({ code }) => ['unknown-key-column', 'parameter-unused', 'not-json'].includes(code) || isOfSettings(code))
    .map(({ path, code, severity }) => `${path} ${code} ${severity}`);
}

function isOfSettings(code: string): boolean {
  return [
    'unknown-code',
    'unused-suppression',
    'cannot-suppress',
    'wrong-value',
    'unknown-value',
    'wrong-type',
    'unknown-property',
  ].includes(code);
}

const key = 'connectors/HR.json unknown-key-column warning';
const unused = 'filters/Since.filter parameter-unused hint';
const at = '/schema/crud_objects/groups/key';

test('without settings everything is shown as it is', () => {
  expect(found(undefined)).toEqual([key, key, unused]);
  expect(found({})).toEqual([key, key, unused]);
});

describe('severities', () => {
  test('replace those of the problems', () => {
    expect(found({ severities: { 'unknown-key-column': 'info', 'parameter-unused': 'error' } })).toEqual([
      'connectors/HR.json unknown-key-column info',
      'connectors/HR.json unknown-key-column info',
      'filters/Since.filter parameter-unused error',
    ]);
  });

  test('that are off silence the code everywhere', () => {
    expect(found({ severities: { 'unknown-key-column': 'off', 'parameter-unused': 'off' } })).toEqual([]);
  });

  test('that are none change nothing, and the schema says so', () => {
    expect(found({ severities: { 'unknown-key-column': 'loud' } })).toEqual([key, key, unused, 'sollist.json unknown-value error']);
  });

  test('for a code nobody has are a hint', () => {
    expect(found({ severities: { 'unknown-key-colum': 'off' } })).toEqual([key, key, unused, 'sollist.json unknown-code hint']);
  });

  test('cannot silence a file that is not read', () => {
    expect(found({ severities: { 'not-json': 'off' } }, { 'connectors/HR.json': '{' })).toContain('connectors/HR.json not-json error');
    expect(found({ severities: { 'not-json': 'off' } })).toContain('sollist.json cannot-suppress hint');
  });
});

describe('suppressions', () => {
  const one = (more: object = {}): object => ({ suppressed: [{ code: 'unknown-key-column', ...more }] });

  test('take away the finding at their place alone', () => {
    expect(found(one({ file: 'connectors/HR.json', at }))).toEqual([key, unused]);
  });

  test('without a place take those of the file, without a file those of all', () => {
    expect(found(one({ file: 'connectors/HR.json' }))).toEqual([unused]);
    expect(found(one())).toEqual([unused]);
    expect(found(one({ at }))).toEqual([key, unused]);
  });

  test('of a filter have no place', () => {
    expect(found({ suppressed: [{ code: 'parameter-unused', file: 'filters/Since.filter' }] })).toEqual([key, key]);
    expect(found({ suppressed: [{ code: 'parameter-unused', file: 'filters/Since.filter', at: '' }] })).toEqual([
      key,
      key,
      unused,
      'sollist.json unused-suppression hint',
    ]);
  });

  test.for([
    { file: 'connectors/HR.json', at: '/schema/crud_objects/users/name' },
    { file: 'connectors/Gone.json' },
    { file: 'systems/hr.json' },
    { at: '/key' },
  ])('that take nothing are said to be unused: %o', (more) => {
    expect(found(one(more))).toEqual([key, key, unused, 'sollist.json unused-suppression hint']);
  });

  test('are not called unused while what they are about is half typed', () => {
    expect(found(one({ file: 'connectors/HR.json' }), { 'connectors/HR.json': connector.slice(0, -4) })).not.toContain(
      'sollist.json unused-suppression hint',
    );
    expect(found(one(), { 'filters/Since.filter': 'select' })).not.toContain('sollist.json unused-suppression hint');
    const ofFilter = { suppressed: [{ code: 'unknown-column', file: 'filters/Since.filter' }] };
    expect(found(ofFilter)).toContain('sollist.json unused-suppression hint');
    expect(found(ofFilter, { 'systems/hr.json': '{ "connector": ' })).not.toContain('sollist.json unused-suppression hint');
  });

  test('are not called unused where only a run could tell', () => {
    expect(found({ suppressed: [{ code: 'output-field-missing', file: 'connectors/HR.json' }] })).toEqual([key, key, unused]);
  });

  test('come before severities, so a code that is off leaves them in use', () => {
    expect(found({ ...one(), severities: { 'unknown-key-column': 'off' } })).toEqual([unused]);
  });

  test('that are not finished suppress nothing', () => {
    expect(found(one({ file: 7 }))).toEqual([key, key, unused, 'sollist.json wrong-type error']);
    expect(found({ suppressed: [{ file: 'connectors/HR.json' }, 5, null] }).slice(0, 2)).toEqual([key, key]);
    expect(found(one({ file: 'connectors/HR.json', at: 'schema' }))).toContain('sollist.json wrong-value error');
  });

  test('cannot take away that a file is not read', () => {
    const broken = { suppressed: [{ code: 'not-json' }] };
    expect(found(broken, { 'connectors/HR.json': '{' })).toContain('connectors/HR.json not-json error');
    expect(found(broken)).toContain('sollist.json cannot-suppress hint');
  });

  test('can take away what is said about suppressions', () => {
    const gone = { code: 'unknown-key-column', file: 'connectors/Gone.json' };
    expect(found({ suppressed: [gone, { code: 'unused-suppression', file: 'sollist.json' }] })).toEqual([key, key, unused]);
    expect(found({ suppressed: [gone], severities: { 'unused-suppression': 'off' } })).toEqual([key, key, unused]);
  });
});

test('settings that are of any other form are read without a word of ours', () => {
  for (const problems of [
    'null',
    '[]',
    '7',
    '{ "severities": [], "suppressed": {} }',
    '{ "severities": { "a": null } }',
    '{"suppressed":[[]]}',
  ]) {
    const { problems: read } = readSettings(parseJson(`{ "problems": ${problems} }`, { strict: false }).root);
    expect([read.severities.size, read.suppressed.length], problems).toEqual([0, 0]);
  }
});
