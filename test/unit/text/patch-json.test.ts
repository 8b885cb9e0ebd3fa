import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson, type JsonDocument, type JsonNode } from '../../../engine/model/text/json.ts';
import { readTolerant } from '../../../engine/model/text/read-tolerant.ts';
import { readStrict } from '../../../engine/model/text/read-strict.ts';
import { corpusConnectors } from '../../support/corpus.ts';

/** A tree as plain data, with the places of everything. */
function shape(node: JsonNode | undefined): unknown {
  if (!node) return undefined;
  const { type, offset, length, value, raw, children } = node;
  return [type, offset, length, children ? children.map(shape) : value, raw];
}

function report({ root, problems, whole }: JsonDocument): unknown {
  return { tree: shape(root), problems: JSON.parse(JSON.stringify(problems)) as unknown, whole };
}

const sample = `{
  "$schema": "x",
  "schema": { "crud_objects": {
    "users": { "key": "id", "resources": { "id": "string*", "na\\u006de": "string", "tags": ["string"] }, "operations": { "get": { "method": "get" } } },
    "groups": { "key": "id", "resources": { "id": "string*" } },
    "members": { "values": [1, -2.5e3, true, false, null, {}] }
  } },
  "rest": { "config": { "baseUrl": "https://{tenant_id}" } },
  "connection": { "items": [] }
}
`;

describe('a text that is JSON', () => {
  it('gives the same tree by the strict reader as by the tolerant one', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(undefined, 1, '\t'), (text, indent) => {
        const spaced = JSON.stringify(JSON.parse(text), null, indent);
        const strict = readStrict(spaced, 200);
        expect(strict).toBeDefined();
        expect(shape(strict)).toEqual(shape(readTolerant(spaced, { strict: true }).root));
      }),
      { numRuns: 500 },
    );
  });

  it('is left to the tolerant reader as soon as one letter is not JSON', () => {
    for (const text of ['{"a":01}', '{"a":"\\x"}', '{"a":1,}', '[1 2]', '{"a" 1}', "{'a':1}", '"a\nb"', '{} x', '', 'nul', '-', '{"a":"b'])
      expect(readStrict(text, 200), text).toBeUndefined();
    expect(readStrict('[['.repeat(200) + ']]'.repeat(200), 200)).toBeUndefined();
  });
});

const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.oneof(fc.constant(0), fc.constant(0), fc.nat({ max: 4 }), fc.nat({ max: 60 })),
  insert: fc.oneof(
    fc.constantFrom('', 'x', '"', '{', '}', '[', ']', ',', ':', '\n', '\\', '/', '//', '/*', '*/', '"a": 1,', '"id"', '\u0000', '{}'),
    fc.string({ maxLength: 6 }),
  ),
});

function afterEdits(text: string, edits: readonly { readonly at: number; readonly cut: number; readonly insert: string }[]): void {
  let document = parseJson(text, { strict: true });
  let current = text;
  for (const { at, cut, insert } of edits) {
    const offset = Math.floor(at * current.length);
    current = current.slice(0, offset) + insert + current.slice(offset + cut);
    document = parseJson(current, { strict: true, previous: document });
    expect(report(document)).toEqual(report(parseJson(current, { strict: true })));
  }
}

describe('a document read from an earlier one', () => {
  it('is the one that the whole text gives, edit after edit', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 12 }), (edits) => afterEdits(sample, edits)),
      { numRuns: 1500 },
    );
  });

  it('also while somebody types on in one place', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: sample.length }),
        fc.array(fc.constantFrom('"', '""', 'a', ':', ' ', '1', ',', '{}', '[]', '//'), { maxLength: 12 }),
        (at, strokes) => {
          let document = parseJson(sample, { strict: true });
          let current = sample;
          let caret = at;
          for (const stroke of strokes) {
            current = current.slice(0, caret) + stroke + current.slice(caret);
            caret += stroke.length === 2 ? 1 : stroke.length;
            document = parseJson(current, { strict: true, previous: document });
            expect(report(document)).toEqual(report(parseJson(current, { strict: true })));
          }
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('keeps the nodes of every other table, moved', () => {
    const first = parseJson(sample, { strict: true });
    const groups = first.root?.children?.[1]?.children?.[1]?.children?.[0]?.children?.[1]?.children?.[1]?.children?.[1];
    const before = groups?.offset ?? 0;
    const second = parseJson(sample.replace('"get": {', '"get_all_of_them": {'), { strict: true, previous: first });
    expect(second.root?.children?.[1]?.children?.[1]?.children?.[0]?.children?.[1]?.children?.[1]?.children?.[1]).toBe(groups);
    expect(groups?.offset).toBe(before + '_all_of_them'.length);
  });

  for (const { name, text } of corpusConnectors()) {
    it(`also for ${name}`, () => {
      fc.assert(
        fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => afterEdits(text, edits)),
        { numRuns: 6 },
      );
    });
  }
});
