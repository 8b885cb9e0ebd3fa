import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../../scripts/editor/paths.ts';
import { type Outcome, runCommand } from '../../support/command-line.ts';

function sollist(...args: readonly string[]): Promise<Outcome> {
  return runCommand(args, { cwd: root });
}

test('explain prints the page of a code', async () => {
  const page = readFileSync(join(root, 'docs/problems/unresolved-variable.md'), 'utf8');
  expect(await sollist('explain', 'unresolved-variable')).toEqual({ code: 0, out: page, err: '' });
});

test.for([
  ['unresolved-varable', 'No problem has the code "unresolved-varable". Did you mean "unresolved-variable"?'],
  ['../README', 'No problem has the code "../README".'],
] as const)('explain %s ends with 2 and a sentence', async ([code, sentence]) => {
  const { code: exit, out, err } = await sollist('explain', code);
  expect([exit, out]).toEqual([2, '']);
  expect(err).toContain(sentence);
  expect(err.trim().split('\n')).toHaveLength(1);
});

test('explain without a code says what is missing', async () => {
  expect(await sollist('explain')).toEqual({
    code: 2,
    out: '',
    err: 'explain needs a code. Run "sollist explain --help" to see what there is.\n',
  });
});
