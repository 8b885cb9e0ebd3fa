import { expect, test } from 'vitest';
import { checkFile } from '../../../engine/model/workspace/check-file.ts';
import { createWorkspaceReader } from '../../../engine/model/workspace/read-workspace.ts';
import { scriptGlobals } from '../../../engine/run/scripts/script-globals.ts';

const files = (libraries: Readonly<Record<string, string>>) =>
  new Map([['sollist.json', '{}'], ...Object.entries(libraries).map(([name, text]) => [`libraries/${name}.js`, text] as const)]);

test('the libraries of a workspace are global names of its scripts', () => {
  const read = createWorkspaceReader();
  const workspace = read(files({ Helper: 'return class { static up(s) { return domain + s } }', domain: "return 'example.test'" }));
  expect([...scriptGlobals(workspace)]).toEqual([
    ['Helper', { kind: 'library', code: 'return class { static up(s) { return domain + s } }' }],
    ['domain', { kind: 'library', code: "return 'example.test'" }],
  ]);
  expect(checkFile(workspace, 'libraries/Helper.js')).toEqual([]);
  const edited = read(files({ Helper: 'return class { static up(s) { return domain + s } }', domain: 'return 7' }));
  expect(edited.libraries.get('domain')?.text).toBe('return 7');
  expect(edited.libraries.get('Helper')).toBe(workspace.libraries.get('Helper'));
});

test.for<readonly [string, string, readonly string[]]>([
  ['Helper', 'return {', ['script-syntax']],
  ['Helper', 'class Helper {}', ['script-no-return']],
  ['Helper', 'return () => helpr()', ['script-unknown-name']],
  ['my-helpers', 'return 1', ['library-name']],
  ['Math', 'return 1', ['library-name']],
])('%s with %s', ([name, text, codes]) => {
  const workspace = createWorkspaceReader()(files({ [name]: text }));
  expect(checkFile(workspace, `libraries/${name}.js`).map(({ code }) => code)).toEqual(codes);
});
