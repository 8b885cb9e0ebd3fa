import type { CodeAction } from 'vscode-languageserver-types';
import { expect, test } from 'vitest';
import { indexLines } from '../../engine/model/text/lines.ts';
import { startEditor } from '../support/language-server.ts';

/** File, what to break, how, and the problem it makes. */
const broken = [
  ['connectors/directory.json', '"table": "groups"', '"table": "gruops"', 'unknown-iteration-table'],
  ['connectors/directory.json', '"primary": "boolean*"', '"primary": "boolean*",', 'not-json'],
  ['mappings/New accounts.json', '"user_create"', '"user_crate"', 'unknown-operation'],
  ['mappings/New accounts.json', '"compareKey"', '"comparekey"', 'unknown-property'],
  ['roles/development/IT.json', '"Staff of a department"', '"Staff of a departement"', 'unknown-filter'],
  ['systems/hr.json', '"display": "name"', '"display": "nam"', 'unknown-column'],
  ['filters/Employees.filter', 'p.firstName', 'p.fistName', 'unknown-column'],
] as const;

test.for(broken)('%s: %s → %s', async ([path, piece, wrong, code]) => {
  await using editor = await startEditor();
  await editor.open(path);
  await editor.edit(path, piece, wrong);
  const diagnostics = await editor.diagnostics(path, (all) => all.some((one) => one.code === code));
  const diagnostic = diagnostics.find((one) => one.code === code);
  const range = diagnostic?.range;
  const actions = await editor.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: editor.uri(path) },
    range,
    context: { diagnostics: [diagnostic] },
  });
  const [action] = actions;
  expect(action, `a fix of ${code}`).toMatchObject({ kind: 'quickfix', isPreferred: true });
  for (const { range: place, newText } of action?.edit?.changes?.[editor.uri(path)] ?? []) {
    const text = editor.text(path);
    const lines = indexLines(text);
    const [start, end] = [place.start, place.end].map(({ line, character }) => lines.offsetAt({ line, column: character }));
    await editor.edit(path, text, text.slice(0, start) + newText + text.slice(end));
  }
  expect((await editor.diagnostics(path, (all) => !all.some((one) => one.code === code))).filter((one) => one.code === code)).toEqual([]);
});
