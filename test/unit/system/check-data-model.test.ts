import { describe, expect, test } from 'vitest';
import { checkWorkspace } from '../../../engine/model/workspace/check-workspace.ts';
import { createWorkspaceReader } from '../../../engine/model/workspace/read-workspace.ts';

const get = { method: 'get', call: { mode: 'normal' } };
const connector = {
  schema: {
    crud_objects: {
      persons: {
        key: 'id',
        operations: { persons_get: get },
        resources: {
          id: 'string*',
          number: 'number*',
          mail: 'string*',
          unit: 'string*',
          chief: 'string*',
          hidden: 'string',
          mails: [{ value: 'string*' }],
        },
      },
      units: { key: 'code', operations: { units_get: get }, resources: { code: 'string*', parent: 'string*' } },
      logs: { operations: { logs_get: get }, resources: { text: 'string*' } },
      teams: { key: 'id', operations: { teams_get: get }, resources: { id: 'string*' } },
      members: {
        operations: {
          members_get: get,
          member_add: { method: 'post', call: { path: 'm' } },
          member_remove: { method: 'delete', call: { path: 'm' } },
        },
        resources: { team: 'string*', person: 'string*' },
        groupmembership: {
          add_operation: 'member_add',
          remove_operation: 'member_remove',
          member_table: 'persons',
          group_table: 'teams',
          member_attributes: { id: 'person' },
          group_attributes: { id: 'team' },
        },
      },
    },
  },
  rest: { config: { baseUrl: 'https://x.example', authentication: 'none', call_handling: 'generic', test_connection: { url: '/' } } },
};

const plain = { persons: {}, persons_mails: {}, units: {}, logs: {}, teams: {}, members: {} };

/** Problems of the systems' files and relations.json. */
function problems(tables: object, relations?: readonly object[]): readonly string[] {
  const files = new Map(
    Object.entries({
      'sollist.json': { name: 'Test' },
      'connectors/HR.json': connector,
      'systems/hr.json': { connector: 'HR', tables: { ...plain, ...tables } },
      'systems/old.json': { connector: 'HR', tables: plain },
      ...(relations && { 'relations.json': { relations } }),
    }).map(([path, content]) => [path, JSON.stringify(content, undefined, 2)] as const),
  );
  return checkWorkspace(createWorkspaceReader()(files))
    .filter(({ path }) => !path.startsWith('connectors/'))
    .map(
      ({ path, code, message, span }) =>
        `${path} ${code} ${(files.get(path) ?? '').slice(span.offset, span.offset + span.length)}: ${message}`,
    );
}

const one = (start: string, piece = ''): unknown => [expect.stringMatching(new RegExp(`^${start}.*${piece}`))];

