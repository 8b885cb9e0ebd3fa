import { describe, expect, it } from 'vitest';
import { findTable, type Connector } from '../../../engine/model/connector/connector.ts';
import { applyOverlay, type Overlay } from '../../../engine/model/connector/overlay.ts';
import { readConnector } from '../../../engine/model/connector/read-connector.ts';
import { parseJson } from '../../../engine/model/text/json.ts';
import connectorSchema from '../../../schemas/connector.schema.json' with { type: 'json' };
import overlaySchema from '../../../schemas/overlay.schema.json' with { type: 'json' };

function read(tables: Readonly<Record<string, unknown>>): Connector {
  return readConnector(parseJson(JSON.stringify({ schema: { crud_objects: tables } }), { strict: true }).root);
}

const connector = read({
  users: {
    key: 'id',
    operations: {
      users_get: { method: 'get', call: { mode: 'iteration', table: 'tenants', iterator: 'id', base: { tenant: '{iterator}' } } },
    },
    resources: {
      id: 'string*',
      name: { first: 'string*', last: 'string*' },
      emails: [{ address: 'string*' }],
      phones: [{ number: 'string*' }],
    },
  },
  groups: { key: 'id', operations: {}, resources: { id: 'string*' } },
});

const path = 'overlays/hr.json';

function overlay(tables: Readonly<Record<string, unknown>>): Overlay {
  return { path, tables: read(tables).tables };
}

/** The columns of a table after an overlay: `name`, and `name!` for those that the overlay declares. */
function columns(resources: Readonly<Record<string, unknown>>, table = 'users'): readonly string[] {
  const found = findTable(applyOverlay(connector, overlay({ users: { resources } })), table);
  return (found?.columns ?? []).map(({ name, file }) => (file === path ? `${name}!` : name));
}

const own = ['id', 'first', 'last', 'emails', 'phones', 'tenant'];

describe('an overlay', () => {
  it('adds columns at the end', () => {
    expect(columns({ badge: 'string*', 'Employee ID': 'string' })).toEqual([...own, 'badge!', 'Employee ID!']);
  });

  it('adds nested columns, named as those of a connector', () => {
    expect(columns({ custom: { hr: { id: '_:string*', 'ic.source': 'string*' } } })).toEqual([...own, 'custom_hr_id!', 'ic.source!']);
    expect(columns({ name: { nick: 'string*' } })).toEqual([...own, 'nick!']);
  });

  it('replaces a column where it stands', () => {
    const users = findTable(applyOverlay(connector, overlay({ users: { resources: { name: { first: '_:number' } } } })), 'users');
    expect(users?.columns.map(({ name, file }) => (file ? `${name}!` : name))).toEqual([
      'id',
      'name_first!',
      'last',
      'emails',
      'phones',
      'tenant',
    ]);
    expect(users?.columns[1]).toMatchObject({ type: 'number', selected: false, path: ['name', 'first'] });
  });

  it('replaces a column of the same name, also one that base adds', () => {
    expect(columns({ person: { last: 'string*' } })).toEqual(['id', 'first', 'last!', 'emails', 'phones', 'tenant']);
    expect(columns({ tenant: '_nim*' })).toEqual(['id', 'first', 'last', 'emails', 'phones', 'tenant!']);
  });

  it('replaces an object by a value and a value by an object', () => {
    expect(columns({ name: 'string*' })).toEqual(['id', 'name!', 'emails', 'phones', 'tenant']);
    expect(columns({ id: { local: 'string*', global: 'string*' } })).toEqual([
      'local!',
      'global!',
      'first',
      'last',
      'emails',
      'phones',
      'tenant',
    ]);
  });

  it('adds columns to a child table, and makes new ones', () => {
    expect(columns({ emails: [{ kind: 'string*' }] })).toEqual(own);
    expect(columns({ emails: [{ kind: 'string*' }] }, 'users_emails')).toEqual(['users_id', 'address', 'kind!']);
    const cards = { cards: [{ number: 'string*', doors: [{ door: 'string*' }] }] };
    expect(columns(cards)).toEqual([...own, 'cards!']);
    expect(columns(cards, 'users_cards')).toEqual(['users_id!', 'number!', 'doors!']);
    expect(columns(cards, 'users_cards_doors')).toEqual(['users_cards_users_id!', 'door!']);
    const table = findTable(applyOverlay(connector, overlay({ users: { resources: cards } })), 'users_cards');
    expect(table).toMatchObject({ file: path, parent: { table: 'users', path: ['cards'], column: 'users_id' } });
    // Below an array of the connector a new one hangs on that child table.
    expect(columns({ emails: [{ uses: [{ use: 'string*' }] }] }, 'users_emails_uses')).toEqual(['users_emails_users_id!', 'use!']);
  });

  it('takes a child table away with its array', () => {
    const applied = applyOverlay(connector, overlay({ users: { resources: { phones: ['string*'] } } }));
    expect(applied.tables.map(({ name }) => name)).toEqual(['users', 'users_emails', 'groups']);
    expect(findTable(applied, 'users')?.columns.find(({ name }) => name === 'phones')).toMatchObject({ type: 'list', file: path });
  });

  it('leaves tables alone that it does not name, and does not make tables', () => {
    const laid = overlay({ users: { resources: { badge: 'string*' } }, strangers: { resources: { id: 'string*' } } });
    const applied = applyOverlay(connector, laid);
    expect(applied.tables.map(({ name }) => name)).toEqual(['users', 'users_emails', 'users_phones', 'groups']);
    expect(findTable(applied, 'groups')).toBe(findTable(connector, 'groups'));
    expect(findTable(applied, 'users')?.operations).toBe(findTable(connector, 'users')?.operations);
    expect(applyOverlay(connector, laid)).toBe(applied);
    // The connector itself stays what it is for every other system.
    expect(findTable(connector, 'users')?.columns.map(({ name }) => name)).toEqual(own);
  });
});

describe('the schema of overlays', () => {
  it('has the resources of connectors', () => {
    expect(overlaySchema.definitions.resource).toEqual(connectorSchema.definitions.resource);
    expect(overlaySchema.definitions.handlerCall).toEqual(connectorSchema.definitions.handlerCall);
  });

  it('has a text for every property, with its default and an example', () => {
    const { properties, definitions } = overlaySchema;
    const all = [properties.$schema, properties.schema, properties.schema.properties.crud_objects, definitions.table.properties.resources];
    for (const { description } of all) expect(description).toMatch(/^.{10,} Default: .+ Example: /s);
  });
});
