import { appendFileSync, chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { RunContext } from '../../engine/run/context.ts';
import type { CollectionReport, Evidence, TableOutcome } from '../../engine/run/records.ts';
import { runCollection, type CollectionWish } from '../../engine/run/collect/run-collection.ts';
import { filterRows } from '../../engine/run/filter/filter-rows.ts';
import { openVault } from '../../engine/run/vault/open-vault.ts';
import { wholeTable } from '../../engine/run/vault/whole-table.ts';
import { openWorkspace } from '../../engine/run/workspace/open-workspace.ts';
import type { Overlay } from '../../engine/run/workspace/read-files.ts';
import { testRun } from '../unit/run/support.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function workspaceWith(system: object, files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'sollist-files-'));
  folders.push(folder);
  const all = { 'sollist.json': '{"name":"Test"}', 'systems/payroll.json': JSON.stringify(system), ...files };
  for (const [path, content] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

interface Run {
  readonly report: CollectionReport;
  readonly rows: (table: string) => readonly object[];
  readonly columns: (table: string) => Readonly<Record<string, string>>;
  readonly table: (table: string) => TableOutcome;
  readonly evidence: (table: string) => Evidence;
}

/** Collects the system `payroll` of a folder into a vault of its own. */
async function collect(
  folder: string,
  more: {
    readonly wish?: Partial<CollectionWish>;
    readonly overlay?: Overlay;
    readonly vault?: ReturnType<typeof openVault>;
    readonly run?: RunContext;
  } = {},
): Promise<Run & { readonly vault: ReturnType<typeof openVault>; readonly open: ReturnType<typeof openWorkspace> }> {
  const vault = more.vault ?? openVault(':memory:');
  const open = openWorkspace(folder, more.overlay ? { overlay: more.overlay } : {});
  const report = await runCollection(
    open,
    { system: 'payroll', ...more.wish },
    { env: {}, secrets: new Map() },
    vault,
    more.run ?? testRun().context,
  );
  const table = (name: string): TableOutcome => {
    const found = report.tables.find((one) => one.table === name);
    if (!found) throw new Error(`${name} is not in the report`);
    return found;
  };
  return {
    open,
    vault,
    report,
    rows: (name) => [...vault.query(wholeTable('payroll', name))],
    columns: (name) => Object.fromEntries((vault.table('payroll', name)?.columns ?? []).map((column) => [column.name, column.type])),
    table,
    evidence: (name) => {
      const { evidence, error } = table(name);
      if (!evidence) throw new Error(error?.message ?? 'no evidence');
      return evidence;
    },
  };
}

const tables = { persons: { key: 'id', display: 'name', relations: { department: 'departments' } }, departments: { key: 'code' } };
const departments = 'code,name\nD1,"Verkoop, Noord"\nD2,Inkoop\n';
const persons = 'id;name;department;salary;start;active\r\n007;Zoë "de Bóer;D1;12.5;2020-01-01;true\r\n8;"Jan;\r\n""J""";D2;100;;false\r\n';

test('a folder becomes tables, with types, evidence and what a filter asks of them', async () => {
  const { report, rows, columns, evidence, vault, open } = await collect(
    workspaceWith(
      { files: { folder: 'data' }, tables },
      {
        'data/persons.csv': persons,
        'data/departments.csv': departments,
        'filters/Paid.filter':
          'select p.name, d.name as department from payroll.persons as p join payroll.departments as d on d.code = p.department where p.salary > 50\n',
      },
    ),
  );
  expect(report.source).toEqual({ kind: 'files', folder: 'data' });
  expect(columns('persons')).toEqual({ id: 'text', name: 'text', department: 'text', salary: 'number', start: 'date', active: 'boolean' });
  expect(rows('persons')).toEqual([
    { id: '007', name: 'Zoë "de Bóer', department: 'D1', salary: 12.5, start: '2020-01-01', active: 1 },
    { id: '8', name: 'Jan;\r\n"J"', department: 'D2', salary: 100, start: null, active: 0 },
  ]);
  expect(evidence('persons')).toMatchObject({
    rows: 2,
    calls: 0,
    end: 'end-of-file',
    complete: true,
    notes: [],
    assumed: [],
    gaps: [{ column: 'start', absent: 0, null: 1 }],
  });
  const { rows: filtered } = filterRows(open, vault, 'Paid', [], '2026-01-01');
  expect([...filtered()]).toEqual([{ name: 'Jan;\r\n"J"', department: 'Inkoop' }]);
});

describe('the same table, however it is written', () => {
  const text = 'id;name\r\n1;Zoë €\r\n2;"a\r\nb"\r\n';
  const expected = [
    { id: '1', name: 'Zoë €' },
    { id: '2', name: 'a\r\nb' },
  ];
  const cp1252 = Buffer.from(text.replace('€', '\x80'), 'latin1');
  const be = Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  test.each<readonly [string, Uint8Array | string, object, number]>([
    ['UTF-8', text, {}, 0],
    ['UTF-8 with a mark', `\ufeff${text}`, {}, 0],
    ['UTF-16 LE', Buffer.from(`\ufeff${text}`, 'utf16le'), {}, 0],
    ['UTF-16 BE', be, {}, 0],
    ['UTF-16 LE without a mark', Buffer.from(text, 'utf16le'), {}, 1],
    ['Windows-1252', cp1252, {}, 1],
    ['Windows-1252, declared', cp1252, { encoding: 'windows-1252' }, 0],
    ['tabs', text.replaceAll(';', '\t'), {}, 0],
    ['another quote', text.replaceAll('"', "'"), { quote: "'" }, 0],
  ])('%s', async (_, content, more, assumed) => {
    const folder = workspaceWith(
      { files: { folder: 'data', ...more }, tables: { persons: { key: 'id' } } },
      { 'data/persons.csv': content },
    );
    const { rows, evidence } = await collect(folder);
    expect(rows('persons')).toEqual(expected);
    expect(evidence('persons')).toMatchObject({ complete: true, notes: [] });
    expect(evidence('persons').assumed).toHaveLength(assumed);
  });

  test('a letter beyond ASCII far behind the head', async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `${i};name ${i}\n`).join('');
    const content = Buffer.concat([Buffer.from(`id;name\n${lines}`), Buffer.from('x;Zo\xeb\n', 'latin1')]);
    const { rows, evidence } = await collect(
      workspaceWith({ files: { folder: 'data' }, tables: { persons: { key: 'id' } } }, { 'data/persons.csv': content }),
    );
    expect(rows('persons').at(-1)).toEqual({ id: 'x', name: 'Zoë' });
    expect(evidence('persons').assumed).toEqual([expect.stringContaining('Windows-1252')]);
  });
});

