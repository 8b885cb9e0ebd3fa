import { describe, expect, test } from 'vitest';
import { prepareAt, referencesAt, type Files } from '../../support/names.ts';
import { connectorPath as path, workspace } from './workspace.ts';

const files: Files = { [path]: workspace[path] ?? '' };

/** What stands around each place, without the file. */
function places(marked: string): readonly string[] {
  return referencesAt(files, path, marked).map((line) => line.replace(`${path}: `, ''));
}

describe('the names inside a connector', () => {
  test('a table', () => {
    expect(places('"table": "us<|>ers"')).toEqual([
      '"»users«": {',
      '"table": "»users«",',
      '"member_table": "»users«",',
      expect.stringContaining('["»users«", "users_emails"]'),
      expect.stringContaining('"col_name": "»users«", "key"'),
      expect.stringContaining('"ref_col": ["»users«"]'),
      expect.stringContaining('"col_a": "»users«"'),
    ]);
  });

  test('a child table and the column it is made of', () => {
    expect(places('"em<|>ails": [')).toEqual([
      expect.stringContaining('"»emails«": [{'),
      expect.stringContaining('["users", "»users_emails«"]'),
      expect.stringContaining('"col_name": "»users_emails«"'),
    ]);
    expect(places('["users", "users<|>_emails"]')).toHaveLength(3);
  });

  test('a column: key, iteration, memberships, handlers, scenarios, and {iterator}, which stands for it', () => {
    expect(places('"key": "i<|>d",\n        "keyRefs"')).toEqual([
      '"resource_prohibited": ["»id«"]',
      '"key": "»id«",',
      '"»id«": "string*",',
      expect.stringContaining('"owner": "»id«"'),
      '"iterator": "»id«",',
      '"path": "/users/{»iterator«}/aliases?name={userName}",',
      '"base": { "user_id": "{»iterator«}" }',
      expect.stringContaining('{ "»id«": "user_id"'),
      expect.stringContaining('"key": "»id«"'),
      expect.stringContaining('"value": ["»id«", "mail"]'),
    ]);
  });

  test('a column that another table iterates with', () => {
    expect(places('"iterator_columns": ["userN<|>ame"]')).toEqual([
      expect.stringContaining('"resource_mandatory": ["»userName«"'),
      '"keyRefs": ["»userName«"],',
      '"»userName«": "string*",',
      '"iterator_columns": ["»userName«"],',
      '"path": "/users/{iterator}/aliases?name={»userName«}",',
      expect.stringContaining('"»userName«": "role"'),
      expect.stringContaining('"display": "»userName«"'),
    ]);
  });

  test('a column named by its path, also behind escapes of JSON', () => {
    expect(places('{address<|>_city}')).toEqual([
      String.raw`"body": { "quote\"d \u00e9": "\"\u0041\" {»address_city«} {mail}" },`,
      '"resource_mandatory": ["userName", "»address_city«"],',
      '"address": { "»city«": "_:string*", "zip": "_:string*" },',
    ]);
    expect(places('"ci<|>ty": "_:')).toHaveLength(3);
  });

  test('a column of base, of constant rows and of texts', () => {
    expect(places('"base": { "user<|>_id"')).toEqual(['"base": { "»user_id«": "{iterator}" }']);
    expect(places('[{ "user<|>_id": "u"')).toEqual([
      expect.stringContaining('"values": [{ "»user_id«": "u"'),
      expect.stringContaining('/members/{»user_id«}/{role}'),
      expect.stringContaining('"id": "»user_id«"'),
      expect.stringContaining('"resources": { "»user_id«"'),
      expect.stringContaining('"field_a": "»user_id«"'),
    ]);
    expect(places('"stringArrayColumnName": "al<|>ias"')).toEqual([
      expect.stringContaining('"»alias«": "_nim_element_value_"'),
      '"processing_options": { "stringArrayColumnName": "»alias«" }',
      expect.stringContaining('/aliases/{»alias«}'),
      '"resources": { "»alias«": "string*" }',
      '"group_attributes": { "»alias«": "group_id" }',
    ]);
  });

  test('an operation', () => {
    expect(places('"operation": "alias<|>_add"')).toEqual([
      expect.stringContaining('"add": { "operation": "»alias_add«"'),
      expect.stringContaining('"»alias_add«": { "method": "post"'),
    ]);
    expect(places('"add_operation": "mem<|>ber_add"')).toHaveLength(2);
  });

  test('what a role or a handler hands to an operation without a column', () => {
    expect(places('{ow<|>ner}')).toEqual([expect.stringContaining('{ "»owner«": "id"'), expect.stringContaining('/users/{»owner«}/')]);
    expect(places('"userName": "ro<|>le"')).toEqual([
      expect.stringContaining('/{»role«}"'),
      expect.stringContaining('"userName": "»role«"'),
    ]);
  });

  test('a connection item, also in the camel case of a sign-in', () => {
    expect(places('{region<|>_code}')).toEqual([
      expect.stringContaining('{»region_code«}'),
      expect.stringContaining('https://{»regionCode«}/token'),
      expect.stringContaining('{ "name": "»regionCode«" }'),
      expect.stringContaining('[{ "name": "»region_code«", "type"'),
      expect.stringContaining('[{ "name": "»region_code«", "value"'),
    ]);
    expect(places('{te<|>am:no_encode}')).toHaveLength(2);
  });

  test('an input is declared where the authentication is', () => {
    expect(places('"name": "client<|>Id"')).toEqual([
      expect.stringContaining('"authentication": "»client_credentials«"'),
      expect.stringContaining('"name": "»clientId«"'),
    ]);
    expect(prepareAt(files, path, '"name": "client<|>Id"')).toContain('cannot be renamed');
  });

  test('what is no name has none', () => {
    expect(places('"method": "po<|>st"')).toEqual([]);
    expect(places('"semantics<|>"'.replace('semantics', 'baseUrl'))).toEqual([]);
    expect(prepareAt(files, path, '"addr<|>ess": {')).toBeUndefined();
  });
});

