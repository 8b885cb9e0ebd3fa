import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { folder, revertAll } from './support.ts';

describe('what goes to NIM and comes from it', () => {
  let place = '';
  before(() => {
    place = mkdtempSync(join(tmpdir(), 'sollist-nim-'));
  });
  after(async () => {
    await revertAll();
    rmSync(place, { recursive: true, force: true });
  });

  it('the filters of a workspace are exported, and imported again they read the same', async () => {
    const file = join(place, 'export.json');
    await vscode.commands.executeCommand('sollist.exportNim', { folder: folder(), file });
    const text = readFileSync(file, 'utf8');
    const { resources } = JSON.parse(text) as { readonly resources: readonly { readonly name: string; readonly category: number }[] };
    const filters = resources.filter(({ category }) => category === 3).map(({ name }) => name);
    ok(filters.includes('Leavers with an account'), filters.join(', '));

    const again = join(place, 'again');
    await vscode.commands.executeCommand('sollist.importNim', { source: file, folder: again });
    const path = join(again, 'filters/Leavers with an account.filter');
    ok(existsSync(path));
    match(readFileSync(path, 'utf8'), /parameter leftSince/);
    match(readFileSync(path, 'utf8'), /p\.status = 'leaver'/);
  });

  it('what is no export is refused with what to do, and nothing is written', async () => {
    const source = join(place, 'other.json');
    writeFileSync(source, '{"hello": "world"}');
    const again = join(place, 'nothing');
    const outcome = await Promise.resolve(vscode.commands.executeCommand('sollist.importNim', { source, folder: again })).then(
      () => 'made',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    deepEqual([existsSync(join(again, 'filters'))], [false], outcome);
    equal(existsSync(join(again, 'systems')), false);
  });
});
