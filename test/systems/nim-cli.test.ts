import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Ajv } from 'ajv';
import { createRunner } from '../../engine/host/runner.ts';
import { readNim } from '../../engine/run/nim/read-nim.ts';
import exportSchema from '../../schemas/export-report.schema.json' with { type: 'json' };
import importSchema from '../../schemas/import-report.schema.json' with { type: 'json' };
import { cars, leavers, nimExport } from '../support/nim-shop.ts';
import { type Outcome, runCommand } from '../support/command-line.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sollist-nim-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function sollist(...args: readonly string[]): Promise<Outcome> {
  return runCommand(args, { cwd: folder });
}

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function read(path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

function json(path: string): Record<string, unknown> {
  return JSON.parse(read(path)) as Record<string, unknown>;
}

function conforms(schema: object, value: unknown): readonly unknown[] {
  const ajv = new Ajv();
  return ajv.validate(schema, value) ? [] : (ajv.errors ?? []);
}

const variable = {
  name: 'Days',
  category: 30,
  data: { name: 'Days', category: 'automation', source: 'constant', type: 0, value: '30' },
  processValue: 0,
};
const app = { name: 'Desk', category: 26, data: { forms: [1, 2] }, processValue: 3 };
const image = { name: 'logo', category: 40, data: 'data:image/png;base64,AAAA', processValue: 0 };

function putExport(): void {
  put('export.json', JSON.stringify(nimExport([leavers], [cars, variable, app, image])));
}

describe('sollist import and export', () => {
  test('an export becomes a workspace without errors, and goes back as it came', async () => {
    putExport();
    const made = await sollist('import', 'export.json', 'shop');
    expect(made).toMatchObject({ code: 0, err: 'Next: sollist check --workspace shop\n' });
    expect(made.out).toMatch(/filters\/ +1 file/);
    expect(made.out).toContain('To look at');
    expect(read('shop/filters/Leavers.filter')).toContain("where  persons.leaves <= today() + 7 and d.title = 'IT' collate nocase");
    expect(read('shop/lookups/Cars.csv')).toBe('ID,Plate\n1,"A ""1"""\n');
    expect(json('shop/lookups/Cars.json')).toEqual({ columns: { ID: { type: 'number', auto: true }, Plate: { type: 'text' } }, key: 'ID' });
    expect(read('shop/libraries/Days.js')).toBe('return "30";\n');
    expect(json('shop/systems/Staff.json')['tables']).toMatchObject({
      persons: { key: 'number', fields: { active: 'boolean', leaves: 'date' }, relations: { department: 'departments' } },
    });
    expect(await sollist('check', '--workspace', 'shop')).toMatchObject({ code: 0 });
    for (const path of readdirSync(join(folder, 'shop'), { recursive: true, encoding: 'utf8' }))
      if (/\.\w+$/.test(path)) expect(read(`shop/${path}`), path).not.toContain('geheim');

    const back = await sollist('export', 'shop', 'back.json');
    expect(back).toMatchObject({ code: 0 });
    expect(back.out).toContain('1 filter as NIM gave it');
    const [given, got] = [json('export.json'), json('back.json')];
    const secretless = JSON.parse(JSON.stringify(given['resources']).replace('geheim-1234', '')) as unknown;
    expect(got['resources']).toEqual(secretless);
    expect(got).toMatchObject({ name: 'a shop', type: 'full', host: 'nim.example', relations: [], auth: false });
  });

  test('a filter that was changed, one that is new, and a lookup are made from their files', async () => {
    putExport();
    await sollist('import', 'export.json', 'shop', '--quiet');
    put('shop/filters/Leavers.filter', read('shop/filters/Leavers.filter').replace('+ 7', '+ 14'));
    put(
      'shop/filters/New.filter',
      'select p.number from Staff.persons as p left join Staff.departments as d where matched(d) or p.active = true\n',
    );
    put('shop/lookups/Cars.csv', 'ID,Plate\n1,B2\n2,C3\n');
    put('shop/libraries/Days.js', 'return "60";\n');
    rmSync(join(folder, 'shop/nim/app/Desk.json'));
    const { code, out } = await sollist('export', 'shop', 'back.json', '--format', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ version: 1, written: true, made: 2, kept: 0 });
    expect(conforms(exportSchema, JSON.parse(out))).toEqual([]);
    const resources = json('back.json')['resources'] as readonly { name: string; category: number; data: Record<string, unknown> }[];
    const of = (name: string): Record<string, unknown> => resources.find((one) => one.name === name)?.data ?? {};
    expect(JSON.stringify(of('Leavers')['filter_items'])).toContain('"operand_value":14');
    expect(JSON.stringify(of('New')['filter_items'])).toContain('"option":"any"');
    expect(of('Cars')['rows']).toEqual([
      [1, 'B2'],
      [2, 'C3'],
    ]);
    expect(of('Days')['value']).toBe('60');
    expect(resources.some(({ name }) => name === 'Desk')).toBe(false);
    // Once more, it is the same workspace.
    await sollist('import', 'back.json', 'again', '--quiet');
    expect(read('again/filters/Leavers.filter')).toBe(read('shop/filters/Leavers.filter'));
  });

  test('the engine makes the same for the editor, with texts that are not saved', async () => {
    putExport();
    await sollist('import', 'export.json', 'shop', '--quiet');
    const runner = createRunner({ env: {}, onProgress: () => undefined });
    const text = read('shop/filters/Leavers.filter').replace('+ 7', '+ 21');
    const input = { runId: 'r', folder: join(folder, 'shop'), overlay: [{ path: 'filters/Leavers.filter', text }], secrets: {} };
    const { signal } = new AbortController();
    expect(await runner.exportNim(input, signal)).toMatchObject({
      made: 1,
      kept: 0,
      text: expect.stringContaining('"operand_value": 21') as unknown,
    });
    expect(await runner.exportNim({ ...input, filter: 'Leavers' }, signal)).toMatchObject({
      text: expect.stringContaining('"filter_name": "Leavers"') as unknown,
    });
  });

  test('a connector that is there is named, and its secrets are asked for by name', async () => {
    putExport();
    const connector = {
      connection: { items: [{ name: 'address', display_name: 'Address' }] },
      rest: { config: { base_url: '{address}', authentication: 'basic_auth' } },
      schema: { crud_objects: { persons: { resources: { number: 'string*' }, operations: {} } } },
    };
    put('shop/connectors/Staff Server.json', JSON.stringify(connector));
    await sollist('import', 'export.json', 'shop', '--quiet');
    expect(json('shop/systems/Staff.json')).toMatchObject({
      connector: 'Staff Server',
      tables: { persons: { columns: expect.arrayContaining(['number']) as unknown } },
    });
    expect(JSON.stringify(json('shop/systems/Staff.json')['tables'])).not.toContain('fields');
    expect(JSON.stringify(json('shop/systems/Staff.json')['connection'])).toContain('{"secret":"Staff-password"}');
    expect(json('shop/systems/Directory.json')).not.toHaveProperty('connector');
  });

  test('what NIM cannot say is told with its place, and nothing is written', async () => {
    putExport();
    await sollist('import', 'export.json', 'shop', '--quiet');
    put('shop/filters/Odd.filter', 'select p.number\nfrom Staff.persons as p\nwhere p.hours + 1 > 3\n');
    const { code, out, err } = await sollist('export', 'shop', 'back.json');
    expect(code).toBe(1);
    expect(out).toMatch(/filters\/Odd\.filter:3:7 error NIM cannot calculate/);
    expect(err).toBe('Nothing was written.\n');
    expect(existsSync(join(folder, 'back.json'))).toBe(false);
    expect(await sollist('export', 'shop', 'one.json', '--filter', 'Leavers')).toMatchObject({ code: 0 });
    expect(json('one.json')['filter_name']).toBe('Leavers');
    expect(await sollist('export', 'shop', 'two.json', '--filter', 'Leaver')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Leavers') as unknown,
    });
  });

  test('files that are there stay, unless told otherwise', async () => {
    putExport();
    put('shop/sollist.json', '{ "name": "mine" }');
    put('shop/filters/Leavers.filter', 'select number from Staff.persons\n');
    const refused = await sollist('import', 'export.json', 'shop');
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('filters/Leavers.filter already');
    expect(existsSync(join(folder, 'shop/systems'))).toBe(false);
    const forced = await sollist('import', 'export.json', 'shop', '--force');
    expect(forced).toMatchObject({ code: 0 });
    expect(forced.out).toContain('1 replaced');
    expect(read('shop/sollist.json')).toBe('{ "name": "mine" }');
    const again = await sollist('import', 'export.json', 'shop', '--format', 'json');
    expect(JSON.parse(again.out)).toMatchObject({ version: 1, written: [], replaced: [] });
    expect(conforms(importSchema, JSON.parse(again.out))).toEqual([]);
    put('back.json', 'mine');
    expect(await sollist('export', 'shop', 'back.json')).toMatchObject({ code: 2, err: expect.stringContaining('--force') as unknown });
    expect(read('back.json')).toBe('mine');
  });

  test("a filter by itself, and NIM's configuration folder", async () => {
    put('leavers.json', JSON.stringify(leavers));
    expect(await sollist('import', 'leavers.json', 'one')).toMatchObject({ code: 0 });
    expect(read('one/filters/Leavers.filter')).toContain('join Staff.departments as d');
    expect(await sollist('check', '--workspace', 'one')).toMatchObject({ code: 0 });
    put('config/filters/leavers.json', JSON.stringify(leavers));
    put('config/filters/readme.txt', 'no');
    put('config/other/odd.json', '{"a":1}');
    const made = await sollist('import', 'config', 'two');
    expect(made).toMatchObject({ code: 0 });
    expect(made.out).toContain('other/odd.json: It is not known what this file is for');
    expect(read('two/filters/Leavers.filter')).toBe(read('one/filters/Leavers.filter'));
  });

  test('what is no export says so', async () => {
    put('broken.json', '{"resources": [');
    put('other.json', '{"schema": {}}');
    put('list.json', '[]');
    mkdirSync(join(folder, 'empty'));
    for (const [path, message] of [
      ['broken.json', 'is no JSON'],
      ['other.json', 'neither "resources"'],
      ['list.json', 'no JSON object'],
      ['empty', 'nothing of NIM'],
      ['gone.json', 'There is no'],
    ] as const) {
      const { code, err } = await sollist('import', path, 'made');
      expect(code, path).toBe(2);
      expect(err, path).toContain(message);
      expect(err, path).not.toMatch(/\n\s+at /);
      expect(existsSync(join(folder, 'made')), path).toBe(false);
    }
    expect(await sollist('import', 'list.json', 'list.json')).toMatchObject({ code: 2 });
  });

  test('nothing is written through a link that leads out of the folder', async () => {
    putExport();
    mkdirSync(join(folder, 'outside'));
    mkdirSync(join(folder, 'shop'));
    symlinkSync(join(folder, 'outside'), join(folder, 'shop/filters'));
    const { code, err } = await sollist('import', 'export.json', 'shop');
    expect(code).toBe(2);
    expect(err).toContain('link');
    expect(readdirSync(join(folder, 'shop'))).toEqual(['filters']);
    expect(readdirSync(join(folder, 'outside'))).toEqual([]);
  });

  test('a workspace that never came from NIM exports its filters', async () => {
    put('sollist.json', '{ "name": "own" }');
    put('systems/Staff.json', JSON.stringify({ tables: { persons: { key: 'number', fields: { number: 'text', active: 'boolean' } } } }));
    put('filters/Active.filter', 'select number from Staff.persons where active = true\n');
    expect(await sollist('check')).toMatchObject({ code: 0 });
    const { code, out } = await sollist('export', '.', 'out.json');
    expect(code).toBe(0);
    expect(out).toContain('systems/Staff.json');
    expect(json('out.json')).toMatchObject({
      type: 'partial',
      resources: [{ name: 'Active', category: 3 }],
      inventory: { resources: [{ n: 'Active', c: 3, childs: [] }] },
    });
    expect(await sollist('collect', 'Staff')).toMatchObject({
      code: 2,
      err: expect.stringContaining('nothing can be collected') as unknown,
    });
  });
});

