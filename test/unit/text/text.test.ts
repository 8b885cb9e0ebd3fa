import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFilter } from '../../../engine/model/filter/filter.ts';
import { parseJson, type JsonNode } from '../../../engine/model/text/json.ts';
import { indexLines } from '../../../engine/model/text/lines.ts';
import { nearest } from '../../../engine/model/text/nearest.ts';

describe('nearest', () => {
  test.each([
    ['titel', ['title', 'tile', 'total'], 'title'],
    ['USERS', ['users', 'usesr'], 'users'],
    ['groupID', ['group_id', 'id'], 'group_id'],
    ['nothing', ['x', 'abc'], undefined],
    ['', ['a'], undefined],
  ])('%s', (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected);
  });
});

describe('lines', () => {
  test('offset → position → offset, for every line end', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'ä', '😀', '\n', '\r\n', '\r', '\t')), fc.nat(), (parts, at) => {
        const text = parts.join('');
        const offset = at % (text.length + 1);
        // Between \r and \n there is no place for a caret.
        fc.pre(!(text[offset - 1] === '\r' && text[offset] === '\n'));
        const lines = indexLines(text);
        expect(lines.offsetAt(lines.positionAt(offset))).toBe(offset);
      }),
    );
  });
});

describe('parseJson', () => {
  test('an empty file is said to be empty', () => {
    for (const text of ['', '  \n', '\uFEFF'])
      expect(parseJson(text, { strict: true }).problems.map(({ message }) => message)).toEqual([
        'The file is empty. A JSON object is expected.',
      ]);
  });

  test('strict refuses comments and trailing commas, with the place the author meant', () => {
    const text = '{ "a": [1, 2,], }';
    const { problems } = parseJson(text, { strict: true });
    expect(problems.map(({ span }) => text.slice(span.offset, span.offset + span.length))).toEqual([',', ',']);
    expect(parseJson('{ /* why */ "a": 1, }', { strict: false }).problems).toEqual([]);
    expect(parseJson('{ /* why */ "a": 1 }', { strict: true }).problems).toHaveLength(1);
  });

  test('a file that is no UTF-8 text has one problem', () => {
    const utf16 = Buffer.from('{ "schema": { "crud_objects": {} } }', 'utf16le');
    const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0xff, 0xd8, 0x22, 0x7b]);
    for (const bytes of [utf16, Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), picture]) {
      for (const read of [(text: string) => parseJson(text, { strict: true }), readFilter]) {
        expect(read(bytes.toString('utf8')).problems.map(({ code }) => code)).toEqual(['not-text']);
      }
    }
    expect(parseJson('{ "a": "ä😀" }', { strict: true }).problems).toEqual([]);
  });

  test('nesting without end is refused, not followed', () => {
    const { problems, root } = parseJson('['.repeat(100_000), { strict: true });
    expect(problems.map(({ code }) => code)).toEqual(['too-deep']);
    expect(root).toBeUndefined();
  });

  test('every problem lies within the text, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', 'a', '1', ' ', '\n', '/') }), (text) => {
        for (const { span } of parseJson(text, { strict: true }).problems) expect(span.offset).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

test('a comment that is never closed leads no node out of the text', () => {
  for (const text of ['{ "a": 1 /*', '{ "a": [ /* x', '{ "a": { "b": 1\n/*', '[1, /*']) {
    const { root } = parseJson(text, { strict: true });
    const visit = (node: JsonNode): void => {
      expect(node.offset + node.length, `${node.type} in ${text}`).toBeLessThanOrEqual(text.length);
      node.children?.forEach(visit);
    };
    if (root) visit(root);
    expect(root).toBeDefined();
  }
});
