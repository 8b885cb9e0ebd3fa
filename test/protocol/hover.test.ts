import type { Hover, MarkupContent } from 'vscode-languageserver-types';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEditor, type TestEditor } from '../support/language-server.ts';

let editor: TestEditor;
beforeAll(async () => {
  editor = await startEditor();
});
afterAll(() => editor[Symbol.asyncDispose]());

async function shown(path: string, marked: string): Promise<string> {
  await editor.open(path);
  const hover = await editor.ask<Hover | null>('hover', path, marked);
  return (hover?.contents as MarkupContent | undefined)?.value ?? '';
}

test('in a connector', async () => {
  expect(await shown('connectors/directory.json', '"user_<|>create": {')).toContain('Creates a row of `users`: `POST http');
  expect(await shown('connectors/directory.json', '/scim/v2/Users/{i<|>d}')).toContain('Column `id` of the table `users`');
  expect(await shown('connectors/directory.json', '"processing_<|>options"')).not.toBe('');
});

test('in a mapping: what each name refers to', async () => {
  const mapping = 'mappings/New accounts.json';
  const filter = await shown(mapping, '"Employees[with<|>out_account]"');
  expect(filter).toContain('Everybody who works here, as the directory should know them.');
  expect(filter).toContain('`employeeNumber` text');
  expect(filter).toContain('not in `directory.users.externalId`');
  expect(await shown(mapping, '"user_<|>create"')).toContain('/scim/v2/Users');
  expect(await shown(mapping, '"dire<|>ctory"')).toContain('System `directory`');
  expect(await shown(mapping, '{ "column": "job<|>Title" }')).toContain('Column `jobTitle` of the filter `Employees`');
  expect(await shown(mapping, '"external<|>Id": {')).toContain('Column `externalId` of the table `users`');
});

test('in a system, a role and the settings', async () => {
  expect(await shown('systems/hr.json', '"connector": "h<|>r"')).toContain('Connector `hr`: tables `persons`');
  expect(await shown('systems/hr.json', '"client_<|>secret"')).toContain('authentication');
  expect(await shown('systems/hr.json', '"departmentId": "depart<|>ments"')).toContain('departments');
  expect(await shown('roles/development/IT.json', '"member<|>s"')).toContain('Table `members`');
  expect(await shown('roles/development/IT.json', '"depart<|>ment": "IT"')).toContain('Parameter `@department`: text');
  expect(await shown('relations.json', '"column": "external<|>Id"')).toContain(
    '`hr.persons.employeeNumber` is the same as `directory.users.externalId`',
  );
  expect(await shown('sollist.json', '"va<|>ult"')).not.toBe('');
});

test('in a filter', async () => {
  const filter = 'filters/Staff of a department.filter';
  expect(await shown(filter, 'hr.per<|>sons')).toContain('Table `hr.persons`');
  expect(await shown(filter, 'd.na<|>me = @department')).toContain('Column `name` of `hr.departments`: text');
  expect(await shown(filter, '@depart<|>ment')).toContain("`'IT'` unless given");
});
