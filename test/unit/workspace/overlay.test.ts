import { describe, expect, test } from 'vitest';
import { indexLines } from '../../../engine/model/text/lines.ts';
import { bindOnce } from '../../../engine/model/filter/bind-once.ts';
import { resolve } from '../../../engine/model/references/resolve.ts';
import { findCatalogTable } from '../../../engine/model/system/catalog.ts';
import { checkWorkspace } from '../../../engine/model/workspace/check-workspace.ts';
import { createWorkspaceReader } from '../../../engine/model/workspace/read-workspace.ts';
import type { Workspace } from '../../../engine/model/workspace/workspace.ts';
import { systemToRun } from '../../../engine/run/workspace/open-workspace.ts';
import { completeOwn, hoverOwn, type OwnFile } from '../../../server/capabilities/workspace/language.ts';
import { createOwnJsonLanguage } from '../../../server/capabilities/workspace/own-json.ts';
import { parseCaret } from '../../support/marks.ts';

const connector = {
  schema: {
    crud_objects: {
      users: {
        key: 'id',
        operations: {
          users_get: { method: 'get', call: { path: '/users' } },
          user_update: { method: 'put', call: { path: '/users/{id}' }, semantics: 'update', resource_mandatory: ['id'] },
        },
        resources: { id: 'string*', name: 'string*', emails: [{ address: 'string*' }] },
      },
    },
  },
  rest: { config: { baseUrl: 'https://localhost', authentication: 'none', call_handling: 'generic' } },
};

const good = '{ "schema": { "crud_objects": { "users": { "resources": { "badge": "string*", "name": "_:string*" } } } } }';

function filesWith(overlay: string, more: Readonly<Record<string, string>> = {}): ReadonlyMap<string, string> {
  return new Map(
    Object.entries({
      'sollist.json': '{ "name": "test" }',
      'connectors/HR.json': JSON.stringify(connector),
      'systems/hr.json': '{ "connector": "HR", "tables": { "users": { "display": "badge" }, "users_emails": {} } }',
      'overlays/hr.json': overlay,
      ...more,
    }),
  );
}

const read = (files: ReadonlyMap<string, string>): Workspace => createWorkspaceReader()(files);

/** `code at text: message` of every problem in an overlay. */
function problemsOf(overlay: string, more: Readonly<Record<string, string>> = {}): readonly string[] {
  const files = filesWith(overlay, more);
  return checkWorkspace(read(files))
    .filter(({ path }) => path.startsWith('overlays/'))
    .map(({ path, code, span, message }) => `${code} at ${files.get(path)?.slice(span.offset, span.offset + span.length)}: ${message}`);
}

const tables = (inside: string): string => `{ "schema": { "crud_objects": { ${inside} } } }`;

describe('what is wrong with an overlay', () => {
  test('nothing where it only adds and replaces columns', () => {
    expect(problemsOf(good)).toEqual([]);
  });

  test('a table that the connector does not have, with the nearest one as its repair', () => {
    const files = filesWith(tables('"user": { "resources": { "badge": "string*" } }'));
    const [problem, ...others] = checkWorkspace(read(files)).filter(({ path }) => path === 'overlays/hr.json');
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: 'unknown-table', severity: 'error', fixes: [{ text: '"users"' }] });
  });

  test('a child table, which gets its columns in its parent', () => {
    expect(problemsOf(tables('"users_emails": { "resources": { "kind": "string*" } }'))).toEqual([
      'overlay-child-table at "users_emails": "users_emails" is a child table: give its columns to "users", in its array "emails".',
    ]);
  });

  test('anything besides columns', () => {
    expect(problemsOf(tables('"users": { "key": "name", "resources": {}, "operations": {} }')).map((text) => text.split(':')[0])).toEqual([
      'unknown-property at "key"',
      'unknown-property at "operations"',
    ]);
    expect(problemsOf('{ "schema": { "crud_objects": {} }, "rest": {} }').map((text) => text.split(':')[0])).toEqual([
      'unknown-property at "rest"',
    ]);
    expect(problemsOf(tables('"users": {}'))).toEqual(['missing-property at "users": In "users" "resources" is missing. Add it.']);
  });

  test('a type that NIM does not have, a name twice, and what is no JSON for NIM', () => {
    expect(
      problemsOf(tables('"users": { "resources": { "a": "strin*g", "b": "string", "b": "string" } }')).map((text) => text.split(':')[0]),
    ).toEqual(['unknown-type at "strin*g"', 'duplicate-key at "b"']);
    expect(problemsOf(`// mine\n${good}`).map((text) => text.split(':')[0])).toEqual(['not-json at // mine']);
  });

  test('a name that is no system', () => {
    expect(problemsOf(good, { 'overlays/hrr.json': good })).toEqual([
      'unknown-system at {: There is no system "hrr" in systems/, and an overlay has the name of its system. Did you mean "hr"? Rename the file.',
    ]);
  });
});

