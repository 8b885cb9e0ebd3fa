import { describe, expect, it } from 'vitest';
import { applyEdits, editsOf } from '../../../engine/model/text/edits.ts';
import { parseJson } from '../../../engine/model/text/json.ts';
import { createSchemaCheck } from '../../../engine/model/text/schema-check.ts';

const check = createSchemaCheck({
  type: 'object',
  properties: { flag: { type: 'boolean' }, count: { type: 'integer' }, share: { type: ['number', 'null'] }, list: { type: 'array' } },
});

/** The text after the repair of its only finding, or undefined where none is offered. */
function repaired(text: string): string | undefined {
  const [problem, ...others] = check(parseJson(text, { strict: true }).root ?? expect.fail('no tree'));
  expect(others).toEqual([]);
  expect(problem?.code).toBe('wrong-type');
  const fix = problem?.fixes?.[0];
  return fix && applyEdits(text, editsOf(fix));
}

describe('a value of a wrong type', () => {
  it('loses its quotes where they are all that is wrong', () => {
    expect(repaired('{ "flag": "true" }')).toBe('{ "flag": true }');
    expect(repaired('{ "count": "-12" }')).toBe('{ "count": -12 }');
    expect(repaired('{ "share": "0.5" }')).toBe('{ "share": 0.5 }');
  });

  it('has no repair where nobody knows what was meant', () => {
    for (const text of [
      '{ "flag": "yes" }',
      '{ "count": "007" }',
      '{ "count": "1.5" }',
      '{ "share": "" }',
      '{ "list": "1" }',
      '{ "flag": 1 }',
    ])
      expect(repaired(text), text).toBeUndefined();
  });
});
