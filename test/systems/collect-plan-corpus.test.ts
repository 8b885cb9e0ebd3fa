import { describe, expect, test } from 'vitest';
import { getOperation, type Connector } from '../../engine/model/connector/connector.ts';
import { readConnector } from '../../engine/model/connector/read-connector.ts';
import { parseJson } from '../../engine/model/text/json.ts';
import { previewCollection, type CollectionPlan, type PlannedTable } from '../../engine/run/plan/preview-collection.ts';
import { corpusConnectors } from '../support/corpus.ts';

interface Expected {
  readonly table: string;
  readonly verb?: string;
  /** Without the query. */
  readonly address: string;
  readonly query?: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly paging: string;
  readonly pageSize?: number;
  readonly rows: string | undefined;
  /** The table whose rows are called for, and the sessions. */
  readonly per?: readonly [table: string, iterator: string, sessions: number];
}

const bearer = { authorization: 'Bearer ***', accept: 'application/json,application/xml' };
const adobe = { ...bearer, 'x-api-key': '***' };
const json = { ...bearer, accept: 'application/json' };
const basic = { authorization: 'Basic ***', accept: 'application/json' };
const post = { ...bearer, 'content-type': 'application/json' };

/** What the documentation of the systems, and of the format, says each of these asks for. */
const expectations: Readonly<Record<string, readonly Expected[]>> = {
  'Adobe Cloud.json': [
    {
      table: 'users',
      address: 'https://usermanagement.adobe.io/v2/usermanagement/users/{org_id}/0',
      headers: adobe,
      paging: 'url',
      rows: 'users',
    },
    {
      table: 'groups',
      address: 'https://usermanagement.adobe.io/v2/usermanagement/groups/{org_id}/0',
      headers: adobe,
      paging: 'url',
      rows: 'groups',
    },
    {
      table: 'groupMembers',
      address: 'https://usermanagement.adobe.io/v2/usermanagement/users/{org_id}/0/{groups.groupId}',
      headers: adobe,
      paging: 'url',
      rows: 'users',
      per: ['groups', 'groupId', 1],
    },
  ],
  'D2L Brightspace.json': [
    {
      table: 'Users',
      address: 'https://{tenant_id}/d2l/api/lp/1.44/users%2F',
      query: [['limit', '100']],
      headers: bearer,
      paging: 'url',
      rows: 'Items',
    },
    {
      table: 'Roles',
      address: 'https://{tenant_id}/d2l/api/lp/1.44/roles%2F',
      query: [['limit', '100']],
      headers: bearer,
      paging: 'url',
      rows: undefined,
    },
    {
      table: 'UserAttributes',
      address: 'https://{tenant_id}/d2l/api/lp/1.44/attributes/users/{Users.UserId}',
      query: [['limit', '100']],
      headers: bearer,
      paging: 'url',
      rows: 'Attributes',
      per: ['Users', 'UserId', 20],
    },
  ],
  'Google.json': [
    {
      table: 'users',
      address: 'https://www.googleapis.com/admin/directory/v1/users',
      query: [
        ['customer', 'my_customer'],
        ['projection', 'FULL'],
      ],
      headers: bearer,
      paging: 'google',
      rows: 'users',
    },
    // Neither says where its rows are; the handling does.
    {
      table: 'groups',
      address: 'https://www.googleapis.com/admin/directory/v1/groups',
      query: [['customer', 'my_customer']],
      headers: bearer,
      paging: 'google',
      rows: 'groups',
    },
    {
      table: 'members',
      address: 'https://www.googleapis.com/admin/directory/v1/groups/{groups.id}/members',
      query: [
        ['customer', 'my_customer'],
        ['roles', 'MEMBER,OWNER,MANAGER'],
      ],
      headers: bearer,
      paging: 'google',
      rows: 'members',
      per: ['groups', 'id', 10],
    },
    {
      table: 'drive_drives',
      address: 'https://www.googleapis.com/drive/v3/drives',
      query: [
        ['useDomainAdminAccess', 'true'],
        ['fields', '*'],
      ],
      headers: bearer,
      paging: 'google',
      rows: 'drives',
    },
    {
      table: 'license_assignments',
      address: 'https://licensing.googleapis.com/apps/licensing/v1/product/{licenses.productId}/sku/{licenses.skuId}/users',
      query: [['customerId', '{customer_id}']],
      headers: bearer,
      paging: 'google',
      rows: 'items',
      per: ['licenses', 'skuId', 10],
    },
    {
      table: 'groups_settings',
      address: 'https://www.googleapis.com/groups/v1/groups/{groups.email}',
      query: [
        ['alt', 'json'],
        ['customer', 'my_customer'],
      ],
      headers: bearer,
      paging: 'google',
      rows: undefined,
      per: ['groups', 'email', 5],
    },
  ],
  'HelloID.json': [
    {
      table: 'groups',
      address: 'https://customer.helloid.com/api/v1/groups',
      query: [
        ['orgs', 'groupGuid,name,managedByUserGuid,isEnabled,isDefault,isDeleted,isQrEnabled'],
        ['take', '1000'],
        ['skip', '0'],
      ],
      headers: basic,
      paging: 'skip_take',
      pageSize: 1000,
      rows: undefined,
    },
    {
      table: 'roles',
      address: 'https://customer.helloid.com/api/v1/roles',
      query: [
        ['orgs', 'roleGuid,name,description,isEnabled,isDefault,isSystem,rights,users,groupGuids'],
        ['take', '1000'],
        ['skip', '0'],
      ],
      headers: basic,
      paging: 'skip_take',
      pageSize: 1000,
      rows: undefined,
    },
    {
      table: 'members',
      address: 'https://customer.helloid.com/api/v1/groups/{groups.groupGuid}',
      query: [
        [
          'orgs',
          'name,groupGuid,immutableId,isEnabled,isDefault,isQrEnabled,managedByUserGuid,users,applications,selfServiceProducts,groups,selfServiceCategories',
        ],
        ['take', '1000'],
        ['skip', '0'],
      ],
      headers: basic,
      paging: 'skip_take',
      pageSize: 1000,
      rows: undefined,
      per: ['groups', 'groupGuid', 20],
    },
  ],
  'OneRoster v1.1.json': ['orgs', 'users', 'classes', 'enrollments'].map((table) => ({
    table,
    address: `https://{tenant_id}/ims/oneroster/v1p1/${table}`,
    query: [
      ['filter', "status='active'"],
      ['limit', '1000'],
      ['offset', '0'],
    ],
    headers: json,
    paging: 'skip_take',
    pageSize: 1000,
    rows: table,
  })),
  'PowerSchool.json': [
    {
      table: 'schools',
      address: 'https://customernamehere.powerschool.com/ws/v1/district/school',
      query: [
        ['page', '1'],
        ['pagesize', '100'],
      ],
      headers: bearer,
      paging: 'generic',
      pageSize: 100,
      rows: 'schools.school',
    },
    {
      table: 'sections',
      address: 'https://customernamehere.powerschool.com/ws/v1/school/{schools.id}/section',
      query: [
        ['q', 'term.start_year==2024;'],
        ['page', '1'],
        ['pagesize', '100'],
      ],
      headers: bearer,
      paging: 'generic',
      pageSize: 100,
      rows: 'sections.section',
      per: ['schools', 'id', 20],
    },
    // maxPageCount −1: no page size is sent.
    {
      table: 'enrollments',
      address: 'https://customernamehere.powerschool.com/ws/v1/section/{sections.id}/section_enrollment',
      query: [['page', '1']],
      headers: bearer,
      paging: 'generic',
      rows: 'section_enrollments.section_enrollment',
      per: ['sections', 'id', 10],
    },
    {
      table: 'contacts',
      verb: 'POST',
      address: 'https://customernamehere.powerschool.com/ws/schema/query/com.tools4ever.students.contacts.listall',
      query: [
        ['page', '1'],
        ['pagesize', '100'],
      ],
      headers: post,
      body: '{}',
      paging: 'generic',
      pageSize: 100,
      rows: 'record',
    },
    {
      table: 'schema_tables',
      address: 'https://customernamehere.powerschool.com/ws/schema/table',
      headers: bearer,
      paging: 'none',
      rows: 'tables',
    },
  ],
};

