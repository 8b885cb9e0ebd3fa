import { DiagnosticSeverity, type CodeAction, type Diagnostic } from 'vscode-languageserver/node';
import { describe, expect, test } from 'vitest';
import { checkConnector } from '../../../engine/model/connector/check-connector.ts';
import { applyEdits } from '../../../engine/model/text/edits.ts';
import { indexLines } from '../../../engine/model/text/lines.ts';
import { diagnosticsOf } from '../../../server/convert.ts';
import { declarations, extractions, tableRefactorings } from '../../../server/capabilities/actions/refactorings.ts';
import { askedProblems, fixAllSafely, quickFixes, type CheckedText } from '../../../server/capabilities/quick-fixes.ts';
import { openConnector, wrapTables } from '../../support/connector.ts';
import { parseCaret } from '../../support/marks.ts';

const uri = 'file:///connectors/test.json';
const checkedOf = (text: string): CheckedText => {
  const { json, connector } = openConnector(text);
  return { uri, text, problems: checkConnector(json, connector) };
};
const diagnosticsFor = ({ text, problems }: CheckedText): Diagnostic[] =>
  diagnosticsOf(text, problems, { uriOf: () => uri, textOf: () => text });

function applied(text: string, action: CodeAction | undefined): string {
  const lines = indexLines(text);
  const offset = ({ line, character }: { readonly line: number; readonly character: number }): number =>
    lines.offsetAt({ line, column: character });
  const edits = (action?.edit?.changes?.[uri] ?? []).map(({ range, newText }) => ({
    span: { offset: offset(range.start), length: offset(range.end) - offset(range.start) },
    text: newText,
  }));
  return applyEdits(text, edits);
}

const misplaced = `{
  "schema": { "crud_objects": {} },
  "rest": {
    "retry": [],
    "config": { "get": {}, "baseUrl": "https://x", "authentication": "none", "call_handling": "generic" }
  }
}`.replace('[]', '[{ "type": "connectionError", "retry": { "type": "simple", "maxCount": 2, "waitTime": 1 } }]');

describe('a quick fix', () => {
  test('makes every edit of its repair: what moves is not lost', () => {
    const checked = checkedOf(misplaced);
    const diagnostics = diagnosticsFor(checked).filter(({ code }) => code === 'misplaced-property');
    const [action] = quickFixes(checked, askedProblems(checked, diagnostics));
    expect(action).toMatchObject({ kind: 'quickfix', isPreferred: true, diagnostics });
    const after = applied(misplaced, action);
    expect((JSON.parse(after) as { rest: { config: { retry: unknown[] } } }).rest.config.retry).toHaveLength(1);
  });

  test('is not made from what was found in an older text', () => {
    const before = checkedOf(misplaced);
    const diagnostics = diagnosticsFor(before);
    const now = checkedOf(misplaced.replace('  "rest": {\n', '  "rest": {\n\n'));
    expect(askedProblems(now, diagnostics).filter(({ problem }) => problem.code === 'misplaced-property')).toEqual([]);
    expect(askedProblems(now, diagnosticsFor(now)).length).toBeGreaterThan(0);
  });

  test('of another program’s finding is none of ours', () => {
    const foreign: Diagnostic = {
      source: 'json',
      severity: DiagnosticSeverity.Error,
      message: 'x',
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
    };
    expect(askedProblems(checkedOf(misplaced), [foreign])).toEqual([]);
  });
});

const types = wrapTables(
  '"users": { "operations": { "g": { "method": "get" } }, "resources": { "id": "strin*", "b": "bolean*", "c": "string*" } }',
);

