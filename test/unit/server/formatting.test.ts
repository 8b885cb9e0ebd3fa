import fc from 'fast-check';
import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { formatJson, type LineRange } from '../../../server/capabilities/json/format.ts';
import { jsonTokens } from '../../../server/capabilities/json/tokens.ts';
import { corpusConnectors } from '../../support/corpus.ts';
import { applyEdits } from '../../support/edits.ts';

const two = { unit: '  ', tabSize: 2 };

function format(text: string, options = two, range?: LineRange): string {
  return applyEdits(text, formatJson(text, options, range));
}

/** What a text holds but its blanks. */
function pieces(text: string): readonly string[] {
  return jsonTokens(text).map(({ offset, length }) => text.slice(offset, offset + length));
}

describe('formatting', () => {
  it('leaves a text that is right alone', () => {
    const right = '{\n  "a": [1, 2],\n  "b": { "c": true, "d": [] },\n\n  "e": [{\n    "f": null\n  }, {\n    "g": {}\n  }]\n}\n';
    expect(formatJson(right, two)).toEqual([]);
    expect(formatJson('{"a": 1}\n', two)).toEqual([]);
    expect(formatJson('', two)).toEqual([]);
  });

  it('indents, and sets blanks around colons and commas', () => {
    expect(format('{\n"a" :1,\n      "b":[ 1,2 ],\n    "c": {"d" : 2 }\n  }')).toBe('{\n  "a": 1,\n  "b": [ 1, 2 ],\n  "c": {"d": 2}\n}\n');
    expect(format('{\n  "a": [\n    { }\n  ]\n}', { unit: '\t', tabSize: 4 })).toBe('{\n\t"a": [\n\t\t{}\n\t]\n}\n');
  });

  it('indents by one level what a line opens, however many brackets that are', () => {
    expect(format('{\n"a": [{\n"b": [[\n1\n]]\n}]\n}\n')).toBe('{\n  "a": [{\n    "b": [[\n      1\n    ]]\n  }]\n}\n');
  });

  it('ends an object as it begins', () => {
    expect(format('{ "a": 1,\n"b": 2\n}\n')).toBe('{\n  "a": 1,\n  "b": 2\n}\n');
    expect(format('{\n"a": 1 }\n')).toBe('{\n  "a": 1\n}\n');
  });

  it('breaks lines that are too long, the outermost level first', () => {
    const long = (length: number): string => 'x'.repeat(length);
    expect(format(`{ "a": { "b": "${long(50)}", "c": ["${long(50)}", 1] }, "d": 1 }\n`)).toBe(
      `{\n  "a": { "b": "${long(50)}", "c": ["${long(50)}", 1] },\n  "d": 1\n}\n`,
    );
    expect(format(`{\n  "a": ["${long(100)}", "${long(60)}"], "d": 1\n}\n`)).toBe(
      `{\n  "a": [\n    "${long(100)}",\n    "${long(60)}"\n  ],\n  "d": 1\n}\n`,
    );
    expect(format(`{\n  "a": "${long(200)}"\n}\n`)).toBe(`{\n  "a": "${long(200)}"\n}\n`);
  });

  it('edits only the lines that are wrong', () => {
    const edits = formatJson('{\n  "a": 1,\n   "b": 2,  \n  "c":3\n}\n', two);
    expect(edits).toEqual([
      { offset: 12, length: 3, text: '  ' },
      { offset: 22, length: 2, text: '' },
      { offset: 31, length: 0, text: ' ' },
    ]);
  });

  it('keeps the line ends, the byte order mark and empty lines', () => {
    expect(format('\uFEFF{\r\n"a": 1,\r\n \r\n"b": [\r\n]\r\n}')).toBe('\uFEFF{\r\n  "a": 1,\r\n\r\n  "b": [\r\n  ]\r\n}\r\n');
    expect(format('{\n}\n\n \n')).toBe('{\n}\n\n\n');
    expect(applyEdits('{\n}\n\n \n', formatJson('{\n}\n\n \n', { ...two, trimEnd: true }))).toBe('{\n}\n');
  });

  it('keeps comments where they stand', () => {
    const commented = '// top\n{ // about it\n    "a": 1, /* one */ "b": 2,   // two\n// three\n"c": [1, // four\n2]\n}\n';
    expect(format(commented)).toBe(
      '// top\n{ // about it\n  "a": 1, /* one */ "b": 2,   // two\n  // three\n  "c": [1, // four\n    2]\n}\n',
    );
    expect(format('{\n"a": 1,\n}')).toBe('{\n  "a": 1,\n}\n');
  });

  it('of some lines changes only those, and follows the lines around them', () => {
    const text = '{\n      "a": {\n  "b": 1,\n"c":2\n      }\n,"d":3}';
    expect(format(text, two, { first: 2, last: 3 })).toBe('{\n      "a": {\n        "b": 1,\n        "c": 2\n      }\n,"d":3}');
    expect(format(text, two, { first: 5, last: 5 })).toBe('{\n      "a": {\n  "b": 1,\n"c":2\n      }\n  , "d": 3\n}\n');
    expect(formatJson(text, two, { first: 40, last: 50 })).toEqual([]);
  });
});