test('declared types, patterns and names', async () => {
  const files = {
    folder: 'export',
    decimal: ',',
    tables: {
      persons: {
        file: 'persons-*.txt',
        header: false,
        names: ['id', 'start', 'salary', 'roles', 'active'],
        columns: {
          start: { type: 'date', format: 'dd-MM-yyyy' },
          roles: { type: 'list', separator: '|' },
          active: { type: 'boolean', true: ['J'], false: ['N'] },
        },
      },
    },
  };
  const { rows, evidence, columns } = await collect(
    workspaceWith(
      { files, tables: { persons: { key: 'id', columns: ['start', 'salary', 'roles', 'active'] } } },
      {
        'export/persons-20260101.txt': 'old;x\n',
        'export/persons-20260201.txt': '1;01-02-2026;1,5;a|b;J\n2;?;2;;N\n3;31-04-2026;3;c;X\n',
      },
    ),
  );
  expect(columns('persons')).toEqual({ id: 'text', start: 'date', salary: 'number', roles: 'list', active: 'boolean' });
  expect(rows('persons')).toEqual([
    { id: '1', start: '2026-02-01', salary: 1.5, roles: '["a","b"]', active: 1 },
    { id: '2', start: '?', salary: 2, roles: null, active: 0 },
    { id: '3', start: '31-04-2026', salary: 3, roles: '["c"]', active: 'X' },
  ]);
  expect(evidence('persons').complete).toBe(true);
  expect(evidence('persons').notes).toEqual([
    '2 files fit the pattern; the last by name, persons-20260201.txt, was read.',
    'Column start held values that are no dates of the form dd-MM-yyyy; they are kept as text (2×, first in line 2).',
    'Column active held values that are neither true nor false; they are kept as text (1×).',
  ]);
});

