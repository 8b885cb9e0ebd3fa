import type { CodeAction, CompletionItem, DocumentHighlight, Location, SignatureHelp, WorkspaceEdit } from 'vscode-languageserver-types';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEditor, type TestEditor } from '../support/language-server.ts';

const base = 'filters/Base.filter';
const child = 'filters/Child.filter';
const baseText = `parameter town text default 'X'
select p.employeeNumber, p.mail,
       script $$ return p.mail.toLowerCase() $$ as lowered
from   hr.persons as p
left join hr.departments as d
where  p.status = @town
  and  d.name = 'IT'
`;
const childText = `extends base

select p.employeeNumber as login
where  p.status <> @town
`;

let editor: TestEditor;
beforeAll(async () => {
  editor = await startEditor();
  await editor.open(base, baseText);
  await editor.open(child, childText);
});
afterAll(() => editor[Symbol.asyncDispose]());

async function labels(path: string, marked: string): Promise<readonly string[]> {
  return (
    await editor
      .ask<CompletionItem[] | { readonly items: CompletionItem[] }>('completion', path, marked)
      .then((found) => (Array.isArray(found) ? found : found.items))
  ).map(({ label }) => label);
}

test('completion: inside a script, and what a parent brings', async () => {
  expect(await labels(base, 'return p.<|>mail')).toEqual(expect.arrayContaining(['employeeNumber', 'displayName']));
  expect(await labels(child, 'p.status <> @<|>town')).toEqual(['@town']);
});

test('signature help', async () => {
  await editor.edit(base, 'p.employeeNumber, p.mail', 'substr(p.employeeNumber, 1) as number, p.mail');
  const help = await editor.ask<SignatureHelp>('signatureHelp', base, 'substr(p.employeeNumber, <|>1)');
  expect(help.signatures[0]?.label).toBe('substr(text, start [, count])');
  expect(help.activeParameter).toBe(1);
  await editor.edit(base, 'substr(p.employeeNumber, 1) as number, p.mail', 'p.employeeNumber, p.mail');
  expect(await editor.ask('signatureHelp', 'filters/Base.filter', 'from   <|>hr')).toBeNull();
});

test('definition, references and highlights of a table, from a script and from a filter that extends', async () => {
  const [definition] = await editor.ask<Location[]>('definition', child, 'select <|>p.employeeNumber');
  expect(definition).toEqual({ uri: editor.uri(base), range: { start: editor.at(base, 'as <|>p\n'), end: editor.at(base, 'as p<|>\n') } });
  const parameter = await editor.ask<Location[]>('definition', child, '@to<|>wn');
  expect(parameter[0]).toMatchObject({ uri: editor.uri(base), range: { start: editor.at(base, 'parameter <|>town') } });
  const highlights = await editor.ask<DocumentHighlight[]>('documentHighlight', base, 'return <|>p.mail');
  expect(highlights.map(({ range }) => range.start)).toEqual(
    ['select <|>p.', ', <|>p.mail,', 'return <|>p.mail', 'as <|>p\n', 'where  <|>p.'].map((marked) => editor.at(base, marked)),
  );
  const found = await editor.request<Location[]>('textDocument/references', {
    textDocument: { uri: editor.uri(base) },
    position: editor.at(base, 'return p.ma<|>il'),
    context: { includeDeclaration: true },
  });
  expect(found.map(({ uri }) => uri)).toContain(editor.uri('connectors/hr.json'));
  expect(found.filter(({ uri }) => uri === editor.uri(base)).map(({ range }) => range.start)).toEqual(
    ['p.employeeNumber, p.<|>mail', 'return p.<|>mail'].map((marked) => editor.at(base, marked)),
  );
});

test('a column of a connector is renamed in scripts, too', async () => {
  const edit = await editor.request<WorkspaceEdit>('textDocument/rename', {
    textDocument: { uri: editor.uri(base) },
    position: editor.at(base, 'return p.ma<|>il'),
    newName: 'e-mail',
  });
  const uri = editor.uri(base);
  const changed = (edit.documentChanges ?? []).find((one) => 'textDocument' in one && one.textDocument.uri === uri);
  const edits = edit.changes?.[uri] ?? (changed && 'edits' in changed ? changed.edits : []);
  expect(edits.map((one) => ('newText' in one ? one.newText : ''))).toEqual(['"e-mail"', "['e-mail']"]);
});

test('changes that are offered: where a left join is undone, and to the value at the caret', async () => {
  const problems = await editor.diagnostics(base, (found) => found.some(({ code }) => code === 'left-join-undone'));
  const at = editor.at(base, "'I<|>T'");
  const actions = await editor.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: editor.uri(base) },
    range: { start: at, end: at },
    context: { diagnostics: problems.filter(({ code }) => code === 'left-join-undone') },
  });
  const titles = actions.map(({ title }) => title);
  expect(titles).toContain('Move the condition into the "on" of the left join of "d"');
  expect(titles).toContain("Make 'IT' the parameter @name");
  expect(actions.find(({ title }) => title.startsWith('Move'))?.kind).toBe('quickfix');
});
