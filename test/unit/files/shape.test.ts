import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Head } from '../../../engine/model/files/data-folder.ts';
import { decodeHead, findEncoding } from '../../../engine/model/files/encoding.ts';
import { readShape, type TableShape } from '../../../engine/model/files/shape.ts';
import { readFilesSource, type FilesSource } from '../../../engine/model/files/source.ts';
import { parseJson } from '../../../engine/model/text/json.ts';

function sourceOf(files: object = {}): FilesSource {
  const source = readFilesSource(parseJson(JSON.stringify({ folder: 'data', ...files }), { strict: true }).root);
  if (!source) throw new Error('there is a source');
  return source;
}

function shapeOf(text: string, files: object = {}, keep: readonly string[] = []): TableShape {
  const source = sourceOf(files);
  const shape = readShape(
    { kind: 'text', text },
    source,
    source.tables.find(({ name }) => name.text === 't'),
    new Set(keep),
  );
  if (!shape) throw new Error('there is a shape');
  return shape;
}

const bytes = (...parts: readonly (string | readonly number[])[]): Head => ({
  kind: 'bytes',
  whole: true,
  bytes: Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part)))),
});

describe('encoding', () => {
  test.each([
    ['UTF-8', [...Buffer.from('Zoë')], 'utf-8', 'content', 'Zoë'],
    ['UTF-8 with a mark', [0xef, 0xbb, 0xbf, ...Buffer.from('Zoë')], 'utf-8', 'mark', 'Zoë'],
    ['UTF-16 LE', [0xff, 0xfe, ...Buffer.from('Zoë €', 'utf16le')], 'utf-16le', 'mark', 'Zoë €'],
    ['UTF-16 BE', [0xfe, 0xff, ...Buffer.from('Zoë €', 'utf16le').swap16()], 'utf-16be', 'mark', 'Zoë €'],
    ['UTF-16 without a mark', [...Buffer.from('id;name;€', 'utf16le')], 'utf-16le', 'assumed', 'id;name;€'],
    ['Windows-1252', [0x5a, 0x6f, 0xeb, 0x20, 0x80, 0x92], 'windows-1252', 'assumed', 'Zoë €’'],
    ['ASCII', [0x61], 'utf-8', 'content', 'a'],
    ['nothing', [], 'utf-8', 'content', ''],
  ])('%s', (_, given, name, from, text) => {
    const head = bytes(given);
    expect(decodeHead(head)).toMatchObject({ text, encoding: { name, from } });
  });

  test('a head that is cut amid a character is UTF-8 all the same', () => {
    expect(findEncoding(Uint8Array.of(0x61, 0xe2, 0x82), false)).toMatchObject({ name: 'utf-8', from: 'content' });
    expect(findEncoding(Buffer.from('Zo\xeb', 'latin1'), true)).toMatchObject({ name: 'windows-1252', from: 'assumed' });
  });

  test('a file of which most letters are UTF-8 is a damaged one, not Windows-1252', () => {
    expect(findEncoding(Buffer.concat([Buffer.from('Zoë Jürgen François'), Buffer.from([0xff])]), true)).toMatchObject({
      name: 'utf-8',
      from: 'assumed',
    });
  });

  test('what is declared counts, and says what it contradicts', () => {
    expect(decodeHead(bytes([0xa4]), 'iso-8859-15').text).toBe('€');
    expect(findEncoding(Uint8Array.of(0xeb), true, 'utf-8')).toMatchObject({ name: 'utf-8', from: 'declared', but: 'windows-1252' });
    expect(findEncoding(Uint8Array.of(0xff, 0xfe, 0x61, 0), true, 'windows-1252')).toMatchObject({ but: 'utf-16le', mark: 0 });
  });
});

