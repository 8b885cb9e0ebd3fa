import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { revertAll } from './support.ts';

/** A filter as NIM keeps it. */
const people = {
  filter_name: 'People',
  filter_items: [
    {
      type: 'start',
      index: 0,
      indent: 0,
      child_count: 1,
      enabled: true,
      system_name: 'hr',
      col_name: 'persons',
      colrefname: 'persons',
    },
    {
      type: 'expression',
      index: 1,
      parent: 0,
      indent: 1,
      child_count: 0,
      enabled: true,
      field_name: 'status',
      function_name: 'equals',
      value_vs_parameter: true,
      operand_value: 'active',
    },
  ],
  filter_columns: [
    {
      source: 'data',
      id: 'persons.employeeNumber',
      name: 'persons.employeeNumber',
      display_name: 'employeeNumber',
      order: 0,
      show: true,
      field_name: 'employeeNumber',
      colrefname: 'persons',
    },
  ],
  sort_columns: [],
  params: [],
  lookups: [],
  appends: [],
};

describe('what goes to NIM and comes from it', () => {
  let place = '';
  before(() => {
    place = mkdtempSync(join(tmpdir(), 'sollist-nim-'));
  });
  after(async () => {
    await revertAll();
    rmSync(place, { recursive: true, force: true });
  });

  it('a filter of NIM is imported as text', async () => {
    const source = join(place, 'people.json');
    writeFileSync(source, JSON.stringify(people));
    const again = join(place, 'again');
    await vscode.commands.executeCommand('sollist.importNim', { source, folder: again });
    const path = join(again, 'filters/People.filter');
    ok(existsSync(path));
    match(readFileSync(path, 'utf8'), /select .*employeeNumber[^]*from +hr\.persons[^]*where .*status = 'active'/);
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

  it('a configuration folder is imported whole, and its filter goes back with what was changed in it', async () => {
    const source = join(place, 'config');
    const again = join(place, 'whole');
    mkdirSync(join(source, 'filters'), { recursive: true });
    writeFileSync(join(source, 'filters/People.json'), JSON.stringify(people));
    equal(
      await vscode.commands.executeCommand('sollist.importNim', { source, folder: again }),
      readdirSync(again, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length,
    );
    const path = join(again, 'filters/People.filter');
    writeFileSync(path, readFileSync(path, 'utf8').replace("'active'", "'gone'"));
    const file = join(place, 'export.json');
    equal(await vscode.commands.executeCommand('sollist.exportNim', { folder: again, file }), file);
    const exported = readFileSync(file, 'utf8');
    match(exported, /"operand_value":\s*"gone"/);
    match(exported, /"filter_name":\s*"People"/);
  });
});