describe('what others see of it', () => {
  const workspace = read(filesWith(good, { 'filters/Badges.filter': 'select u.badge, u.name from hr.users as u' }));

  test('the catalog and a filter have its columns', () => {
    expect(findCatalogTable(workspace.catalog, 'hr', 'users')?.columns.map(({ name }) => name)).toEqual(['id', 'name', 'badge']);
    const filter = workspace.filters.get('Badges');
    expect(filter && bindOnce(filter.model, workspace.catalog).problems).toEqual([]);
    expect(checkWorkspace(workspace).filter(({ severity, path }) => severity === 'error' && !path.startsWith('connectors/'))).toEqual([]);
  });

  test('another system of the same connector does not', () => {
    const both = read(filesWith(good, { 'systems/other.json': '{ "connector": "HR", "tables": { "users": {} } }' }));
    expect(findCatalogTable(both.catalog, 'other', 'users')?.columns.map(({ name }) => name)).toEqual(['id', 'name']);
  });

  test('a reference to its column leads into the overlay, others into the connector', () => {
    const at = (column: string, kind: 'column' | 'connector-column'): string | undefined => {
      const found = resolve(workspace, { kind, system: 'hr', table: 'users', column });
      return found.kind === 'found' ? `${found.declaration.path} ${found.declaration.span.offset}` : undefined;
    };
    for (const kind of ['column', 'connector-column'] as const) {
      for (const column of ['badge', 'name']) expect(at(column, kind)).toBe(`overlays/hr.json ${good.indexOf(`"${column}"`)}`);
      expect(at('id', kind)).toMatch(/^connectors\/HR.json \d+$/);
    }
  });

  test('a run uses it, and refuses one that is broken', () => {
    const open = (overlay: string): Parameters<typeof systemToRun>[0] => {
      const files = filesWith(overlay);
      return { folder: '/', files, workspace: read(files) };
    };
    const { connector: effective } = systemToRun(open(good), 'hr');
    expect(effective.tables[0]?.columns.map(({ name }) => name)).toEqual(['id', 'name', 'emails', 'badge']);
    expect(() => systemToRun(open(tables('"user": { "resources": {} }')), 'hr')).toThrow('overlays/hr.json:1:33 must be mended first');
  });

  test('while it is being typed, no other file is in error for it', () => {
    const half = filesWith(good.slice(0, 60), { 'filters/Badges.filter': 'select u.badge from hr.users as u' });
    const elsewhere = checkWorkspace(read(half)).filter(({ path, severity }) => severity === 'error' && /^(systems|filters)/.test(path));
    expect(elsewhere).toEqual([]);
  });
});

describe('help while writing one', () => {
  const json = createOwnJsonLanguage();
  const at = (marked: string): { readonly file: OwnFile; readonly caret: number } => {
    const { text, caret } = parseCaret(marked);
    const files = filesWith(text);
    const path = 'overlays/hr.json';
    return {
      file: {
        view: { folder: '/', files, workspace: read(files) },
        path,
        identity: { kind: 'overlay', name: 'hr' },
        text,
      },
      caret,
    };
  };
  const labels = async (marked: string): Promise<readonly string[]> => {
    const { file, caret } = at(marked);
    return (await completeOwn(json, file, caret)).map(({ label }) => label);
  };

  test('completion offers the tables of the connector, types, and what the schema has', async () => {
    expect(await labels(tables('"<|>"'))).toEqual(['users']);
    expect(await labels(tables('"users": { "resources": { "badge": "<|>" } }'))).toEqual(
      expect.arrayContaining(['string*', '_:string*', 'date']),
    );
    expect(await labels(tables('"users": { "<|>" }'))).toEqual(['resources']);
  });

  test('hover tells of a table and of a property', async () => {
    const hover = async (marked: string): Promise<string> => {
      const { file, caret } = at(marked);
      return JSON.stringify((await hoverOwn(json, file, caret))?.contents ?? '');
    };
    expect(await hover(tables('"us<|>ers": { "resources": {} }'))).toContain('users');
    expect(await hover(tables('"users": { "resou<|>rces": {} }'))).toContain('Columns to add');
  });

  test('places of problems are those of the file', () => {
    const text = tables('\n"user": { "resources": {} }');
    const [problem] = checkWorkspace(read(filesWith(text))).filter(({ path }) => path === 'overlays/hr.json');
    expect(problem && indexLines(text).positionAt(problem.span.offset)).toEqual({ line: 1, column: 0 });
  });
});
