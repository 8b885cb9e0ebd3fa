import type { CodeAction } from 'vscode-languageserver-types';
import { describe, expect, test } from 'vitest';
import { indexLines } from '../../engine/model/text/lines.ts';
import { startEditor, type Diagnostic, type TestEditor } from '../support/language-server.ts';
import { setStage } from '../support/sample-systems.ts';

const path = 'connectors/directory.json';

/** What is offered at a place of an open document; `only` as an editor asks for kinds. */
async function actionsAt(
  editor: TestEditor,
  marked: string,
  more: { readonly diagnostics?: readonly Diagnostic[]; readonly only?: readonly string[]; readonly end?: string } = {},
): Promise<readonly CodeAction[]> {
  const start = editor.at(path, marked);
  return editor.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: editor.uri(path) },
    range: { start, end: more.end === undefined ? start : editor.at(path, more.end) },
    context: { diagnostics: more.diagnostics ?? [], ...(more.only && { only: more.only }) },
  });
}

function titled(actions: readonly CodeAction[], title: string): CodeAction {
  const action = actions.find((one) => one.title === title);
  if (!action) throw new Error(`"${title}" is not offered, but:\n${actions.map((one) => one.title).join('\n')}`);
  return action;
}

/** Makes the changes of an action in the document, as an editor does. */
async function apply(editor: TestEditor, action: CodeAction): Promise<string> {
  const text = editor.text(path);
  const lines = indexLines(text);
  let after = text;
  const changes = action.edit?.changes?.[editor.uri(path)] ?? [];
  const offset = ({ line, character }: { readonly line: number; readonly character: number }): number =>
    lines.offsetAt({ line, column: character });
  for (const { range, newText } of [...changes].reverse())
    after = after.slice(0, offset(range.start)) + newText + after.slice(offset(range.end));
  await editor.edit(path, text, after);
  return after;
}

/** The problems after a change, known to be those of now by one that is made on purpose. */
async function problemsNow(editor: TestEditor): Promise<readonly unknown[]> {
  await editor.edit(path, '"call_handling"', '"call_handlin": 1, "call_handling"');
  const all = await editor.diagnostics(path, (found) => found.some(({ message }) => message.includes('"call_handlin"')));
  return all.filter(({ severity = 4, message }) => severity < 3 && !message.includes('"call_handlin"')).map(({ message }) => message);
}

test('the kinds are said when the editor connects', async () => {
  await using editor = await startEditor();
  expect(editor.initialized.capabilities.codeActionProvider).toEqual({
    codeActionKinds: ['quickfix', 'refactor.rewrite', 'refactor.extract', 'source.fixAll.sollist'],
  });
});

describe('repairs', () => {
  test('one, all of its kind, and the whole file', async () => {
    await using editor = await startEditor();
    await editor.open(path);
    await editor.edit(path, '"primary": "boolean*"', '"primary": "bolean*"');
    await editor.edit(path, '"type": "string*"', '"type": "strin*", "also": "strng*"');
    await editor.edit(path, '"method": "get",', '"method": "get", "query_parameters": {},');
    const found = await editor.diagnostics(path, (all) => all.filter(({ code }) => code === 'unknown-type').length === 3);
    const first = found.find(({ code }) => code === 'unknown-type');
    const offered = await actionsAt(editor, '"bole<|>an*"', { diagnostics: first ? [first] : [] });
    expect(offered[0]).toMatchObject({ kind: 'quickfix', isPreferred: true, diagnostics: [{ code: 'unknown-type' }] });
    expect(offered.map(({ kind }) => kind)).not.toContain('source.fixAll.sollist');
    // Suppressing it changes another file.
    expect(Object.keys(titled(offered, 'Suppress this finding here').edit?.changes ?? {})).toEqual([editor.uri('sollist.json')]);
    await apply(editor, titled(offered, 'Fix all "unknown-type" in this file'));
    await editor.diagnostics(path, (all) => !all.some(({ code }) => code === 'unknown-type'));

    for (const only of ['source.fixAll', 'source', 'source.fixAll.sollist']) {
      const [action, ...others] = await actionsAt(editor, '<|>"schema"', { only: [only] });
      expect(others).toEqual([]);
      expect(action?.kind).toBe('source.fixAll.sollist');
    }
    // Nobody was asked about the findings: the server looks at the text as it is.
    await editor.edit(path, '"schema"', '"schema" ');
    const after = await apply(
      editor,
      titled(await actionsAt(editor, '<|>"schema"', { only: ['source.fixAll'] }), 'Fix all that is safe to fix'),
    );
    expect(after).not.toContain('"query_parameters": {}');
    expect(() => JSON.parse(after) as unknown).not.toThrow();
  });

  test('none from a finding of an older text', async () => {
    await using editor = await startEditor();
    await editor.open(path);
    await editor.edit(path, '"primary": "boolean*"', '"primary": "bolean*"');
    const found = await editor.diagnostics(path, (all) => all.some(({ code }) => code === 'unknown-type'));
    await editor.edit(path, '"bolean*"', '"boolean*"');
    expect(
      await actionsAt(editor, '"primary": "bool<|>ean*"', {
        diagnostics: found.filter(({ code }) => code === 'unknown-type'),
        only: ['quickfix'],
      }),
    ).toEqual(
      // That it is suppressed may still be wanted; a repair is not.
      expect.not.arrayContaining([expect.objectContaining({ isPreferred: true })]),
    );
  });

  test('of a variable without a value: a column or a connection item', async () => {
    await using editor = await startEditor();
    await editor.open(path);
    await editor.edit(path, '"path": "/scim/v2/Users/{id}"', '"path": "/scim/v2/Users/{personal_number}"');
    const found = await editor.diagnostics(path, (all) => all.some(({ code }) => code === 'unresolved-variable'));
    const diagnostics = found.filter(({ code }) => code === 'unresolved-variable').slice(0, 1);
    const offered = await actionsAt(editor, '/scim/v2/Users/{personal<|>_number}', { diagnostics });
    expect(titled(offered, 'Add connection item "personal_number"').kind).toBe('quickfix');
    const after = await apply(editor, titled(offered, 'Declare column "personal_number"'));
    expect(after).toContain('"personal_number": "string*"');
    await editor.diagnostics(path, (all) => !all.some(({ code }) => code === 'unresolved-variable'));
  });
});

