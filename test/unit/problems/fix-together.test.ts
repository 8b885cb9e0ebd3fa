import { describe, expect, test } from 'vitest';
import { fixTogether } from '../../../engine/model/problems/fix-together.ts';
import { fixAllOf, fixSafely, safeCodes } from '../../../engine/model/problems/safe-fixes.ts';
import { knownCodes } from '../../../engine/model/problems/codes/all.ts';
import { parseJson } from '../../../engine/model/text/json.ts';
import type { Edit, Fix, Problem } from '../../../engine/model/text/problem.ts';
import { checkText, wrapTables } from '../../support/connector.ts';

const edit = (offset: number, length: number, text: string): Edit => ({ span: { offset, length }, text });
const fix = (first: Edit, ...more: readonly Edit[]): { readonly fix: Fix } => ({
  fix: { title: 'It', ...first, ...(more.length > 0 && { more }) },
});

describe('repairs made together', () => {
  test('are made with all their edits, whatever their order', () => {
    const { text, taken } = fixTogether('abcdef', [fix(edit(4, 1, 'E'), edit(0, 1, 'A')), fix(edit(2, 1, 'C'))]);
    expect(text).toBe('AbCdEf');
    expect(taken).toHaveLength(2);
  });

  test('leave out the one that changes what an earlier one changes, with all its edits', () => {
    const { text, taken } = fixTogether('abcdef', [fix(edit(1, 3, 'X')), fix(edit(3, 2, 'Y'), edit(0, 1, 'Z')), fix(edit(5, 1, 'F'))]);
    expect(text).toBe('aXeF');
    expect(taken).toHaveLength(2);
  });

  test('may touch', () => {
    expect(fixTogether('abcdef', [fix(edit(2, 2, '')), fix(edit(4, 2, '')), fix(edit(2, 0, 'x'))]).text).toBe('abx');
  });

  test('add at one place in their order, and the same thing once', () => {
    const { text, taken } = fixTogether('ab', [fix(edit(1, 0, '1')), fix(edit(1, 0, '2')), fix(edit(1, 0, '1'))]);
    expect(text).toBe('a12b');
    expect(taken).toHaveLength(2);
  });

  test('are made one by one where together they would break the text', () => {
    const { text } = fixTogether('', [fix(edit(0, 0, 'a')), fix(edit(0, 0, 'b')), fix(edit(0, 0, 'c'))], (after) => !after.includes('ab'));
    expect(text).toBe('ac');
  });
});

const many = wrapTables(
  `"users": { "parameters": {}, "operations": {
     "g": { "method": "get", "query_parameters": {}, "processing_options": {}, "call": { "path": "/a", "query_parameters": {} } },
     "h": { "method": "post", "semantics": "create", "warning_only": [], "resource_mandatory": ["id", "id", "id"] }
   }, "resources": { "id": "strin*" } }`,
);

describe('the safe repairs', () => {
  test('have codes that exist', () => {
    expect(safeCodes.filter((code) => !knownCodes.has(code))).toEqual([]);
  });

  test('leave a guess to the author, and the text JSON', () => {
    const { text, taken } = fixSafely({ path: 'a.json', text: many }, checkText(many));
    expect(taken.length).toBeGreaterThan(3);
    expect(parseJson(text, { strict: true }).problems).toEqual([]);
    // A misspelt type has a repair too; it is a guess.
    expect(checkText(many).find(({ code }) => code === 'unknown-type')?.fixes).toBeDefined();
    expect(text).toContain('"strin*"');
  });

  test('are those of the codes that are wanted', () => {
    const { taken } = fixSafely({ path: 'a.json', text: many }, checkText(many), new Set(['repeated-entry']));
    expect(taken.map(({ problem }) => problem.code)).toEqual(['repeated-entry', 'repeated-entry']);
  });

  test('of a text that is no JSON take out commas only', () => {
    const problem = (offset: number, length: number): Problem => ({
      code: 'not-json',
      severity: 'error',
      message: '',
      span: { offset, length },
      fixes: [{ title: 'Remove it', span: { offset, length }, text: '' }],
    });
    const text = '[1,]// why';
    expect(fixSafely({ path: 'a.json', text }, [problem(2, 1), problem(4, 6)]).text).toBe('[1]// why');
  });
});

test('all of one kind are fixed, guesses as well', () => {
  const text = wrapTables('"users": { "operations": { "g": { "method": "get" } }, "resources": { "id": "strin*", "b": "bolean*" } }');
  const { text: after } = fixAllOf({ path: 'a.json', text }, checkText(text), 'unknown-type');
  expect(after).toContain('{ "id": "string*", "b": "boolean*" }');
});