test('quotes within a text of several lines are no doubt', async () => {
  const content = 'id,name\n1,"He said:\nwell ""no"", twice"\n2,"a ""b""\n, c"\n3,d\n';
  const { evidence } = await collect(
    workspaceWith({ files: { folder: 'data' }, tables: { persons: { key: 'id' } } }, { 'data/persons.csv': content }),
  );
  expect(evidence('persons')).toMatchObject({ rows: 3, complete: true });
});

describe('what is wrong within a file makes the table incomplete', () => {
  const system = { files: { folder: 'data' }, tables: { persons: { key: 'id' } } };
  test.each<readonly [string, string | Uint8Array, number, RegExp]>([
    ['short rows', 'id,name,x\n1,a,b\n2,c\n3\n4,d,e\n', 2, /^2 rows have fewer cells .* left out \(lines 3, 4\)\.$/],
    ['long rows', 'id,name\n1,a\n"x\ny",z,w\n2,b,\n', 2, /^1 row has more cells .* left out \(line 3\)\.$/],
    ['null characters', 'id,name\n1,a\0b\n2,c\n', 1, /^1 row holds null characters .* \(line 2\)\.$/],
    ['a quote that stays open', 'id,name\n1,a\n2,"b\n3,c\n', 1, /^A quote that is opened in or after line 3 is never closed/],
    [
      'a quote that closes only in a later row',
      'id,name\n1,"a\n2,"b"\n3,c\n',
      1,
      /^1 row has a cell with what looks like rows of their own/,
    ],
    ['a quote that takes in rows of several cells', 'id,name,x\n1,"a,y\n2,"b",z\n3,"c",w\n', 1, /^1 row has a cell .* \(line 2\)\.$/],
    ['damaged UTF-8', Buffer.concat([Buffer.from('id,name\n1,Zoë Jürgen\n2,'), Buffer.from([0xff, 0x0a])]), 2, /bytes that are not UTF-8/],
    ['rows without a key', 'id,name\n1,a\n,b\n', 2, /^1 rows have no id\.$/],
  ])('%s', async (_, content, rows, sentence) => {
    const { evidence } = await collect(workspaceWith(system, { 'data/persons.csv': content }));
    expect(evidence('persons')).toMatchObject({ rows, complete: false });
    expect(evidence('persons').notes).toContainEqual(expect.stringMatching(sentence));
  });

  test('what is only odd does not', async () => {
    const { evidence } = await collect(workspaceWith(system, { 'data/persons.csv': 'id;name;\n1;a;\n\n;;\n1;5" pipe;\n' }));
    expect(evidence('persons')).toMatchObject({ rows: 2, complete: true, duplicates: { count: 2, samples: ['1'] } });
    expect(evidence('persons').notes).toContainEqual('1 line with nothing in any cell was passed over.');
  });

  test('a limit of the run', async () => {
    const folder = workspaceWith(system, { 'data/persons.csv': 'id\n1\n2\n3\n' });
    expect((await collect(folder, { wish: { limits: { rows: 2 } } })).evidence('persons')).toMatchObject({
      rows: 2,
      complete: false,
      end: 'capped',
    });
    expect((await collect(folder, { wish: { limits: { rows: 3 } } })).evidence('persons')).toMatchObject({ rows: 3, complete: true });
  });

  test('a file that grows while it is read', async () => {
    const folder = workspaceWith(system, { 'data/persons.csv': `id,name\n${'1,a\n'.repeat(60_000)}` });
    const run = testRun().context;
    let grown = false;
    const growing: RunContext = {
      ...run,
      onProgress: () => {
        if (!grown) appendFileSync(join(folder, 'data/persons.csv'), '2,b\n');
        grown = true;
      },
    };
    const { evidence } = await collect(folder, { run: growing });
    expect(evidence('persons').complete).toBe(false);
    expect(evidence('persons').notes).toContainEqual(
      expect.stringMatching(/^data\/persons\.csv went from \d+ to \d+ bytes while it was read/),
    );
  });
});

