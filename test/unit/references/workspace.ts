import { readFileSync } from 'node:fs';
import type { Files } from '../../support/names.ts';

export const connectorPath = 'connectors/dir.json';

/** A workspace in which every kind of file names what its one connector declares. */
export const workspace: Files = {
  [connectorPath]: readFileSync(new URL('../../fixtures/references/connector.json', import.meta.url), 'utf8'),
  'sollist.json': '{ "environments": { "test": { "connections": { "dir": { "team": { "env": "TEAM" } } } } } }',
  'systems/dir.json':
    '{ "connector": "dir", "connection": { "team": { "env": "TEAM" }, "region_code": { "secret": "region" } },\n"tables": { "users": { "key": "userName", "relations": { "mail": "user_aliases.alias" } }, "user_aliases": { "columns": ["alias"] } } }',
  'overlays/dir.json':
    '{ "schema": { "crud_objects": {\n"users": { "resources": { "custom": { "badge": "_:string*" }, "address": { "city": "_:string" } } } } } }',
  'relations.json':
    '{ "relations": [{ "left": { "system": "dir", "table": "users", "column": "mail" }, "right": { "system": "dir", "table": "user_aliases", "column": "alias" } }] }',
  'filters/People.filter':
    "parameter town text default 'X'\nselect u.userName, u.mail as address, u.custom_badge\nfrom dir.users as u\nwhere u.mail <> @town\norder by userName\nlookup aliased include address in dir.user_aliases.alias",
  'filters/Others.filter': "select users.userName from dir.users\nwhere USERS.mail <> ''",
  'mappings/M.json':
    '{ "filter": "People[aliased]", "parameters": { "TOWN": "Y" },\n"target": { "system": "dir", "table": "users", "operation": "user_create" },\n"attributes": { "userName": { "column": "userName" }, "custom_badge": { "column": "custom_badge" } } }',
};