describe('changes', () => {
  test('a missing operation, and all of them', async () => {
    await using editor = await startEditor();
    await editor.open(path);
    const name = tableWithGaps(editor.text(path));
    const offered = await actionsAt(editor, `"${name}<|>": {`, { only: ['refactor'] });
    const action = offered.find(({ title }) => title.startsWith('Add the missing '));
    expect(action?.kind).toBe('refactor.rewrite');
    expect(offered.at(-1)?.kind).toBe('refactor.rewrite');
    await apply(editor, action ?? titled(offered, 'Add the missing create operation'));
    expect(await problemsNow(editor)).toEqual([]);
  });

  test('a membership table', async () => {
    await using editor = await startEditor();
    await editor.open(path);
    const text = editor.text(path);
    const whole = JSON.parse(text) as { schema: { crud_objects: Record<string, { groupmembership?: unknown }> } };
    const name = Object.keys(whole.schema.crud_objects).find((one) => whole.schema.crud_objects[one]?.groupmembership !== undefined);
    const before = name === undefined ? undefined : whole.schema.crud_objects[name]?.groupmembership;
    if (name === undefined) throw new Error('The sample has a membership table.');
    delete whole.schema.crud_objects[name]?.groupmembership;
    await editor.edit(path, text, JSON.stringify(whole, undefined, 2));
    const after = await apply(editor, titled(await actionsAt(editor, `"${name}<|>": {`), `Make "${name}" a membership table`));
    expect((JSON.parse(after) as typeof whole).schema.crud_objects[name]?.groupmembership).toEqual(before);
  });

  test('a connection item, from a selection', async () => {
    await using editor = await startEditor();
    await editor.open(path);
    const offered = await actionsAt(editor, '"path": "<|>/scim/v2/Users', {
      end: '"path": "/scim/v2/Users<|>',
      only: ['refactor.extract'],
    });
    expect(offered.map(({ kind }) => kind)).toEqual(['refactor.extract', 'refactor.extract']);
    const [one, all] = offered;
    expect(all?.title).toMatch(/^Extract all \d+ equal texts to connection item "/);
    const after = await apply(editor, one ?? titled(offered, 'Extract to connection item "path"'));
    expect(after).toMatch(/"path": "\{path:no_encode\}/);
    expect(JSON.stringify((JSON.parse(after) as { connection: unknown }).connection)).toContain('"name":"path"');
    expect(await problemsNow(editor)).toEqual([]);
  });

  test('the columns that the last answer had', async () => {
    await using stage = await setStage();
    const { editor, input } = stage;
    await editor.open(path);
    await editor.request('sollist/run/collect', input({ system: 'directory' }));
    const declare = async (): Promise<CodeAction | undefined> =>
      (await actionsAt(editor, '"users<|>": {', { only: ['refactor.rewrite'] })).find(({ title }) =>
        /^Declare the \d+ columns found/.test(title),
      );
    await expect.poll(declare, { timeout: 8000 }).toBeDefined();
    const action = await declare();
    const after = await apply(editor, action ?? { title: '' });
    expect(after).toContain('"schemas": ["string*"]');
    expect(await declare()).toBeUndefined();
    expect(await problemsNow(editor)).toEqual([]);
  });

  test('nothing where nothing is to be done', async () => {
    await using editor = await startEditor();
    await editor.open(path);
    expect(await actionsAt(editor, '"primary<|>": "boolean*"')).toEqual([]);
  });
});

/** A table of the sample that lacks an operation. */
function tableWithGaps(text: string): string {
  const { schema } = JSON.parse(text) as { schema: { crud_objects: Record<string, { operations: Record<string, { method: string }> }> } };
  const found = Object.entries(schema.crud_objects).find(
    ([, { operations }]) => !Object.values(operations).some(({ method }) => method === 'delete'),
  );
  if (!found) throw new Error('Every table of the sample can delete.');
  return found[0];
}