describe('what cannot be read leaves the table as it was, and says why', () => {
  const system = { files: { folder: 'data' }, tables: { persons: { key: 'id' } } };
  const good = 'id,name\n1,a\n';

  test.each<readonly [string, (folder: string) => void, string, RegExp]>([
    ['the folder is gone', (folder) => rmSync(join(folder, 'data'), { recursive: true }), 'folder-missing', /data is not there/],
    ['the file is gone', (folder) => rmSync(join(folder, 'data/persons.csv')), 'file-missing', /no file persons\.csv/],
    ['the file is empty', (folder) => writeFileSync(join(folder, 'data/persons.csv'), ''), 'file-empty', /not even a header/],
    ['two files', (folder) => writeFileSync(join(folder, 'data/persons.txt'), good), 'file-ambiguous', /persons\.csv or persons\.txt/],
  ])('%s', async (_, harm, code, message) => {
    const folder = workspaceWith(system, { 'data/persons.csv': good });
    const { vault } = await collect(folder);
    harm(folder);
    const { table, rows } = await collect(folder, { vault });
    expect(table('persons')).toMatchObject({ state: 'failed', error: { code, message: expect.stringMatching(message) as string } });
    expect(rows('persons')).toEqual([{ id: '1', name: 'a' }]);
    expect(vault.table('payroll', 'persons')?.lastAttempt).toMatchObject({ state: 'failed' });
  });

  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('nobody may read it', async () => {
    const folder = workspaceWith(system, { 'data/persons.csv': good });
    chmodSync(join(folder, 'data/persons.csv'), 0);
    expect((await collect(folder)).table('persons').error).toMatchObject({ code: 'file-unreadable' });
  });

  test('a header and no rows is a table, and suspicious', async () => {
    const { evidence } = await collect(workspaceWith(system, { 'data/persons.csv': 'id,name\n' }));
    expect(evidence('persons')).toMatchObject({ rows: 0, complete: true, notes: [expect.stringContaining('has no rows')] });
  });

  test('a folder that leads out of the workspace, and a table that nobody knows', async () => {
    const outside = workspaceWith({ ...system, files: { folder: '../x' } }, {});
    await expect(collect(outside)).rejects.toMatchObject({ code: 'file-broken' });
    const folder = workspaceWith(system, { 'data/persons.csv': good });
    await expect(collect(folder, { wish: { tables: ['person'] } })).rejects.toMatchObject({ code: 'unknown-table' });
    await expect(collect(folder, { wish: { traffic: 'replay' } })).rejects.toMatchObject({ code: 'files-no-traffic' });
  });

  test('a folder elsewhere is named by its whole path', async () => {
    const elsewhere = workspaceWith(system, { 'data/persons.csv': good });
    const { rows } = await collect(workspaceWith({ ...system, files: { folder: join(elsewhere, 'data') } }, {}));
    expect(rows('persons')).toHaveLength(1);
  });
});

test('the text of an editor counts, saved or not', async () => {
  const folder = workspaceWith({ files: { folder: 'data' }, tables: { persons: { key: 'id' } } }, { 'data/persons.csv': 'id,name\n1,a\n' });
  const { rows, columns, evidence } = await collect(folder, { overlay: [{ path: 'data/persons.csv', text: 'id,nick\n1,a\n2,b\n' }] });
  expect(columns('persons')).toEqual({ id: 'text', nick: 'text' });
  expect(rows('persons')).toHaveLength(2);
  expect(evidence('persons').notes).toEqual([expect.stringContaining('in the editor')]);
});