const plans = corpusConnectors().map(({ name, text }): readonly [name: string, connector: Connector, plan: CollectionPlan] => {
  const connector = readConnector(parseJson(text, { strict: true }).root);
  return [name, connector, previewCollection({ connector, name, env: {} })];
});

// Where they are not, one test stands for them and is skipped by name.
if (plans.length === 0) test.skip('the shipped connectors are planned', () => undefined);

describe.each(plans)('%s', (name, connector, plan) => {
  test('every get operation is planned down to its request', () => {
    const operations = connector.tables.filter((table) => getOperation(table));
    expect(operations.length).toBeGreaterThan(2);
    expect(plan.tables.map(({ table }) => table).toSorted()).toEqual(operations.map((table) => table.name).toSorted());
    for (const planned of plan.tables) {
      expect(planned.problem, planned.table).toBeUndefined();
      if (planned.calls?.kind !== 'constant') expect(planned.request?.url, planned.table).toMatch(/^https:\/\/[^/?]+\/./);
      // Nothing of the engine's own is left over, and no secret is there to be shown.
      expect(JSON.stringify(planned)).not.toMatch(/sollistvalue|9070503010201|\{(?:iterator|page_number|skip_count|take_count)\}"/);
    }
  });

  test('those who are iterated over come first', () => {
    const order = plan.tables.map(({ table }) => table);
    for (const { table, calls } of plan.tables)
      if (calls?.kind === 'per-row') expect(order.indexOf(calls.of), calls.of).toBeLessThan(order.indexOf(table));
  });

  const expected = expectations[name] ?? [];
  test('is one whose requests are known', () => expect(expected.length).toBeGreaterThanOrEqual(3));

  test.each(expected.map((each) => [each.table, each] as const))('%s asks as documented', (table, wanted) => {
    const planned = plan.tables.find((each) => each.table === table);
    expect(summary(planned)).toEqual({ verb: 'GET', query: [], pageSize: undefined, body: undefined, per: undefined, ...wanted });
  });
});

function summary(planned: PlannedTable | undefined): unknown {
  const [address, query = ''] = planned?.request?.url.split('?') ?? [];
  const { calls, paging } = planned ?? {};
  return {
    table: planned?.table,
    verb: planned?.request?.verb,
    address,
    query: query === '' ? [] : query.split('&').map((pair) => pair.split('=').map(decodeURIComponent)),
    headers: planned?.request?.headers,
    body: planned?.request?.body,
    paging: paging?.mode,
    pageSize: paging?.pageSize,
    rows: planned?.outputField,
    per: calls?.kind === 'per-row' ? [calls.of, calls.iterator, calls.sessions] : undefined,
  };
}
