import { describe, expect, test } from 'vitest';
import { pointerAt } from '../../../engine/model/problems/pointer.ts';
import { parseJson } from '../../../engine/model/text/json.ts';
import { parseCaret } from '../../support/marks.ts';

const places = [
  ['{ <|>"a": 1 }', '/a'],
  ['{ "a": <|>1 }', '/a'],
  ['{ "a"<|>: 1 }', '/a'],
  ['{<|> "a": 1 }', ''],
  ['<|>{ "a": 1 }', ''],
  ['{ "a": { "b": "x<|>y" } }', '/a/b'],
  ['{ "a": <|>{ "b": 1 } }', '/a'],
  ['{ "a/b": { "c~d": <|>1 } }', '/a~1b/c~0d'],
  ['{ "": <|>1 }', '/'],
  ['{ "list": ["x", <|>"y"] }', '/list'],
  ['{ "list": [{ "n": 1 }, <|>{ "n": 2 }] }', '/list/1'],
  ['{ "list": [{ "n": 1 }, { "n": <|>2 }] }', '/list/1/n'],
  ['{ "list": [[{ "n": <|>1 }]] }', '/list/0/0/n'],
  ['{ "a": 1, "a": <|>2 }', '/a'],
  ['[<|>1, 2]', ''],
  ['{ "é\\n": <|>1 }', '/é\n'],
  ['{ "a": 1 }<|>', ''],
  ['<|>', ''],
] as const;

describe('the pointer of a place', () => {
  test.for(places)('%s is %s', ([marked, pointer]) => {
    const { text, caret } = parseCaret(marked);
    expect(pointerAt(parseJson(text, { strict: false }).root, caret)).toBe(pointer);
  });

  test('of a text that is not finished is that of what there is', () => {
    const { text, caret } = parseCaret('{ "a": { "b": "<|>x');
    expect(pointerAt(parseJson(text, { strict: true }).root, caret)).toBe('/a/b');
  });
});