test('a source that collapses is held back, as one of an API is', async () => {
  const folder = workspaceWith(
    { files: { folder: 'data' }, tables: { persons: { key: 'id' } } },
    {
      'data/persons.csv': `id\n${Array.from({ length: 100 }, (_, i) => `p${i}\n`).join('')}`,
    },
  );
  const { vault } = await collect(folder);
  writeFileSync(join(folder, 'data/persons.csv'), 'id\np1\n');
  const { table, rows } = await collect(folder, { vault });
  expect(table('persons')).toMatchObject({ state: 'held-back', error: { code: 'source-collapsed' } });
  expect(rows('persons')).toHaveLength(100);
  expect((await collect(folder, { vault, wish: { accept: ['persons'] } })).table('persons').state).toBe('collected');
});

test('a code that only looks like a number stays what it is, however late in the file it comes, and is told of', async () => {
  const lines = Array.from({ length: 30_000 }, (_, i) => `p${i};${i + 1}`);
  const folder = workspaceWith(
    { files: { folder: 'data' }, tables: { persons: { key: 'id' } } },
    { 'data/persons.csv': `id;code\n${lines.join('\n')}\nlast;0012\n` },
  );
  const { rows, columns, evidence } = await collect(folder);
  expect(columns('persons')).toEqual({ id: 'text', code: 'number' });
  expect(rows('persons').at(-1)).toEqual({ id: 'last', code: '0012' });
  expect(evidence('persons').notes).toEqual(['Column code held values that are no numbers; they are kept as text (1×).']);
});

test('a first line that looks like a row is told of, unless the author says that it is a header', async () => {
  const files = { 'data/persons.csv': '17;Ann;ann@example.com\n18;Bob;bob@example.com\n' };
  const tellTale = async (source: object): Promise<string> => {
    const { evidence } = await collect(workspaceWith({ files: { folder: 'data', ...source }, tables: { persons: {} } }, files));
    return evidence('persons').notes.join(' ');
  };
  expect(await tellTale({})).toContain('The first line is read as a header, but "17" looks like a value');
  expect(await tellTale({ header: true })).not.toContain('looks like a value');
  expect(await tellTale({ header: false })).not.toContain('looks like a value');
});

test('a million rows stream through little memory, and a cancelled run stops soon', { timeout: 240_000 }, async () => {
  const folder = workspaceWith({ files: { folder: 'data' }, tables: { persons: { key: 'id' } } }, { 'data/persons.csv': '' });
  const file = openSync(join(folder, 'data/persons.csv'), 'w');
  writeSync(file, 'id;name;number;date\n');
  const rows = 1_000_000;
  for (let i = 0; i < rows; i += 10_000)
    writeSync(file, Array.from({ length: 10_000 }, (_, k) => `p${i + k};Person ${i + k};${k};2024-01-01\n`).join(''));
  closeSync(file);

  const vault = openVault(join(folder, 'vault.db'));
  const before = process.memoryUsage().rss;
  let peak = before;
  const run = testRun().context;
  const watched: RunContext = { ...run, onProgress: () => void (peak = Math.max(peak, process.memoryUsage().rss)) };
  const { evidence } = await collect(folder, { vault, run: watched });
  expect(evidence('persons')).toMatchObject({ rows, complete: true, duplicates: { count: 0 } });
  expect((peak - before) / 1024 / 1024).toBeLessThan(150);

  const controller = new AbortController();
  let stoppedAt = 0;
  const cancelling: RunContext = {
    ...run,
    signal: controller.signal,
    onProgress: ({ rows: count = 0 }) => {
      if (count < 20_000 || controller.signal.aborted) return;
      stoppedAt = performance.now();
      controller.abort();
    },
  };
  const { table } = await collect(folder, { vault, run: cancelling });
  expect(performance.now() - stoppedAt).toBeLessThan(1000);
  expect(table('persons').state).toBe('cancelled');
  expect(vault.table('payroll', 'persons')?.evidence.rows).toBe(rows);
  vault.close();
});
