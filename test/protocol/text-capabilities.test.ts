import type {
  DocumentLink,
  FoldingRange,
  Hover,
  InlayHint,
  MarkupContent,
  SelectionRange,
  SemanticTokens,
  SemanticTokensLegend,
  TextEdit,
} from 'vscode-languageserver-types';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { indexLines } from '../../engine/model/text/lines.ts';
import { applyEdits } from '../support/edits.ts';
import { initializeParameters, startEditor, type TestEditor } from '../support/language-server.ts';

const connector = 'connectors/hr.json';
const system = 'systems/hr.json';
const filter = 'filters/Employees.filter';
const whole = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };

let editor: TestEditor;
beforeAll(async () => {
  editor = await startEditor();
  for (const path of [connector, system, filter]) await editor.open(path);
});
afterAll(() => editor[Symbol.asyncDispose]());

function about<Answer>(method: string, path: string, more: object = {}): Promise<Answer> {
  return editor.request<Answer>(`textDocument/${method}`, { textDocument: { uri: editor.uri(path) }, ...more });
}

function lineOf(path: string, piece: string): number {
  return editor.at(path, `<|>${piece}`).line;
}

test('what can be folded', async () => {
  const folds = await about<FoldingRange[]>('foldingRange', connector);
  expect(folds.map(({ startLine }) => startLine)).toContain(lineOf(connector, '"persons": {'));
  const clauses = await about<FoldingRange[]>('foldingRange', filter);
  expect(clauses).toContainEqual({ startLine: 0, endLine: 1, kind: 'comment' });
  expect(clauses.map(({ startLine }) => startLine)).toContain(lineOf(filter, 'select p.'));
  expect(await about('foldingRange', system)).not.toEqual([]);
});

test('what a selection grows to, for each of several carets', async () => {
  const positions = [editor.at(connector, '"/api/v1/<|>persons"'), { line: 9999, character: 0 }];
  const [first, last] = await about<SelectionRange[]>('selectionRange', connector, { positions });
  const path = editor.at(connector, '<|>"/api/v1/persons"');
  expect(first?.range).toEqual({
    start: { line: path.line, character: path.character + 1 },
    end: { line: path.line, character: path.character + '"/api/v1/persons'.length },
  });
  expect(first?.parent?.range.start).toEqual(path);
  expect(last?.range.start).toEqual({ line: 0, character: 0 });
  const [word] = await about<SelectionRange[]>('selectionRange', filter, { positions: [editor.at(filter, 'p.first<|>Name')] });
  expect(word?.range).toEqual({ start: editor.at(filter, 'p.<|>firstName'), end: editor.at(filter, 'p.firstName<|>') });
});

/** The text after edits of the protocol. */
function after(text: string, edits: readonly TextEdit[]): string {
  const lines = indexLines(text);
  const offset = ({ line, character }: TextEdit['range']['start']): number => lines.offsetAt({ line, column: character });
  return applyEdits(
    text,
    edits.map(({ range, newText }) => ({
      offset: offset(range.start),
      length: offset(range.end) - offset(range.start),
      text: newText,
    })),
  );
}

test('formatting, of the whole text and of some lines', async () => {
  const options = { tabSize: 2, insertSpaces: true };
  expect(await about('formatting', connector, { options })).toEqual([]);
  expect(await about('formatting', system, { options })).toEqual([]);
  const own = 'mappings/New accounts.json';
  await editor.open(own, '{\n    // a note\n  "filter":"Employees",\n "system": "hr"}');
  const text = '{\n  // a note\n  "filter": "Employees",\n  "system": "hr"\n}\n';
  expect(after(editor.text(own), await about('formatting', own, { options }))).toBe(text);
  const range = { start: { line: 2, character: 5 }, end: { line: 3, character: 0 } };
  expect(after(editor.text(own), await about('rangeFormatting', own, { options, range }))).toBe(
    '{\n    // a note\n  "filter": "Employees",\n "system": "hr"}',
  );
  await editor.edit(own, '"hr"}', '"hr');
  expect(await about('formatting', own, { options })).toEqual([]);
  const loose = 'filters/Loose.filter';
  await editor.open(
    loose,
    'select p.id,p.mail -- two\nfrom hr.persons  p\n  join hr.departments d\nwhere p.id=1 and\n p.mail is not null\n',
  );
  expect(after(editor.text(loose), await about('formatting', loose, { options }))).toBe(
    'select p.id, p.mail -- two\nfrom   hr.persons p\njoin hr.departments d\nwhere  p.id = 1\n  and  p.mail is not null\n',
  );
  const lines = { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } };
  expect(after(editor.text(loose), await about('rangeFormatting', loose, { options, range: lines }))).toContain(
    'select p.id,p.mail -- two\nfrom   hr.persons p\n',
  );
});

