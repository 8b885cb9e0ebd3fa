import { deepEqual, equal, match, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { labelOf, textOf, typed } from './support.ts';

const directory = 'connectors/directory.json';

/** What is offered at the caret once `marked` stands in the place of `piece`. */
async function offered(path: string, piece: string, marked: string): Promise<readonly vscode.CompletionItem[]> {
  const list = await typed(path, piece, marked, (document, at) =>
    vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, at),
  );
  return list.items;
}

function nameOf(item: vscode.CompletionItem): string {
  return labelOf(item).replaceAll('"', '');
}

/** In the order of the list that a person sees. */
function labels(items: readonly vscode.CompletionItem[]): readonly string[] {
  const key = (item: vscode.CompletionItem): string => item.sortText ?? nameOf(item);
  return [...items].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0)).map(nameOf);
}

function holds(items: readonly vscode.CompletionItem[], ...wanted: readonly string[]): void {
  const found = labels(items);
  for (const label of wanted) ok(found.includes(label), `${label} is not among ${found.join(', ')}`);
}

/** Every kind of place in a connector: what stood there, what is typed, what is offered, and what is not. */
const places: readonly {
  readonly what: string;
  readonly piece: string;
  readonly marked: string;
  readonly has: readonly string[];
  readonly not?: readonly string[];
}[] = [
  {
    what: 'properties of an operation that are not there yet',
    piece: '"method": "patch",',
    marked: '"<|>": "",',
    has: ['method', 'processing_options', 'verb'],
    not: ['call', 'body'],
  },
  { what: 'the modes of a call', piece: '"mode": "iteration"', marked: '"mode": "<|>"', has: ['normal', 'iteration', 'constant'] },
  {
    what: 'what only an iteration has',
    piece: '"mode": "iteration",',
    marked: '"mode": "iteration",\n"<|>",',
    has: ['iterator_columns'],
    not: ['values'],
  },
  {
    what: 'what only a constant call has',
    piece: '"mode": "normal",',
    marked: '"mode": "constant",\n"<|>",',
    has: ['values'],
    not: ['iterator_columns'],
  },
  { what: 'paging modes', piece: '"mode": "skip_take"', marked: '"mode": "<|>"', has: ['skip_take', 'generic', 'url', 'link'] },
  { what: 'authentication kinds', piece: '"basic_auth"', marked: '"<|>"', has: ['none', 'basic_auth', 'client_credentials'] },
  { what: 'tables', piece: '"table": "groups"', marked: '"table": "<|>"', has: ['users', 'groups', 'members', 'users_emails'] },
  {
    what: 'columns of the iterated table',
    piece: '"iterator": "id"',
    marked: '"iterator": "<|>"',
    has: ['id', 'displayName', 'externalId'],
    not: ['userName'],
  },
  {
    what: 'mandatory columns that are not named yet',
    piece: '"resource_mandatory": ["userName", "displayName"]',
    marked: '"resource_mandatory": ["userName", "<|>"]',
    has: ['displayName', 'externalId'],
    not: ['userName', 'id'],
  },
  {
    what: 'operations of the table that write',
    piece: '"remove_operation": "member_remove"',
    marked: '"remove_operation": "<|>"',
    has: ['member_add', 'member_remove'],
    not: ['members_get', 'user_delete'],
  },
  {
    what: 'variables of a row in a template after {',
    piece: '"path": "/scim/v2/Users/{id}"',
    marked: '"path": "/scim/v2/Users/{<|>"',
    has: ['{id}', '{userName}', '{page_size}'],
    not: ['{iterator}'],
  },
  {
    what: 'connection items in a template after {',
    piece: '"baseUrl": "http://{tenant_id}"',
    marked: '"baseUrl": "http://{<|>"',
    has: ['{tenant_id}', '{page_size}', '{user_name}'],
    not: ['{id}'],
  },
  {
    what: 'the engine’s variables in the parameters of a page',
    piece: '"startIndex": "{skip_count}"',
    marked: '"startIndex": "{<|>"',
    has: ['{skip_count}', '{take_count}'],
  },
  { what: 'type specifiers', piece: '"type": "string"', marked: '"type": "<|>"', has: ['string*', '_:string', 'boolean', '_nim*'] },
  { what: 'status codes', piece: '"statusCode": 429', marked: '"statusCode": <|>', has: ['429', '503'] },
  { what: 'inputs of the authentication', piece: '"name": "page_size"', marked: '"name": "<|>"', has: ['user_name', 'password'] },
  { what: 'a whole table', piece: '"crud_objects": {', marked: '"crud_objects": {\n"<|>",', has: ['table', 'membership table'] },
  { what: 'a whole operation', piece: '"operations": {', marked: '"operations": {\n"<|>",', has: ['get operation', 'create operation'] },
];

