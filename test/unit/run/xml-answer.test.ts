import { describe, expect, test } from 'vitest';
import { parseAnswer } from '../../../engine/run/collect/answer.ts';
import { rowsOf } from '../../../engine/run/collect/rows-of.ts';
import { connectorOf } from './support.ts';

const request = { role: 'get', operation: 'users_get', table: 't', verb: 'GET', url: 'http://h', headers: {} } as const;
const parse = (text: string, type = 'application/xml'): unknown =>
  parseAnswer({ status: 200, headers: { 'content-type': type }, body: Buffer.from(text) }, request, 's');

test.each([
  ['<a>1</a>', { a: '1' }],
  [
    '<?xml version="1.0" encoding="UTF-8"?>\n<!-- hello --><a><b>007</b><b/><c>12345678901234567890</c></a>',
    { a: { b: ['007', ''], c: '12345678901234567890' } },
  ],
  ['<a x="1" y=">">text</a>', { a: { '@x': '1', '@y': '>', '#text': 'text' } }],
  ['<s:a xmlns:s="urn:s" xmlns="urn:t"><s:b s:id="3">x</s:b></s:a>', { a: { b: { '@id': '3', '#text': 'x' } } }],
  ['<a>&lt;&amp;&gt;&quot;&apos;&#65;&#x1F680;&nbsp;&amp;lt;</a>', { a: '<&>"\'A🚀&nbsp;&lt;' }],
  ['<a t="a&amp;b"/>', { a: { '@t': 'a&b' } }],
  ['<a><![CDATA[<b>&amp;</b>]]></a>', { a: '<b>&amp;</b>' }],
  ['<a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><b xsi:nil="true"/><c/></a>', { a: { b: null, c: '' } }],
  ['<a>&#0;&#xD800;&#x110000;</a>', { a: '&#0;&#xD800;&#x110000;' }],
])('%s', (text, value) => {
  expect(parse(text)).toEqual(value);
  // What the content type says does not matter.
  expect(parse(text, 'text/plain')).toEqual(value);
});

test('numbers and names of JSON stay JSON, whatever the content type says', () => {
  expect(parse('{"a": 1}')).toEqual({ a: 1 });
});

const bomb = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><r>&b;</r>`;

test.each([
  ['billion laughs', bomb, 'xml-refused'],
  ['an external entity', '<!DOCTYPE r SYSTEM "file:///etc/passwd"><r/>', 'xml-refused'],
  ['a declaration within', '<r><!ENTITY x "y"></r>', 'xml-refused'],
  ['deep nesting', `${'<a>'.repeat(50_000)}${'</a>'.repeat(50_000)}`, 'answer-too-deep'],
  ['deep nesting that never closes', '<a>'.repeat(200_000), 'answer-too-deep'],
  ['an answer that is cut off', '<users><user><id>1</id></user><user><i', 'not-xml-answer'],
  ['elements that do not match', '<a><b></a></b>', 'not-xml-answer'],
  ['two outermost elements', '<a/><b/>', 'not-xml-answer'],
  ['a name that could change every object', '<a><__proto__><x>1</x></__proto__></a>', 'not-xml-answer'],
  ['a comment only', '<!-- nothing -->', 'not-xml-answer'],
  ['a web page', '<!DOCTYPE html><html><body>Sign in</body></html>', 'not-json-answer'],
  ['a web page with a comment before it', '<!-- x --><html lang="en"></html>', 'not-json-answer'],
])('%s is refused', (_, text, code) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ code, message: expect.stringContaining('users_get') as string }));
});

describe('rows of XML', () => {
  const { tables } = connectorOf({
    schema: {
      crud_objects: {
        users: {
          key: 'id',
          resources: { id: 'string*' },
          operations: { users_get: { method: 'get', processing_options: { output_field: 'users.user' } } },
        },
      },
    },
  });
  const table = tables[0];
  const operation = table?.operations[0];
  if (!table || !operation) throw new Error('no operation');
  const rows = (text: string): unknown => rowsOf(parse(text), { table, operation, key: 'id', system: 's' });

  test('one element is a list of one, and none is an empty list', () => {
    expect(rows('<users><user><id>1</id></user></users>')).toEqual({ rows: [{ id: '1' }], form: 'list' });
    expect(rows('<users><user><id>1</id></user><user><id>2</id></user></users>')).toEqual({
      rows: [{ id: '1' }, { id: '2' }],
      form: 'list',
    });
    expect(rows('<users/>')).toEqual({ rows: [], form: 'list' });
    expect(rows('<users total="0"></users>')).toEqual({ rows: [], form: 'list' });
  });

  test('another element is no list of rows', () => {
    expect(() => rows('<fault><message>no</message></fault>')).toThrow(expect.objectContaining({ code: 'output-field-missing' }));
    expect(() => rows('<users><person/></users>')).toThrow(expect.objectContaining({ code: 'output-field-missing' }));
  });
});
