import { ok, equal } from 'node:assert/strict';
import * as vscode from 'vscode';
import { waitFor } from '../../../scripts/editor/wait-for.ts';

const id = 'sollist.sollist';

describe('the packaged extension', () => {
  it('is installed', () => {
    ok(vscode.extensions.getExtension(id), `${id} is not among the installed extensions`);
  });

  it('becomes active in the sample workspace', async () => {
    await waitFor(`${id} to become active`, () => vscode.extensions.getExtension(id)?.isActive);
    equal(vscode.workspace.workspaceFolders?.length, 1);
  });
});
