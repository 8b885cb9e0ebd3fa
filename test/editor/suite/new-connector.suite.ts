import { equal, match, ok } from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { waitFor } from '../../../scripts/editor/wait-for.ts';
import { codeOf, diagnostics, folder, open } from './support.ts';

const command = 'sollist.newConnector';

describe('a new connector in the editor', () => {
  const path = (name: string): string => join(folder(), 'connectors', `${name}.json`);

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const name of ['Sampled', 'Kept']) rmSync(path(name), { force: true });
  });

  it('is written to the workspace, opened, and checked as any other', async () => {
    // So that the folder is the current one.
    await open('connectors/directory.json', 'sollist-connector');
    const answer = JSON.stringify({ items: [{ id: '1', name: 'Ann' }], page: 1, pageSize: 50 });
    const made = await vscode.commands.executeCommand(command, { name: 'Sampled', document: answer, tables: ['people'] });
    equal(made, 'Sampled');
    match(readFileSync(path('Sampled'), 'utf8'), /"people_get"/);
    await waitFor('the new connector to be shown', () => vscode.window.activeTextEditor?.document.uri.fsPath === path('Sampled'));
    const document = await open('connectors/Sampled.json', 'sollist-connector');
    const edit = new vscode.WorkspaceEdit();
    const at = document.getText().indexOf('"key": "id"');
    ok(at > 0);
    edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + 11)), '"key": "ids"');
    await vscode.workspace.applyEdit(edit);
    const found = await diagnostics(document.uri, 'the unknown key', (all) => all.length > 0);
    equal(found.map(codeOf).join(), 'unknown-key-column');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('gives no file where nothing can be made of what was given', async () => {
    // The message is a notification that nobody waits for.
    equal(await vscode.commands.executeCommand(command, { name: 'Kept', document: '[]' }), undefined);
    equal(existsSync(path('Kept')), false);
    writeFileSync(path('Kept'), '{}');
    equal(await vscode.commands.executeCommand(command, { name: 'Kept', document: '"text"' }), undefined);
    equal(readFileSync(path('Kept'), 'utf8'), '{}');
  });
});