test('colours, of the whole text and of a range', async () => {
  const { semanticTokensProvider } = editor.initialized.capabilities as { semanticTokensProvider: { legend: SemanticTokensLegend } };
  expect(semanticTokensProvider).toMatchObject({ full: true, range: true });
  const kinds = async (path: string, range?: object): Promise<readonly string[]> => {
    const { data } = await about<SemanticTokens>(range ? 'semanticTokens/range' : 'semanticTokens/full', path, range && { range });
    return data.filter((_, index) => index % 5 === 3).map((type) => semanticTokensProvider.legend.tokenTypes[type] ?? '');
  };
  expect(new Set(await kinds(connector))).toEqual(new Set(['class', 'method', 'type', 'variable', 'parameter']));
  expect(new Set(await kinds(filter))).toContain('namespace');
  const line = lineOf(connector, '"persons_get"');
  expect(await kinds(connector, { start: { line, character: 0 }, end: { line: line + 1, character: 0 } })).toEqual(['method']);
  expect(await kinds(system)).toEqual([]);
});

test('links to web pages and to files', async () => {
  const links = await about<DocumentLink[]>('documentLink', system);
  expect(links).toEqual([
    {
      range: { start: editor.at(system, '"connector": "<|>hr"'), end: editor.at(system, '"connector": "hr<|>"') },
      target: editor.uri(connector),
      tooltip: 'Open connectors/hr.json',
    },
  ]);
  await editor.openText(
    'untitled:lone',
    'sollist-connector',
    '{ "$schema": "https://schemas.example/connector.json", "rest": { "config": { "baseUrl": "https://{tenant_id}" } } }',
  );
  expect(
    (await editor.request<DocumentLink[]>('textDocument/documentLink', { textDocument: { uri: 'untitled:lone' } })).map(
      ({ target }) => target,
    ),
  ).toEqual(['https://schemas.example/connector.json']);
});

test('the hover of a path is the address that the system calls', async () => {
  const hover = await editor.ask<Hover | null>('hover', connector, '"/api/v1/<|>persons"');
  expect((hover!.contents as MarkupContent).value).toContain('System `hr` calls `GET http://127.0.0.1:4780/api/v1/persons?');
});

test('hints of addresses are there when they are wanted', async () => {
  const hints = (): Promise<InlayHint[]> => about<InlayHint[]>('inlayHint', connector, { range: whole });
  expect(await hints()).toEqual([]);
  await editor.connection.sendNotification('workspace/didChangeConfiguration', {
    settings: { sollist: { inlayHints: { addresses: true } } },
  });
  const [first] = await hints();
  expect(first?.label).toMatch(/^GET http:\/\/127\.0\.0\.1:4780\/api\/v1\/persons\?/);
  expect(first?.position).toEqual(editor.at(connector, '"/api/v1/persons"<|>'));
  await editor.connection.sendNotification('workspace/didChangeConfiguration', {
    settings: { sollist: { inlayHints: { addresses: true }, environment: 'elsewhere' } },
  });
  expect((await hints())[0]?.label).toMatch(/^GET http:\/\/<HR_ADDRESS>\/api/);
  await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  expect(await hints()).toEqual([]);
});

test('an editor that can be asked for its settings is asked, and told when hints are others', async () => {
  await using other = await startEditor({ initialize: false });
  let addresses = false;
  const registered: string[] = [];
  const waiting: (() => void)[] = [];
  other.connection.onRequest('workspace/configuration', ({ items }: { items: readonly { section: string }[] }) =>
    items.map(({ section }) => (section === 'sollist' ? { inlayHints: { addresses } } : null)),
  );
  other.connection.onRequest('client/registerCapability', ({ registrations }: { registrations: readonly { method: string }[] }) => {
    registered.push(...registrations.map(({ method }) => method));
    return null;
  });
  other.connection.onRequest('workspace/inlayHint/refresh', () => {
    waiting.pop()?.();
    return null;
  });
  await other.request('initialize', {
    ...initializeParameters(other.folder, false),
    capabilities: {
      workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true }, inlayHint: { refreshSupport: true } },
    },
  });
  await other.connection.sendNotification('initialized', {});
  await other.open(connector);
  const refreshed = new Promise<void>((resolve) => waiting.push(resolve));
  addresses = true;
  await other.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await refreshed;
  expect(registered).toContain('workspace/didChangeConfiguration');
  const hints = await other.request<InlayHint[]>('textDocument/inlayHint', { textDocument: { uri: other.uri(connector) }, range: whole });
  expect(hints).not.toEqual([]);
});