describe('what cannot be imported is refused at once', () => {
  test.skipIf(process.platform === 'win32')('pipes and devices are not waited for', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    for (const path of ['pipe', '/dev/zero']) {
      const { code, err } = await sollist('import', path, 'made');
      expect(err, path).toContain('is no file, but a pipe or a device');
      expect(code, path).toBe(2);
    }
    // In the folder it is written to, one is not waited for either.
    putExport();
    mkdirSync(join(folder, 'shop/filters'), { recursive: true });
    execFileSync('mkfifo', [join(folder, 'shop/filters/Leavers.filter')]);
    const { code, err } = await sollist('import', 'export.json', 'shop', '--force');
    expect(err).toContain('filters/Leavers.filter in');
    expect(err).toContain('is no file');
    expect(code).toBe(2);
    expect(readdirSync(join(folder, 'shop'))).toEqual(['filters']);
  });
  test.skipIf(!existsSync('/proc/kmsg'))('nor is a file of the operating system that has no end', async () => {
    const { code, err } = await sollist('import', '/proc/kmsg', 'made');
    expect(err).toContain('/proc/kmsg');
    expect(code).toBe(2);
  });
  test('a folder that is no configuration is not walked through to its end', () => {
    for (const name of ['a', 'b', 'c']) put(`disk/${name}/x.json`, '{}');
    expect(() => readNim(join(folder, 'disk'), { files: 9, entries: 5 })).toThrow(
      /more than 5 files and folders. Name NIM's own configuration folder/,
    );
    expect(() => readNim(join(folder, 'disk'), { files: 2, entries: 9 })).toThrow(/more than 2 JSON files/);
    expect(readNim(join(folder, 'disk')).files.length).toBe(3);
  });
  test('a file that is too large says so, without being read', async () => {
    put('huge.json', '');
    truncateSync(join(folder, 'huge.json'), 300 * 1024 * 1024);
    const { code, err } = await sollist('import', 'huge.json', 'made');
    expect(err).toContain('has 300 MB or more: too large');
    expect(code).toBe(2);
  });
  test('bytes that are no UTF-8 are not guessed at; what Windows PowerShell writes is read', async () => {
    const text = JSON.stringify({ ...leavers, filter_name: 'Gäste' });
    writeFileSync(join(folder, 'latin1.json'), Buffer.from(text, 'latin1'));
    expect(await sollist('import', 'latin1.json', 'made')).toMatchObject({
      code: 2,
      err: expect.stringContaining('not written in UTF-8') as unknown,
    });
    writeFileSync(join(folder, 'wide.json'), Buffer.from(`\uFEFF${text}`, 'utf16le'));
    expect(await sollist('import', 'wide.json', 'wide')).toMatchObject({ code: 0 });
    expect(existsSync(join(folder, 'wide/filters/Gäste.filter'))).toBe(true);
  });
});

