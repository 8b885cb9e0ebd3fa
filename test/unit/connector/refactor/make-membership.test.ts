import { describe, expect, test } from 'vitest';
import { makeMembership } from '../../../../engine/model/connector/refactor/make-membership.ts';
import { applySoundly, connectorOf, openTable, tableValue } from './support.ts';

const table = (resources: object, operations: object = {}, more: object = { key: 'id' }): object => ({ operations, ...more, resources });
const get = (path: string): object => ({ method: 'get', call: { mode: 'normal', path } });
const users = table({ id: 'string*' }, { users_get: get('/users') });
const groups = table({ id: 'string*' }, { groups_get: get('/groups') });
const through = (owner: string, path: string, base?: object): object => ({
  method: 'get',
  call: { mode: 'iteration', table: owner, iterator: 'id', path, ...(base && { base }) },
});

function made(tables: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> | undefined {
  const text = connectorOf(tables);
  const opened = openTable(text, name);
  const edits = makeMembership(opened.connector, opened.table, text);
  return edits && tableValue(applySoundly(text, edits), name);
}

describe('a membership table', () => {
  test('is one iterated over the groups, whose rows name a member', () => {
    const members = table(
      { group_id: '_nim*', user_id: 'string*' },
      { members_get: through('groups', '/groups/{iterator}/members', { group_id: '{iterator}' }) },
      {},
    );
    const after = made({ users, groups, members }, 'members');
    expect(after).toEqual({
      operations: {
        members_get: through('groups', '/groups/{iterator}/members', { group_id: '{iterator}' }),
        member_add: {
          method: 'post',
          call: { mode: 'normal', path: '/groups/{group_id}/members' },
          body: { user_id: '{user_id}' },
          semantics: 'create',
          resource_allowance_default: 'prohibited',
          resource_mandatory: ['group_id', 'user_id'],
        },
        member_remove: {
          method: 'delete',
          call: { mode: 'normal', path: '/groups/{group_id}/members/{user_id}' },
          semantics: 'delete',
          resource_allowance_default: 'prohibited',
          resource_mandatory: ['group_id', 'user_id'],
        },
      },
      groupmembership: {
        add_operation: 'member_add',
        remove_operation: 'member_remove',
        member_table: 'users',
        group_table: 'groups',
        member_attributes: { id: 'user_id' },
        group_attributes: { id: 'group_id' },
      },
      resources: { group_id: '_nim*', user_id: 'string*' },
    });
    expect(Object.keys(after ?? {})).toEqual(['operations', 'groupmembership', 'resources']);
  });

  test('uses the operations it has', () => {
    const write = (method: string, semantics: string, path: string): object => ({
      method,
      call: { path },
      semantics,
      resource_allowance_default: 'prohibited',
      resource_mandatory: ['group_id', 'id'],
    });
    const operations = {
      owners_get: through('groups', '/groups/{iterator}/owners', { group_id: '{iterator}' }),
      owner_add: write('post', 'create', '/groups/{group_id}/owners'),
      owner_remove: write('delete', 'delete', '/groups/{group_id}/owners/{id}'),
    };
    const after = made({ users, groups, owners: table({ id: 'string*', group_id: '_nim*' }, operations, {}) }, 'owners');
    expect(after?.['operations']).toEqual(operations);
    expect(after?.['groupmembership']).toMatchObject({
      add_operation: 'owner_add',
      remove_operation: 'owner_remove',
      member_attributes: { id: 'id' },
    });
  });

  test('is one iterated over the members, whose rows name a group', () => {
    const courses = table({ id: 'string*' }, { courses_get: get('/courses') });
    const taken = table(
      { course_id: 'string*', user_id: '_nim*' },
      { taken_get: through('users', '/users/{iterator}/courses', { user_id: '{iterator}' }) },
      {},
    );
    expect(made({ users, courses, taken }, 'taken')?.['groupmembership']).toMatchObject({ member_table: 'users', group_table: 'courses' });
  });

  test('whose rows stand in the group has an address below it', () => {
    const members = table(
      { group_id: '_nim*', user_id: 'string*' },
      { members_get: through('groups', '/groups/{iterator}', { group_id: '{iterator}' }) },
      {},
    );
    expect(made({ users, groups, members }, 'members')?.['operations']).toMatchObject({
      member_remove: { call: { path: '/groups/{group_id}/members/{user_id}' } },
    });
  });

  test('is one with columns for both, which then stand in the body', () => {
    const grants = table({ id: 'string*', userId: 'string*', groupId: 'string*' }, { grants_get: get('/grants') });
    const after = made({ users, groups, grants }, 'grants');
    expect(after?.['groupmembership']).toMatchObject({ member_attributes: { id: 'userId' }, group_attributes: { id: 'groupId' } });
    expect(after?.['operations']).toMatchObject({ grant_add: { body: { groupId: '{groupId}', userId: '{userId}' } } });
  });

  test.each([
    ['has one reference only', { users, orders: table({ id: 'string*', user_id: 'string*' }, { orders_get: get('/orders') }) }, 'orders'],
    [
      'is one already',
      { users, groups, m: table({ user_id: 'string', group_id: 'string' }, { m_get: get('/m') }, { groupmembership: {} }) },
      'm',
    ],
    [
      'refers to tables without a key',
      { users: table({ id: 'string' }, {}, {}), groups, m: table({ user_id: 'string', group_id: 'string' }, { m_get: get('/m') }) },
      'm',
    ],
    [
      'has parts of its own',
      {
        users,
        groups,
        m: table({ id: 'string*', user_id: 'string', group_id: 'string' }, { m_get: get('/m') }),
        parts: table({ id: 'string' }, { parts_get: through('m', '/m/{iterator}') }),
      },
      'm',
    ],
  ])('is none that %s', (_, tables, name) => {
    expect(made(tables, name)).toBeUndefined();
  });
});