describe('the names of our own files', () => {
  test('a column in filters, systems, overlays, relations and mappings', () => {
    const files = (marked: string, own: string = path): readonly string[] => [
      ...new Set(referencesAt(workspace, own, marked).map((line) => line.split(': ')[0] ?? '')),
    ];
    expect(files('"user<|>Name": "string*"')).toEqual([
      path,
      'filters/Others.filter',
      'filters/People.filter',
      'systems/dir.json',
      'mappings/M.json',
    ]);
    expect(files('"ci<|>ty": "_:string*"')).toEqual([path, 'overlays/dir.json']);
    expect(files('"bad<|>ge"', 'overlays/dir.json')).toEqual(['overlays/dir.json', 'filters/People.filter', 'mappings/M.json']);
    expect(files('"alias<|>": "string*"')).toEqual([path, 'filters/People.filter', 'relations.json', 'systems/dir.json']);
  });

  test('both names in one text', () => {
    expect(referencesAt(workspace, 'mappings/M.json', 'People[ali<|>ased]')).toEqual([
      expect.stringContaining('lookup »aliased« include'),
      expect.stringContaining('"People[»aliased«]"'),
    ]);
    expect(referencesAt(workspace, 'mappings/M.json', 'Peo<|>ple[aliased]')).toEqual([
      expect.stringContaining('filters/People.filter: »«parameter town'),
      expect.stringContaining('"»People«[aliased]"'),
    ]);
    expect(referencesAt(workspace, 'systems/dir.json', '"user_aliases.ali<|>as"')).toContainEqual(
      expect.stringContaining('"user_aliases.»alias«"'),
    );
  });

  test('names of a filter, where mappings use them too', () => {
    expect(referencesAt(workspace, 'filters/People.filter', '@to<|>wn')).toEqual([
      expect.stringContaining('parameter »town« text'),
      expect.stringContaining('u.mail <> »@town«'),
      expect.stringContaining('{ "»TOWN«": "Y" }'),
    ]);
    expect(referencesAt(workspace, 'filters/Others.filter', 'USE<|>RS.mail')).toEqual([
      expect.stringContaining('select »users«.userName'),
      expect.stringContaining('from dir.»users«'),
      expect.stringContaining('where »USERS«.mail'),
    ]);
    expect(referencesAt(workspace, 'filters/People.filter', 'order by user<|>Name')).toEqual([
      expect.stringContaining('select u.»userName«,'),
      expect.stringContaining('order by »userName«'),
      expect.stringContaining('{ "column": "»userName«" }'),
    ]);
  });

  test('items, systems and where values come from', () => {
    expect(referencesAt(workspace, 'sollist.json', '"te<|>am"').map((line) => line.split(': ')[0])).toEqual([
      path,
      path,
      'sollist.json',
      'systems/dir.json',
    ]);
    expect(referencesAt(workspace, 'sollist.json', '"TE<|>AM"')).toHaveLength(2);
    expect(referencesAt(workspace, 'sollist.json', '"d<|>ir"').map((line) => line.split(': ')[0])).toEqual([
      'filters/Others.filter',
      'filters/People.filter',
      'filters/People.filter',
      'sollist.json',
      'relations.json',
      'relations.json',
      'systems/dir.json',
      'mappings/M.json',
    ]);
  });
});