/** JSON as no two people write it: any value, with any blanks and comments between. */
const blanks = fc
  .array(fc.constantFrom('', ' ', '\n', '\t', '\r\n', '/* c */', '// d\n', '  '), { maxLength: 3 })
  .map((parts) => parts.join(''));
const options = fc.constantFrom(two, { unit: '    ', tabSize: 4 }, { unit: '\t', tabSize: 4 });
const anyText = fc.tuple(fc.json({ maxDepth: 4 }), fc.array(blanks, { minLength: 1, maxLength: 40 })).map(([json, gaps]) =>
  pieces(json)
    .map((piece, index) => (gaps[index % gaps.length] ?? '') + piece)
    .join(''),
);

describe('formatting any text', () => {
  it('changes nothing but blanks, and only once', () => {
    fc.assert(
      fc.property(anyText, options, (text, how) => {
        const edits = formatJson(text, how);
        for (const { offset, length, text: written } of edits) expect(text.slice(offset, offset + length) + written).toMatch(/^\s*$/);
        const after = applyEdits(text, edits);
        expect(pieces(after)).toEqual(pieces(text));
        expect(parse(after)).toEqual(parse(text));
        expect(formatJson(after, how)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('of some lines leaves the others alone', () => {
    fc.assert(
      fc.property(anyText, fc.nat(12), fc.nat(4), (text, first, more) => {
        const after = format(text, two, { first, last: first + more });
        const [before, now] = [text, after].map((one) => one.split(/\r\n|\n|\r/));
        expect(now?.slice(0, first)).toEqual(before?.slice(0, first));
        const kept = Math.max(0, (before?.length ?? 0) - first - more - 1);
        expect(now?.slice(now.length - kept)).toEqual(before?.slice(before.length - kept));
        expect(parse(after)).toEqual(parse(text));
      }),
      { numRuns: 500 },
    );
  });
});

const shipped = corpusConnectors();

describe.skipIf(shipped.length === 0)('formatting the shipped connectors', () => {
  // Where they are not, one test stands for them and is skipped by name.
  for (const { name, text } of shipped.length > 0 ? shipped : [{ name: 'each of them', text: '{}' }]) {
    it(`${name} keeps its lines and its meaning`, () => {
      const how = { unit: '    ', tabSize: 4 };
      const after = format(text, how);
      expect(JSON.parse(after)).toEqual(JSON.parse(text));
      // An array that began in its bracket's line is broken evenly; nothing else becomes more or fewer lines.
      const lines = (one: string): number => one.trimEnd().split('\n').length;
      expect(lines(after) - lines(text)).toBeOneOf([0, 1]);
      expect(formatJson(after, how)).toEqual([]);
      const minified = JSON.stringify(JSON.parse(text));
      const broken = format(minified, how);
      expect(formatJson(broken, how)).toEqual([]);
      expect(broken.split('\n').length).toBeGreaterThan(50);
    });
  }
});
