import { expect, test } from 'vitest';
import { findTable } from '../../../engine/model/connector/connector.ts';
import type { SeenAnswer, SeenPath, SeenType } from '../../../engine/model/connector/knowledge.ts';
import { undeclaredOf } from '../../../engine/model/connector/undeclared.ts';
import { declareSeen, declareSeenActions } from '../../../server/capabilities/actions/declare-seen.ts';
import { seenItems } from '../../../server/capabilities/connector/seen-items.ts';
import { openConnector } from '../../support/connector.ts';
import { parseCaret } from '../../support/marks.ts';

const seenPath = (path: string, ...types: readonly SeenType[]): SeenPath => ({
  path: path.split('.'),
  types,
  filled: types.length === 0 ? 0 : 3,
  of: 4,
  samples: types.includes('text') ? ['Ann', 'B`o`b'] : [],
});
const answerOf = (...paths: readonly SeenPath[]): SeenAnswer => ({ rows: 4, paths });

const connector = (resources: string): string => `{
  "schema": {
    "crud_objects": {
      "users": {
        "key": "id",
        "resources": ${resources},
        "operations": { "users_get": { "method": "get" } }
      }
    }
  }
}
`;
const resources = `{
          "id": "string*",
          "name": {
            "given": "string*"
          },
          "emails": [
            {
              "value": "string*"
            }
          ]
        }`;

const seen = answerOf(
  seenPath('active', 'boolean'),
  seenPath('address.city', 'text'),
  seenPath('address.id', 'number'),
  seenPath('born', 'date'),
  seenPath('emails.value', 'text'),
  seenPath('emails.id', 'text'),
  seenPath('emails.primary', 'boolean'),
  seenPath('hidden', ...[]),
  seenPath('id', 'text'),
  seenPath('levels', 'list'),
  seenPath('name.family', 'text'),
  seenPath('roles', 'objects'),
  seenPath('roles.id', 'number'),
  seenPath('roles.scope.id', 'text'),
  seenPath('updated', 'date', 'datetime'),
  seenPath('work.city', 'text'),
  seenPath('work.contracts', 'objects'),
  seenPath('work.contracts.id', 'text'),
);

function declared(text: string, answer: SeenAnswer): { readonly after: string; readonly count: number } {
  const { connector: model } = openConnector(text);
  const table = findTable(model, 'users');
  if (!table) throw new Error('the table is there');
  const { edits, count } = declareSeen(model, table, answer, text);
  const after = [...edits]
    .sort((a, b) => b.span.offset - a.span.offset)
    .reduce((current, { span, text: added }) => current.slice(0, span.offset) + added + current.slice(span.offset + span.length), text);
  return { after, count };
}

test('what was found is declared where it belongs, in the layout of the file', () => {
  const { after, count } = declared(connector(resources), seen);
  expect(after).toBe(
    connector(`{
          "id": "string*",
          "name": {
            "given": "string*",
            "family": "string*"
          },
          "emails": [
            {
              "value": "string*",
              "id": "string*",
              "primary": "boolean*"
            }
          ],
          "active": "boolean*",
          "address": {
            "city": "string*",
            "id": "_:number*"
          },
          "born": "date*",
          "levels": ["string*"],
          "roles": [
            {
              "id": "number*",
              "scope": {
                "id": "_:string*"
              }
            }
          ],
          "updated": "datetime*",
          "work": {
            "city": "_:string*"
          }
        }`),
  );
  expect(count).toBe(12);
  const { connector: model, json } = openConnector(after);
  expect(json.problems).toEqual([]);
  const names = model.tables.map(({ name, columns }) => [name, columns.map((column) => column.name)] as const);
  for (const [table, columns] of names) expect(new Set(columns).size, table).toBe(columns.length);
  expect(Object.fromEntries(names)).toMatchObject({
    users: expect.arrayContaining(['family', 'city', 'address_id', 'work_city', 'levels', 'roles']) as unknown,
    users_emails: ['users_id', 'value', 'id', 'primary'],
    users_roles: ['users_id', 'id', 'scope_id'],
  });
});

test('declared once, nothing is left to declare but what cannot be', () => {
  const { after } = declared(connector(resources), seen);
  expect(declared(after, seen)).toEqual({ after, count: 0 });
  const { connector: model } = openConnector(after);
  const table = findTable(model, 'users');
  const left = table ? undeclaredOf(table, seen).flatMap(({ names }) => names.map(({ path }) => path.join('.'))) : [];
  expect(left).toEqual(['hidden', 'work.contracts']);
});

