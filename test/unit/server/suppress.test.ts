import { describe, expect, test } from 'vitest';
import type { CodeAction, Diagnostic } from 'vscode-languageserver-types';
import { indexLines } from '../../../engine/model/text/lines.ts';
import { checkWorkspace } from '../../../engine/model/workspace/check-workspace.ts';
import { createWorkspaceReader } from '../../../engine/model/workspace/read-workspace.ts';
import { suppressActions } from '../../../server/capabilities/actions/suppress.ts';
import { diagnosticsOf } from '../../../server/convert.ts';
import { wrapTables } from '../../support/connector.ts';

const uri = 'file:///w/sollist.json';
const path = 'connectors/HR.json';
const connector = wrapTables(
  '"users": { "key": "nr", "operations": { "g": { "method": "get", "call": { "path": "/users" } } }, "resources": { "id": "string*" } }',
);

/** The diagnostics of one file, as the server sends them. */
function diagnose(files: ReadonlyMap<string, string>, of: string, code?: string): readonly Diagnostic[] {
  const problems = checkWorkspace(createWorkspaceReader()(files)).filter(
    (one) => one.path === of && (code === undefined || one.code === code),
  );
  return diagnosticsOf(files.get(of) ?? '', problems, { uriOf: () => uri, textOf: () => undefined });
}

function apply(text: string, action: CodeAction | undefined): string {
  const lines = indexLines(text);
  const edits = action?.edit?.changes?.[uri] ?? [];
  expect(edits.length).toBeGreaterThan(0);
  return edits.reduceRight((current, { range: { start, end }, newText }) => {
    const [from, to] = [start, end].map(({ line, character }) => lines.offsetAt({ line, column: character }));
    return current.slice(0, from) + newText + current.slice(to);
  }, text);
}

/** What `sollist.json` becomes by the action of this title over the connector's missing key column, which must then be gone. */
function after(settings: string, title: string): string {
  const files = new Map([
    ['sollist.json', settings],
    [path, connector],
    ['connectors/Other.json', connector],
  ]);
  const diagnostics = diagnose(files, path, 'unknown-key-column');
  expect(diagnostics).toHaveLength(1);
  const actions = suppressActions({ path, text: connector, settings: { uri, text: settings } }, diagnostics);
  expect(actions.map((action) => action.title)).toEqual(['Suppress this finding here', 'Turn off "unknown-key-column" in this workspace']);
  const text = apply(
    settings,
    actions.find((action) => action.title === title),
  );
  const changed = new Map([...files, ['sollist.json', text]]);
  expect(diagnose(changed, path, 'unknown-key-column')).toEqual([]);
  expect(diagnose(changed, 'sollist.json').filter(({ severity }) => severity === 1)).toEqual([]);
  return text;
}

const here = 'Suppress this finding here';
const off = 'Turn off "unknown-key-column" in this workspace';

describe('a finding', () => {
  test('is suppressed where it stands', () => {
    expect(after('{\n  "name": "W"\n}\n', here)).toBe(
      `{
  "name": "W",
  "problems": {
    "suppressed": [
      {
        "code": "unknown-key-column",
        "file": "connectors/HR.json",
        "at": "/schema/crud_objects/users/key"
      }
    ]
  }
}
`,
    );
  });

  test('is added to those there are, and comments, indentation and line ends stay', () => {
    const before = `{\r
\t"name": "W", // the name\r
\t"problems": {\r
\t\t/* agreed */\r
\t\t"severities": { "no-get-operation": "off" },\r
\t\t"suppressed": [\r
\t\t\t{ "code": "unknown-key-column", "file": "connectors/Other.json" } // for now\r
\t\t]\r
\t}\r
}\r
`;
    const text = after(before, here);
    expect(text).toContain('// the name\r\n');
    expect(text).toContain('/* agreed */');
    expect(text).toContain('{ "code": "unknown-key-column", "file": "connectors/Other.json" } // for now\r\n');
    expect(text).toContain('\r\n\t\t\t\t"at": "/schema/crud_objects/users/key"\r\n');
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
  });

  test('is turned off in the whole workspace', () => {
    expect(after('{\n  "name": "W",\n  "problems": { "severities": { "unknown-key-column": "info" } }\n}\n', off)).toContain(
      '"severities": { "unknown-key-column": "off" }',
    );
    expect(after('{\n  "name": "W" // a remark\n}\n', off)).toMatch(/"name": "W" \/\/ a remark\n/);
    expect(after('{ "name": "W" }', off)).toContain('"unknown-key-column": "off"');
  });

  test('in a filter is suppressed in its file', () => {
    const filter = 'parameter since date\nselect';
    const diagnostic = {
      source: 'sollist',
      code: 'parameter-unused',
      message: '',
      range: { start: { line: 0, character: 10 }, end: { line: 0, character: 15 } },
    };
    const [first] = suppressActions({ path: 'filters/A.filter', text: filter, settings: { uri, text: '{ "name": "W" }' } }, [diagnostic]);
    expect(first?.title).toBe('Suppress "parameter-unused" in this file');
    const text = apply('{ "name": "W" }', first);
    expect((JSON.parse(text) as { problems: object }).problems).toEqual({
      suppressed: [{ code: 'parameter-unused', file: 'filters/A.filter' }],
    });
  });
});

describe('nothing is offered', () => {
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
  const titles = (text: string, diagnostics: readonly Diagnostic[]): readonly string[] =>
    suppressActions({ path, text: '{', settings: { uri, text } }, diagnostics).map(({ title }) => title);

  test('for a file that is not read, and for what is not ours', () => {
    expect(titles('{}', [{ source: 'sollist', code: 'not-json', message: '', range }])).toEqual([]);
    expect(titles('{}', [{ source: 'json', code: 'duplicate-key', message: '', range }])).toEqual([]);
  });

  test.for([
    '',
    '{',
    '[]',
    '{ "problems": 7 }',
    '{ "problems": { "suppressed": {}, "severities": [] } }',
    '{ "problems": { "suppressed": [{,',
  ])('where sollist.json is %s, or what is offered makes it whole', (text) => {
    const diagnostic = { source: 'sollist', code: 'duplicate-key', message: '', range };
    for (const action of suppressActions({ path, text: '{}', settings: { uri, text } }, [diagnostic])) {
      expect(apply(text, action)).toContain('duplicate-key');
    }
  });

  test('names the code where several are found in one place', () => {
    const two = ['duplicate-key', 'unknown-key-column'].map((code) => ({ source: 'sollist', code, message: '', range }));
    expect(titles('{}', two)).toEqual([
      'Suppress "duplicate-key" here',
      'Turn off "duplicate-key" in this workspace',
      'Suppress "unknown-key-column" here',
      'Turn off "unknown-key-column" in this workspace',
    ]);
  });
});
