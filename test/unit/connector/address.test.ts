import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf } from '../../../engine/model/connector/address.ts';
import type { Connector } from '../../../engine/model/connector/connector.ts';
import { mask, shownValues } from '../../../engine/model/system/shown-values.ts';
import type { ConnectionValue } from '../../../engine/model/system/system.ts';
import { buildRequest } from '../../../engine/run/collect/request.ts';
import { resolveConnection } from '../../../engine/run/connection.ts';
import { mask as maskOfRuns } from '../../../engine/run/http/redact.ts';
import { connectorOf, systemOf } from '../run/support.ts';

interface Parts {
  readonly operation?: object;
  readonly config?: object;
  readonly items?: readonly object[];
  readonly resources?: object;
}

function connector({ operation = {}, config = {}, items = [], resources = {} }: Parts): Connector {
  return connectorOf({
    schema: { crud_objects: { 'my table': { resources, operations: { op: { method: 'get', ...operation } } } } },
    rest: { config: { baseUrl: 'https://{tenant_id}/api/', authentication: 'client_credentials', ...config } },
    connection: { items },
  });
}

/** The address of the only operation; without a connection as no system calls it. */
function address(parts: Parts, connection?: Readonly<Record<string, string | ConnectionValue>>): string {
  const model = connector(parts);
  const [table] = model.tables;
  const operation = table?.operations[0];
  if (!table || !operation) throw new Error('no operation');
  return addressOf(model, table, operation, connection && shownValues(model, systemOf('s', [], connection).connection));
}

const paging = {
  get: { pagination: { mode: 'skip_take', page_size: '{page_size}', params: { take: '{take_count}', skip: '{skip_count}' } } },
};

describe('the address of an operation', () => {
  it('keeps the variables that have no value', () => {
    expect(address({})).toBe('https://{tenant_id}/api/my%20table');
    expect(address({ operation: { call: { path: '/u/{org:no_encode}', queryParameters: { a: 'x {b}' } } } })).toBe(
      'https://{tenant_id}/api/u/{org}?a=x%20{b}',
    );
    expect(address({ config: { baseUrl: 'https://' }, operation: { call: { path: '/www.example/{id}' } } })).toBe(
      'https://www.example/{id}',
    );
  });

  it('has the values of the connection, encoded where a run encodes them', () => {
    const operation = { call: { path: '/{org}/{org:no_encode}', queryParameters: { q: '{org}', empty: '{none}', fixed: '' } } };
    expect(address({ operation }, { tenant_id: 'hr.example', org: 'a/b', none: '' })).toBe(
      'https://hr.example/api/a%2Fb/a/b?q=a%2Fb&fixed=',
    );
  });

  it('takes the first values of connection items where the system gives none', () => {
    const items = [
      { name: 'tenant_id', value: 'first.example' },
      { name: 'org', value: 'o1' },
    ];
    expect(address({ items, operation: { call: { path: '/{org}' } } })).toBe('https://first.example/api/o1');
    expect(address({ items, operation: { call: { path: '/{org}' } } }, { org: 'o2' })).toBe('https://first.example/api/o2');
  });

  it('masks secrets, and shows the environment by name', () => {
    expect(mask).toBe(maskOfRuns);
    const operation = { call: { path: '/{key}', queryParameters: { token: '{api_token}', p: '{hidden}', e: '{from}' } } };
    const items = [{ name: 'hidden', password: true, value: 'first' }];
    expect(
      address(
        { operation, items },
        {
          tenant_id: { kind: 'env', name: 'HOST' },
          key: { kind: 'secret', name: 'k' },
          api_token: 'abc',
          from: { kind: 'env', name: 'A B' },
        },
      ),
    ).toBe('https://<HOST>/api/***?token=***&p=***&e=<A B>');
  });

  it('keeps what differs in every call, whatever the connection says', () => {
    const write = { method: 'put', call: { path: '/{id}' } };
    expect(address({ operation: write, resources: { id: 'string*' } }, { tenant_id: 't', id: '7' })).toBe('https://t/api/{id}');
    const iteration = { call: { mode: 'iteration', table: 'my table', iterator: 'id', path: '/{iterator}' } };
    expect(address({ operation: iteration, resources: { id: 'string*' } }, { tenant_id: 't', iterator: 'x' })).toBe(
      'https://t/api/{iterator}',
    );
  });

  it('has the parameters of its pages, without a size where the connection gives none', () => {
    expect(address({ config: paging })).toBe('https://{tenant_id}/api/my%20table?take={take_count}&skip={skip_count}');
    expect(address({ config: paging }, { tenant_id: 't', page_size: '50' })).toBe(
      'https://t/api/my%20table?take={take_count}&skip={skip_count}',
    );
    expect(address({ config: paging }, { tenant_id: 't' })).toBe('https://t/api/my%20table?skip={skip_count}');
    expect(address({ config: paging, operation: { pagination: 'none' } })).toBe('https://{tenant_id}/api/my%20table');
    expect(address({ config: paging, operation: { method: 'post' } })).toBe('https://{tenant_id}/api/my%20table');
  });

  it('is what a run would call, where everything is known', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('/', '?', '&', '%2F', 'a b', '{org}', '{org:no_encode}', '{', 'é😀', "'"));
    const template = fc.array(text, { maxLength: 4 }).map((parts) => parts.join(''));
    const value = fc.oneof(fc.string(), fc.constantFrom('a/b', 'x&y', 'é')).filter((one) => one !== '.' && one !== '..');
    fc.assert(
      fc.property(template, fc.dictionary(fc.string({ minLength: 1 }), template), value, (path, queryParameters, org) => {
        const parts: Parts = {
          operation: { call: { path, queryParameters } },
          config: { baseUrl: 'https://h.example/', authentication: 'none' },
        };
        const model = connector(parts);
        const system = systemOf('s', [], { org });
        const operation = model.tables[0]?.operations[0];
        if (!operation) throw new Error('no operation');
        const connection = resolveConnection(model, system, { env: {}, secrets: new Map() });
        let expected: string;
        try {
          expected = buildRequest({ connector: model, operation, variables: new Map(), connection }).url;
        } catch {
          // Another variable came about by chance, which a run refuses.
          return;
        }
        expect(address(parts, { org })).toBe(expected);
      }),
    );
  });
});