test.each([
  ['{}', '{\n          "active": "boolean*"\n        }'],
  ['{ "id": "string*" }', '{ "id": "string*", "active": "boolean*" }'],
  ['{\n\t"id": "string*"\n}', '{\n\t"id": "string*",\n\t"active": "boolean*"\n}'],
])('%j gets the layout it has', (before, after) => {
  expect(declared(connector(before), answerOf(seenPath('active', 'boolean'))).after).toBe(connector(after));
});

test('a table without resources gets them', () => {
  const text = '{ "schema": { "crud_objects": { "users": { "operations": { "users_get": { "method": "get" } } } } } }';
  const { after, count } = declared(text, answerOf(seenPath('a.b', 'text')));
  expect(count).toBe(1);
  expect(findTable(openConnector(after).connector, 'users')?.columns.map(({ path }) => path.join('.'))).toEqual(['a.b']);
});

test('the action is that of the table at the place', () => {
  const text = connector(resources);
  const { connector: model } = openConnector(text);
  const at = (piece: string, knowledge: ReadonlyMap<string, SeenAnswer> | undefined): readonly string[] =>
    declareSeenActions({ uri: 'file:///x', text, connector: model, knowledge, offset: text.indexOf(piece) }).map(({ title }) => title);
  const known = new Map([['users', seen]]);
  expect(at('"given"', known)).toEqual(['Declare the 12 columns found in the last answer']);
  expect(at('users_get', new Map([['users', answerOf(seenPath('a', 'text'))]]))).toEqual(['Declare the column found in the last answer']);
  expect(at('"schema"', known)).toEqual([]);
  expect(at('"given"', undefined)).toEqual([]);
  expect(at('"given"', new Map([['users', answerOf(seenPath('id', 'text'))]]))).toEqual([]);
});

function offered(
  marked: string,
): Readonly<Record<string, { readonly text: string; readonly detail: string | undefined; readonly more: string }>> {
  const { text, caret } = parseCaret(marked);
  return Object.fromEntries(
    seenItems(openConnector(text), caret, new Map([['users', seen]])).map(({ label, textEdit, detail, documentation }) => [
      label,
      {
        text: textEdit?.newText ?? '',
        detail,
        more: typeof documentation === 'object' ? documentation.value : '',
      },
    ]),
  );
}

test('completion offers what was seen, at the level it was seen', () => {
  const top = offered(connector('{\n"id": "string*",\n<|>\n}'));
  expect(Object.keys(top)).toEqual(['active', 'address', 'born', 'emails', 'hidden', 'levels', 'name', 'roles', 'updated', 'work']);
  expect(top['active']).toEqual({
    text: '"active": "boolean*"',
    detail: 'seen in 3 of 4 rows',
    more: expect.stringContaining('`active`') as string,
  });
  expect(top['levels']?.text).toBe('"levels": ["string*"]');
  expect(top['hidden']).toMatchObject({ text: '"hidden": "string*"', detail: 'seen in the last answer, always empty' });
  expect(JSON.parse(`{${top['address']?.text ?? ''}}`)).toEqual({ address: { city: 'string*', id: '_:number*' } });
  expect(JSON.parse(`{${top['roles']?.text ?? ''}}`)).toEqual({ roles: [{ id: 'number*', scope: { id: '_:string*' } }] });

  const nested = offered(connector('{\n"id": "string*", "name": { "given": "string*", "<|>" }, "x": "string"\n}'));
  expect(nested).toEqual({
    family: {
      text: '"family": "string*"',
      detail: 'seen in 3 of 4 rows',
      more: expect.stringContaining("For example `Ann`, `B'o'b`.") as string,
    },
  });
  const child = offered(connector('{\n"id": "string*", "emails": [{ "value": "string*", <|> }]\n}'));
  expect(child['id']).toMatchObject({ text: '"id": "string*"', detail: 'seen in 3 of 4 entries' });
  expect(Object.keys(child)).toEqual(['id', 'primary']);
});

test('a name before another entry gets its comma, and one that has a value keeps it', () => {
  expect(offered(connector('{ "<|>" "id": "string*" }'))['born']?.text).toBe('"born": "date*",');
  expect(offered(connector('{ "id": "string*", "bo<|>": "string" }'))['born']?.text).toBe('"born"');
});

test('nothing is offered elsewhere', () => {
  expect(offered(connector('{ "id": "<|>" }'))).toEqual({});
  expect(offered('{ "schema": { "crud_objects": { "users": { <|> } } } }')).toEqual({});
  expect(offered('{ "schema": { "crud_objects": { "groups": { "resources": { <|> } } } } }')).toEqual({});
});