describe('fix all', () => {
  test('of a kind is offered from two on, and not as the preferred one', () => {
    const checked = checkedOf(types);
    const [first] = diagnosticsFor(checked).filter(({ code }) => code === 'unknown-type');
    const actions = quickFixes(checked, askedProblems(checked, first ? [first] : []));
    const all = actions.find(({ title }) => title === 'Fix all "unknown-type" in this file');
    expect(all?.diagnostics).toEqual([first]);
    expect(all?.isPreferred).toBeUndefined();
    expect(applied(types, all)).toContain('{ "id": "string*", "b": "boolean*", "c": "string*" }');

    const single = checkedOf(types.replace('bolean', 'boolean'));
    const alone = quickFixes(single, askedProblems(single, diagnosticsFor(single)));
    expect(alone.map(({ title }) => title)).toEqual(['Change to "string*"']);
  });

  test('of a file takes what is safe', () => {
    expect(fixAllSafely(checkedOf(types))).toEqual([]);
    const text = types.replace('"method": "get"', '"method": "get", "query_parameters": {}');
    const [action] = fixAllSafely(checkedOf(text));
    expect(action?.kind).toBe('source.fixAll.sollist');
    expect(applied(text, action)).toBe(types);
  });
});

describe('the changes of a connector', () => {
  const titles = (marked: string): readonly string[] => {
    const { text, caret } = parseCaret(marked);
    return tableRefactorings(openConnector(text), caret).map(({ title }) => title);
  };
  const table = (inside: string): string =>
    wrapTables(
      `"us<1>ers": { "k<2>ey": "id", <3>"operations": { "us<4>ers_get": { "met<5>hod": "get" } }, "resources": { "i<6>d": "str<7>ing*" } }`,
    )
      .replace(`<${inside}>`, '<|>')
      .replaceAll(/<\d>/g, '');

  test.each(['1', '2', '3', '4'])('of a table are offered at place %s', (place) => {
    expect(titles(table(place))).toEqual([
      'Add the missing create operation',
      'Add the missing update operation',
      'Add the missing delete operation',
      'Add all 3 missing operations',
    ]);
  });

  test.each(['5', '6', '7'])('of a table are not offered deep in it, at place %s', (place) => {
    expect(titles(table(place))).toEqual([]);
  });

  test('are not offered in a text that is no JSON', () => {
    expect(titles('{ "schema": { "crud_objects": { "use<|>rs": { "operations": {}, "key": } } } }')).toEqual([]);
  });

  test('declare a variable that has no value', () => {
    const text = wrapTables(
      '"users": { "key": "id", "operations": { "d": { "method": "delete", "semantics": "delete", "call": { "path": "/users/{user}" } } }, "resources": { "id": "string*" } }',
    );
    const checked = checkedOf(text);
    const asked = askedProblems(checked, diagnosticsFor(checked));
    const made = declarations(openConnector(text), asked);
    expect(made.map(({ title, kind, isPreferred }) => [title, kind, isPreferred])).toEqual([
      ['Declare column "user"', 'quickfix', undefined],
      ['Add connection item "user"', 'quickfix', undefined],
    ]);
    for (const action of made)
      expect(checkedOf(applied(text, action)).problems.map(({ code }) => code)).not.toContain('unresolved-variable');
  });
});

test('a move of the caret in a large file costs next to nothing', () => {
  const columns = Array.from({ length: 40 }, (_, index) => `"column_${index}": "string*"`).join(', ');
  const tables = Array.from(
    { length: 110 },
    (_, index) =>
      `"table_${index}s": { "key": "id", "operations": { "table_${index}s_get": { "method": "get", "call": { "path": "/v1/api/table_${index}s" } } }, "resources": { "id": "string*", ${columns} } }`,
  );
  const text = wrapTables(tables.join(',\n'));
  expect(text.length).toBeGreaterThan(120_000);
  const document = openConnector(text);
  const places = ['"table_50s"', '"table_100s_get"', '/v1/api/table_70s', '"column_7"', 'https://{tenant'].map(
    (piece) => text.indexOf(piece) + 1,
  );
  const times = Array.from({ length: 15 }, () =>
    places.map((offset) => {
      const start = performance.now();
      tableRefactorings(document, offset);
      extractions(document, { offset, length: 0 });
      return performance.now() - start;
    }),
  );
  const start = performance.now();
  openConnector(text);
  const reading = performance.now() - start;
  // The best of some, since others work on this machine as well, against reading the same text once.
  for (const index of places.keys()) expect(Math.min(...times.map((each) => each[index] ?? 0))).toBeLessThan(reading);
});