describe('relations of a system', () => {
  test('to keys, reference keys and the table itself are in order, a circle of tables too', () => {
    expect(
      problems({
        persons: { references: ['mail'], relations: { unit: 'units', chief: ['persons', 'persons.mail'] } },
        units: { relations: { parent: 'persons' } },
        members: { relations: { team: 'teams', person: 'persons' } },
      }),
    ).toEqual([]);
  });

  test('to a plain column', () => {
    expect(problems({ units: { relations: { parent: 'persons.mail' } } })).toEqual(
      one('systems/hr.json relation-to-plain-column "persons.mail": ', 'Its key is "id"; or add "mail" to its "references"'),
    );
  });

  test('the quick fix for it completes the list of reference keys', () => {
    const text = JSON.stringify(
      { connector: 'HR', tables: { persons: { references: ['unit'] }, units: { relations: { parent: 'persons.mail' } } } },
      undefined,
      2,
    );
    const workspace = createWorkspaceReader()(
      new Map([
        ['connectors/HR.json', JSON.stringify(connector)],
        ['systems/hr.json', text],
      ]),
    );
    const fix = checkWorkspace(workspace).find(({ code }) => code === 'relation-to-plain-column')?.fixes?.[0];
    expect(fix?.title).toBe('Make "mail" a reference key of "persons"');
    const fixed = fix ? text.slice(0, fix.span.offset) + fix.text + text.slice(fix.span.offset + fix.span.length) : '';
    expect((JSON.parse(fixed) as { readonly tables: { readonly persons: object } }).tables.persons).toEqual({
      references: ['unit', 'mail'],
    });
  });

  test('to a table without a key', () => {
    expect(problems({ persons: { relations: { unit: 'logs' } } })).toEqual(
      one('systems/hr.json relation-without-key "logs": ', '"logs.<column>"'),
    );
  });

  test('between a number and a text', () => {
    expect(problems({ persons: { relations: { number: 'units' } } })).toEqual(
      one('systems/hr.json relation-types-differ "number": hr.persons.number is a number and hr.units.code a text'),
    );
  });

  test('said twice, or by the child table anyway', () => {
    expect(problems({ persons: { relations: { unit: ['units', 'units.code'] } } })).toEqual(
      one('systems/hr.json duplicate-relation "units.code": "unit" refers to hr.units.code twice'),
    );
    expect(problems({ persons_mails: { relations: { persons_id: 'persons' } } })).toEqual(
      one('systems/hr.json duplicate-relation "persons": "persons_mails" is a child table'),
    );
  });

  test('from and to columns that are not collected', () => {
    expect(problems({ persons: { display: 'hidden' } })).toEqual(
      one('systems/hr.json column-not-collected "hidden": ', 'does not select it'),
    );
    expect(problems({ persons: { columns: ['mail'], references: ['unit'], relations: { chief: 'persons' } } })).toEqual([
      expect.stringMatching(/^systems\/hr\.json column-not-collected "unit": .*Add it to "columns"/),
      expect.stringMatching(/^systems\/hr\.json column-not-collected "chief": /),
    ]);
  });

  test('of memberships that reach one side only', () => {
    expect(problems({ members: { relations: { team: 'teams' } } })).toEqual(
      one('systems/hr.json link-side-missing "members": ', 'has no relation to "persons"'),
    );
    expect(problems({ members: {} })).toEqual([]);
  });

  test('names that are not there are told once, as such', () => {
    expect(
      problems({ persons: { key: 'ids', display: 'nam', references: ['mial'], relations: { unitt: 'unit', chief: 'units.cod' } } }),
    ).toEqual([
      expect.stringMatching(/ unknown-column "ids"/),
      expect.stringMatching(/ unknown-column "nam"/),
      expect.stringMatching(/ unknown-column "mial"/),
      expect.stringMatching(/ unknown-column "unitt"/),
      expect.stringMatching(/ unknown-table "unit"/),
      expect.stringMatching(/ unknown-column "units\.cod"/),
    ]);
  });
});

describe('relations between systems', () => {
  const side = (system: string, table: string, column: string): object => ({ system, table, column });
  const mail = { left: side('hr', 'persons', 'mail'), right: side('old', 'persons', 'mail') };

  test('may join any columns of one type', () => {
    expect(problems({}, [mail])).toEqual([]);
  });

  test('twice, the other way round too', () => {
    expect(problems({}, [mail, { left: mail.right, right: mail.left }])).toEqual(
      one('relations.json duplicate-relation "old": old.persons.mail and hr.persons.mail are related already'),
    );
  });

  test('within one system', () => {
    expect(problems({}, [{ left: side('hr', 'persons', 'unit'), right: side('hr', 'units', 'code') }])).toEqual(
      one('relations.json relation-within-system "hr": Both sides are tables of "hr"'),
    );
  });

  test('of unlike types', () => {
    expect(problems({}, [{ left: side('hr', 'persons', 'number'), right: side('old', 'units', 'code') }])).toEqual(
      one('relations.json relation-types-differ "code"'),
    );
  });
});