describe('completion in the editor', () => {
  for (const { what, piece, marked, has, not = [] } of places) {
    it(`offers ${what}, each with its documentation`, async () => {
      const items = await offered(directory, piece, marked);
      holds(items, ...has);
      const found = labels(items);
      for (const label of not) ok(!found.includes(label), `${label} is among ${found.join(', ')}`);
      equal(found.length, new Set(found).size, `offered twice: ${found.join(', ')}`);
      const bare = items.filter(({ documentation }) => textOf(documentation).trim() === '');
      deepEqual(bare.map(nameOf), [], 'without documentation');
    });
  }

  it('says of a status code what it means, and of a variable where its value comes from', async () => {
    const status = (await offered(directory, '"statusCode": 429', '"statusCode": <|>')).find((item) => nameOf(item) === '429');
    match(status?.detail ?? '', /too many requests/i);
    const [variable] = (await offered(directory, '/Groups/{iterator}', '/Groups/{<|>')).filter((item) => nameOf(item) === '{iterator}');
    ok(variable);
    equal(variable.detail, 'groups.id');
    match(textOf(variable.documentation), /Column `id` of the table `groups`/);
  });

  it('writes a variable with both braces, and a table as a snippet', async () => {
    const variables = await offered(directory, '"path": "/scim/v2/Users/{id}"', '"path": "/scim/v2/Users/{<|>"');
    const id = variables.find((item) => nameOf(item) === '{id}');
    equal(id?.insertText, '{id}');
    const tables = await offered(directory, '"crud_objects": {', '"crud_objects": {\n"<|>",');
    const table = tables.find((item) => nameOf(item) === 'table');
    ok(table?.insertText instanceof vscode.SnippetString);
    match(table.insertText.value, /"operations"/);
  });

  it('knows the names of connectors in every other file', async () => {
    const mapping = 'mappings/New accounts.json';
    holds(await offered(mapping, '"Employees[without_account]"', '"<|>"'), 'Employees', 'Employees[with_account]');
    holds(await offered(mapping, '"operation": "user_create"', '"operation": "<|>"'), 'user_create', 'user_delete');
    holds(await offered(mapping, '"title": { "column": "jobTitle" },', '"<|>"'), 'title');
    holds(await offered('systems/hr.json', '"display": "displayName"', '"display": "<|>"'), 'lastName');
    holds(await offered('roles/development/IT.json', '"membership": "members"', '"membership": "<|>"'), 'members');
    const filter = await offered('filters/Staff of a department.filter', 'left join directory.users as u', 'left join <|>');
    // The one that is related to what stands before comes first.
    equal(labels(filter)[0], 'directory.users');
    holds(await offered('filters/Staff of a department.filter', "p.status = 'active'", 'p.<|>'), 'status', 'employeeNumber');
  });

  it('knows the codes of problems in sollist.json, with what they mean', async () => {
    const items = await offered(
      'sollist.json',
      '"name": "Halden & Brook",',
      '"name": "Halden & Brook",\n"problems": { "severities": { "<|>" } },',
    );
    const code = items.find((item) => nameOf(item) === 'unknown-iteration-table');
    match(textOf(code?.documentation), /iterat/i);
  });
});
