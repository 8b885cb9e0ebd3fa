import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { neverAborted } from '../../../engine/cli/io.ts';
import { runCli } from '../../../engine/cli/run-cli.ts';
import { root } from '../../../scripts/editor/paths.ts';

async function sollist(...args: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  let [out, err] = ['', ''];
  const code = await runCli(args, {
    stdout: (text) => (out += text),
    stderr: (text) => (err += text),
    env: {},
    cwd: root,
    interactive: false,
    colour: false,
    signal: neverAborted,
  });
  return { code, out, err };
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