describe('delimiter and header', () => {
  test.each([
    ['a,b\n1,2\n', ','],
    ['a;b\n"x,y";2\n1,5;3\n', ';'],
    ['a\tb\n1;2\t3\n', '\t'],
    ['a|b\n1|2', '|'],
    ['name\nAmsterdam, NL\n', ';'],
    ['sep=;\r\na,x;b\r\n1;2\r\n', ';'],
  ])('%j is divided by %j', (text, delimiter) => {
    expect(shapeOf(text).format.delimiter).toBe(delimiter);
  });

  test('only a division that fits every line is not called an assumption', () => {
    expect(shapeOf('a;b\n1;2\n').assumed).toEqual([]);
    expect(shapeOf('a;b\n1;2\n3\n').assumed).toEqual([expect.stringContaining('";"')]);
    expect(shapeOf('a;b\n1;2\n3\n', { delimiter: ';' }).assumed).toEqual([]);
  });

  test('names are those of the header, unique, and never empty', () => {
    const { columns, oddities } = shapeOf('id;Name;;name; b \n1;2;3;4;5\n');
    expect(columns.map(({ name }) => name)).toEqual(['id', 'Name', 'column3', 'name_2', 'b']);
    expect(oddities).toHaveLength(2);
  });

  test('a delimiter at the end of every line is no column', () => {
    expect(shapeOf('a;b;\n1;2;\n').columns.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(shapeOf('a;b;\n1;2;3\n').columns.map(({ name }) => name)).toEqual(['a', 'b', 'column3']);
  });

  test('without a header the columns are numbered, or named by the author', () => {
    expect(shapeOf('1;2\n3;4\n', { header: false })).toMatchObject({ skipped: 0, columns: [{ name: 'column1' }, { name: 'column2' }] });
    const named = { tables: { t: { header: false, names: ['id', 'name'] } } };
    expect(shapeOf('1;2\n3;4\n', named).columns.map(({ name }) => name)).toEqual(['id', 'name']);
    expect(shapeOf('1;2\n', { tables: { t: { names: ['id', 'name'] } } }).disagreements).toMatchObject([{ about: 'names' }]);
  });

  test('a delimiter that is said and is not there is spotted', () => {
    expect(shapeOf('a;b\n1;2\n', { delimiter: ',' }).disagreements).toMatchObject([{ about: 'delimiter' }]);
    expect(shapeOf('a\n1\n', { delimiter: ',' }).disagreements).toEqual([]);
  });

  test('an empty file has no shape', () => {
    expect(readShape({ kind: 'text', text: '' }, sourceOf(), undefined)).toBeUndefined();
    expect(readShape({ kind: 'text', text: '\n\n' }, sourceOf(), undefined)).toBeUndefined();
  });
});

describe('types', () => {
  const typeOf = (values: readonly string[], files: object = {}): unknown => {
    const { type, format } = shapeOf(`v;w\n${values.map((value) => `${value};x`).join('\n')}\n`, files).columns[0]?.reading ?? {};
    return format === undefined ? type : `${String(type)} ${format}`;
  };

  test.each([
    [['1', '-2.5', ''], 'number'],
    [['1', '007'], 'text'],
    [['1234567890123456'], 'text'],
    [['1', 'x'], 'text'],
    [['1,5'], 'text'],
    [['true', 'FALSE', ''], 'boolean'],
    [['0', '1'], 'number'],
    [['2024-02-29'], 'date'],
    [['2023-02-29'], 'text'],
    [['31-12-2024', '01-02-2024'], 'date dd-MM-yyyy'],
    [['31.12.2024'], 'date dd.MM.yyyy'],
    [['03/04/2024'], 'text'],
    [['03/04/2024', '13/04/2024'], 'date dd/MM/yyyy'],
    [['03/04/2024', '04/13/2024'], 'date MM/dd/yyyy'],
    [['2024-01-01T10:00:00Z', '2024-01-01 10:00'], 'datetime'],
    [['', ''], 'text'],
    [[], 'text'],
  ])('%j is %s', (values, type) => {
    expect(typeOf(values)).toBe(type);
  });

  test('a decimal comma is found where the author says there is one', () => {
    expect(typeOf(['1,5', '2'], { decimal: ',' })).toBe('number');
    expect(typeOf(['1.5'], { decimal: ',' })).toBe('text');
  });

  test('columns that rows are joined by are text, unless declared', () => {
    expect(shapeOf('id;n\n1;2\n', {}, ['id']).columns.map(({ reading }) => reading.type)).toEqual(['text', 'number']);
    expect(shapeOf('id;n\n1;2\n', { tables: { t: { columns: { id: 'number' } } } }, ['id']).columns[0]?.reading.type).toBe('number');
  });
});

test('no bytes make it fail', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (given) => {
      const shape = readShape({ kind: 'bytes', bytes: given, whole: given.length < 100 }, sourceOf(), undefined);
      const names = shape?.columns.map(({ name }) => name.toLowerCase()) ?? [];
      expect(new Set(names).size).toBe(names.length);
      expect(names).not.toContain('');
    }),
    { numRuns: 2000 },
  );
});
