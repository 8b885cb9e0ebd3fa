import { describe, expect, it } from 'vitest';
import { itemsOf, make, refusal, tablesOf, type Made, type TableJson } from './support.ts';

function sample(answer: unknown, wish: Parameters<typeof make>[0] = {}): Made {
  return make({ document: JSON.stringify(answer), ...wish });
}

function only(made: Made): TableJson {
  const [table] = Object.values(tablesOf(made));
  return table!;
}

describe('a connector from a sample answer', () => {
  it('takes types, nested objects, lists and child tables from the rows', () => {
    const made = sample(
      [
        { id: 7, name: 'Ann', active: true, born: '1990-02-28', seen: '2024-05-06T07:08:09Z', home: { city: 'Oslo' }, tags: ['a'] },
        { id: 8, name: null, active: false, born: '', home: { city: 'Rome', zip: 1 }, tags: [], phones: [{ kind: 'home', number: '1' }] },
      ],
      { tables: ['people'] },
    );
    expect(only(made)).toMatchObject({
      key: 'id',
      resources: {
        id: 'number*',
        name: 'string*',
        active: 'boolean*',
        born: 'date*',
        seen: 'datetime*',
        home: { city: 'string*', zip: 'number*' },
        tags: ['string*'],
        phones: [{ kind: 'string*', number: 'string*' }],
      },
    });
  });

  it('makes a text of what is seen with several types, and a moment of days and moments', () => {
    const { resources } = only(
      sample([
        { id: 1, a: 1, b: '2024-01-01', c: { d: 1 } },
        { id: 2, a: 'x', b: '2024-01-01T00:00:00Z', c: 'e' },
      ]),
    );
    expect(resources).toMatchObject({ a: 'string*', b: 'datetime*', c: 'string*' });
  });

  it('gives two columns of one name their paths', () => {
    const { resources } = only(sample([{ id: '1', home: { city: 'A', street: 'B' }, work: { city: 'C' }, City: 'D' }]));
    expect(resources).toEqual({
      id: 'string*',
      home: { city: '_:string*', street: 'string*' },
      work: { city: '_:string*' },
      City: 'string*',
    });
  });

  it('finds the rows by the name of their list, however deep', () => {
    const output = (answer: unknown, wish: Parameters<typeof make>[0] = {}): unknown => {
      const [get] = Object.values(only(sample(answer, wish)).operations);
      return get?.['processing_options'];
    };
    const row = { id: 'a', name: 'b' };
    expect(output([row])).toBeUndefined();
    expect(output({ items: [row], errors: [{ text: 'x' }] })).toEqual({ output_field: 'items' });
    expect(output({ response: { data: [row] }, status: 'ok' })).toEqual({ output_field: 'response.data' });
    expect(output({ _embedded: { employees: [row] }, _links: { self: { href: '/' } } })).toEqual({ output_field: '_embedded.employees' });
    expect(output({ name: 'x', employees: [row], offices: [{ id: 1 }] }, { tables: ['employees'] })).toEqual({ output_field: 'employees' });
    expect(output({ names: ['a', 'b'], items: ['c'] }, { tables: ['names'] })).toEqual({
      output_field: 'names',
      stringArrayColumnName: 'value',
    });
  });

  it('takes one object for one row, and says so', () => {
    const made = sample({ id: 5, name: 'x', phones: [{ id: 1, number: '2' }] });
    expect(only(made).resources).toMatchObject({ id: 'number*', phones: [{ id: 'number*' }] });
    expect(made.notes.join(' ')).toContain('one object without a list');
  });

  it('names as the key only what tells rows apart', () => {
    const key = (rows: readonly unknown[]): string | undefined => only(sample(rows, { tables: ['employees'] })).key;
    expect(
      key([
        { code: 'a', employeeId: 1 },
        { code: 'b', employeeId: 2 },
      ]),
    ).toBe('employeeId');
    expect(
      key([
        { id: 1, uuid: 'x' },
        { id: 1, uuid: 'y' },
      ]),
    ).toBe('uuid');
    expect(key([{ id: 1, departmentId: 3 }, { departmentId: 4 }])).toBe('departmentId');
    expect(key([{ title: 'a' }, { title: 'b' }])).toBeUndefined();
  });

  it('reads the paging off the answer, unless one is chosen', () => {
    const rows = [{ id: 1 }];
    const paging = (answer: object, chosen?: string): unknown =>
      sample({ ...answer, items: rows }, chosen === undefined ? {} : { paging: chosen }).json.rest.config.get?.pagination;
    expect(paging({ total: 1 })).toBeUndefined();
    expect(paging({ links: { next: 'https://x.example/?page=2' } })).toEqual({ mode: 'url', field: 'links.next' });
    expect(paging({ meta: { nextCursor: 'abc' } })).toMatchObject({ mode: 'url', last_page: { type: 'token', path: 'meta.nextCursor' } });
    expect(paging({ page: 1, pageSize: 50 })).toMatchObject({
      mode: 'generic',
      params: { page: '{page_number}', pageSize: '{page_size}' },
    });
    expect(paging({ offset: 0, limit: 50, count: 1 })).toMatchObject({ params: { limit: '{take_count}', offset: '{skip_count}' } });
    expect(paging({ startIndex: 1, itemsPerPage: 50 })).toMatchObject({ zero_based: false, params: { count: '{take_count}' } });
    expect(paging({ page: 1, pageSize: 50 }, 'link')).toMatchObject({ mode: 'link' });
  });

  it('signs in as chosen', () => {
    const made = sample([{ id: 1 }], { authentication: 'custom_post_token', baseUrl: 'https://api.example.com' });
    expect(made.json.rest.authOptions).toMatchObject({ authUrl: 'https://api.example.com/login', tokenPath: 'token' });
    expect(itemsOf(made)['password']).toMatchObject({ password: true });
  });

  it('refuses what holds no rows', () => {
    for (const [answer, why] of [
      ['', 'empty'],
      ['"text"', 'neither an object nor a list'],
      ['[]', 'list of rows is empty'],
      ['[[1]]', 'neither objects nor plain values'],
      ['[{}]', 'no properties'],
      ['{"a": [}', 'line 1, column'],
      ['a: [b', 'neither JSON nor YAML'],
      ['{"schema":{"crud_objects":{}}}', 'a connector already'],
      ['{"swagger":"2.0"}', 'Convert it to OpenAPI 3'],
      ['{"openapi":"4.0.0"}', '3.0 and 3.1 are'],
      ['{"data.items":[{"id":1}],"total":3}', 'a name with a dot'],
    ] as const) {
      expect(refusal({ document: answer }), answer).toContain(why);
    }
  });

  it('is not stopped by odd names', () => {
    const made = make({
      document:
        '[{"id": 1, "__proto__": {"a": 1}, "constructor": "x", "_nim_mode_": "y", "a.b": 2, "{c}": 3, "": 4, "toString": [1], "ID": 5}]',
    });
    expect(Object.keys(only(made).resources)).toEqual(['id', 'constructor', 'a.b', '{c}', 'toString']);
  });

  it('looks at a YAML that names billions of values for a moment only', () => {
    const lines = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (let index = 1; index < 12; index++) {
      const [previous, own] = ['abcdefghijkl'[index - 1]!, 'abcdefghijkl'[index]!];
      lines.push(`${own}: &${own} [${Array.from({ length: 10 }, () => `*${previous}`).join(', ')}]`);
    }
    const started = performance.now();
    expect(only(make({ document: lines.join('\n') })).resources).toMatchObject({ a: ['string*'] });
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