describe('a workspace that is there already', () => {
  test('is the same after the same import, also where version control changed the line breaks', async () => {
    putExport();
    await sollist('import', 'export.json', 'shop');
    put('shop/filters/Leavers.filter', read('shop/filters/Leavers.filter').replace(/\n/g, '\r\n'));
    const again = await sollist('import', 'export.json', 'shop');
    expect(again).toMatchObject({ code: 0 });
    expect(again.out).toMatch(/0 files written, \d+ the same/);
    expect(read('shop/filters/Leavers.filter')).toContain('\r\n');
  });
  test('keeps a file whose name differs in case alone', async () => {
    putExport();
    put('shop/filters/leavers.filter', 'select number from Staff.persons\n');
    const { code, err } = await sollist('import', 'export.json', 'shop', '--force');
    expect(code).toBe(2);
    if (existsSync(join(folder, 'shop/filters/Leavers.filter'))) return;
    expect(err).toContain('filters/leavers.filter, whose name differs from filters/Leavers.filter in case alone');
    expect(readdirSync(join(folder, 'shop'))).toEqual(['filters']);
  });
});

test('import says what is kept for NIM only', async () => {
  putExport();
  const { out } = await sollist('import', 'export.json', 'shop');
  expect(out).toContain('Kept for NIM only: 1 app, 1 image. Nothing here is made of them; an export gives them back as they are.');
});

test('one filter goes back as the whole does', async () => {
  putExport();
  await sollist('import', 'export.json', 'shop', '--quiet');
  const same = await sollist('export', 'shop', 'one.json', '--filter', 'Leavers');
  expect(same.out).toBe('one.json 1 filter as NIM gave it\n');
  expect(json('one.json')).toEqual(leavers);
  put('shop/filters/Leavers.filter', read('shop/filters/Leavers.filter').replace('+ 7', '+ 14'));
  const made = await sollist('export', 'shop', 'two.json', '--filter', 'Leavers');
  expect(made.out).toBe('two.json 1 filter made from its text\n');
  expect(await sollist('export', 'shop', 'all.json')).toMatchObject({ code: 0, out: 'all.json 1 filter made from its text\n' });
});

test('import says it where the folder lies in a file', async () => {
  put('export.json', JSON.stringify(nimExport([leavers])));
  put('file', 'text');
  const { code, err } = await sollist('import', 'export.json', 'file/deeper/workspace');
  expect(err).toBe(`${join(folder, 'file')} is a file. Name a folder.\n`);
  expect(code).toBe(2);
});
