import { deepEqual, equal, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { caret, open, pathOf } from './support.ts';

async function outline(path: string): Promise<readonly vscode.DocumentSymbol[]> {
  const document = await open(path);
  return vscode.commands.executeCommand<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', document.uri);
}

describe('symbols in the editor', () => {
  it('of a connector are its tables, with their operations and columns below them', async () => {
    const symbols = await outline('connectors/directory.json');
    const members = symbols.find(({ name }) => name === 'members');
    ok(members, `members is not among ${symbols.map(({ name }) => name).join(', ')}`);
    const below = members.children.flatMap((child) => [child, ...child.children]).map(({ name }) => name);
    for (const name of ['members_get', 'member_add', 'group_id']) ok(below.includes(name), `${name} is not among ${below.join(', ')}`);
  });

  it('of a filter are its parameters, columns and tables', async () => {
    deepEqual(
      (await outline('filters/Staff of a department.filter')).map(({ name }) => name),
      ['@department', 'employeeNumber', 'displayName', 'department', 'accountId', 'p', 'd', 'u'],
    );
  });

  it('of the workspace are found by letters of their names and lead to them', async () => {
    const found = await vscode.commands.executeCommand<vscode.SymbolInformation[]>('vscode.executeWorkspaceSymbolProvider', 'usrcr');
    const [first] = found;
    equal(first?.name, 'user_create');
    equal(first.containerName, 'directory › users');
    equal(pathOf(first.location.uri), 'connectors/directory.json');
    const document = await open('connectors/directory.json');
    deepEqual(first.location.range.start, caret(document, '<|>"user_create"'));
  });
});
