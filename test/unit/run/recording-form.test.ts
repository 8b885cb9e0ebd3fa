import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { losslessJson, rewriteJson } from '../../../engine/run/http/recording/json-tokens.ts';
import { nearestRequest } from '../../../engine/run/http/recording/nearest-request.ts';
import { originsOf } from '../../../engine/run/http/recording/origins.ts';
import { recordBody, replayBody } from '../../../engine/run/http/recording/recorded-body.ts';
import { fileNameOf, requestKey } from '../../../engine/run/http/recording/request-key.ts';
import { textOf } from '../../../engine/run/http/message.ts';

const unchanged = { text: (text: string) => text, number: () => undefined };

describe('JSON', () => {
  test('is written as JSON only where that says the same', () => {
    for (const text of ['{}', '[1, 2.5, -3]', '{ "a": null,\n "b": ["x\\u00e9\\/"] }', '"text"', 'true', '{"__proto__": 1}'])
      expect(losslessJson(text), text).toBeDefined();
    const losing = [
      '12345678901234567890',
      '[1.0]',
      '[1e3]',
      '[-0]',
      '{"a": 1, "a": 2}',
      '{"b": 1, "1": 2}',
      '{"a": 1e400}',
      `${'['.repeat(60)}${']'.repeat(60)}`,
      'no JSON',
      '',
    ];
    for (const text of losing) expect(losslessJson(text), text.slice(0, 30)).toBeUndefined();
  });

  test('of any kind survives, and its values are rewritten without touching names', () => {
    fc.assert(
      fc.property(fc.json(), fc.integer({ min: 0, max: 4 }), (text, indent) => {
        const spaced = JSON.stringify(JSON.parse(text), undefined, indent);
        expect(rewriteJson(spaced, { string: (value) => value, number: () => undefined })).toBe(spaced);
        const lossless = losslessJson(spaced);
        if (lossless) expect(lossless.value).toEqual(JSON.parse(spaced));
      }),
    );
    const rewritten = rewriteJson('{"name": "name", "list": ["a\\"b", 4711, {"name" : "x"}], "n": 12345678901234567890}', {
      string: (value) => value.toUpperCase(),
      number: (source) => (source === '4711' ? 'gone' : undefined),
    });
    expect(rewritten).toBe('{"name": "NAME", "list": ["A\\"B", "gone", {"name" : "X"}], "n": 12345678901234567890}');
  });
});

describe('a body', () => {
  const roundTrip = (bytes: Uint8Array, type = 'application/json'): { form: string; text: string; bytes: Uint8Array } => {
    const { body, headers } = recordBody(bytes, { 'content-type': type }, unchanged);
    const back = replayBody(JSON.parse(JSON.stringify(body)) as typeof body, (text) => text);
    return { form: Object.keys(body).join(), text: textOf({ headers, body: back }), bytes: back };
  };

  test('is kept in the most readable form that loses nothing', () => {
    expect(roundTrip(Buffer.from('[{"id": 1}]')).form).toBe('json');
    expect(roundTrip(Buffer.from('[{"id": 12345678901234567890}]'))).toMatchObject({
      form: 'text',
      text: '[{"id": 12345678901234567890}]',
    });
    expect(roundTrip(Buffer.from('<a>\r\n  <b/>\n</a>'), 'application/xml')).toMatchObject({ form: 'text', text: '<a>\r\n  <b/>\n</a>' });
    expect(roundTrip(Buffer.from([0x7b, 0xff, 0xfe, 0x7d])).form).toBe('base64');
    expect(roundTrip(new Uint8Array())).toMatchObject({ form: '', text: '' });
    expect(roundTrip(Buffer.from('{"name":"é"}', 'latin1'), 'application/json; charset=iso-8859-1').text).toBe('{"name":"é"}');
    expect(roundTrip(Buffer.from('\ufeff[1]', 'utf8')).bytes).toEqual(Buffer.from('\ufeff[1]', 'utf8'));
  });

  test('of any bytes reads the same afterwards', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const back = roundTrip(bytes, 'text/plain');
        const text = textOf({ headers: {}, body: bytes });
        if (back.form === 'json') expect(JSON.parse(back.text)).toEqual(JSON.parse(text));
        else expect(back.text).toBe(text);
      }),
    );
  });
});

describe('origins', () => {
  const at = (port: number): ReturnType<typeof originsOf> =>
    originsOf({
      baseUrl: `http://127.0.0.1:${port}/api`,
      hosts: [{ hostname: '127.0.0.1', port: String(port) }, { hostname: 'files.example.com' }],
    });

  test('are replaced as whole origins and put back as those of today', () => {
    const text =
      'http://127.0.0.1:4711/a?next=http%3A%2F%2F127.0.0.1%3A4711%2Fb http://127.0.0.1:47110/ http://127.0.0.1:4711.evil.example xhttp://127.0.0.1:4711';
    const recorded = at(4711).toRecorded(text);
    expect(recorded).toBe(
      'https://recorded.invalid/a?next=https%3A%2F%2Frecorded.invalid%2Fb http://127.0.0.1:47110/ http://127.0.0.1:4711.evil.example xhttp://127.0.0.1:4711',
    );
    expect(at(4711).toPresent(recorded)).toBe(text);
    expect(at(9999).toPresent('<https://recorded.invalid/a?page=2>; rel="next"')).toBe('<http://127.0.0.1:9999/a?page=2>; rel="next"');
  });

  test('leave values and names that only look like hosts alone', () => {
    const origins = originsOf({ baseUrl: 'https://acme.example.com', hosts: [{ hostname: 'acme.example.com' }] });
    expect(origins.toRecorded('jane@acme.example.com, https://acme.example.com.br, https://acme.example.com:8443')).not.toContain(
      'recorded',
    );
    expect(origins.valueToRecorded('acme.example.com')).toBe('recorded.invalid');
    expect(origins.valueToRecorded('acme')).toBe('acme');
  });
});

describe('a request', () => {
  const request = { operation: 'users_get', table: 'users', verb: 'GET', url: 'https://recorded.invalid/Users?b=2&a=1' };

  test('is the same with its parameters in another order, and another with other values', () => {
    expect(requestKey(request)).toBe(requestKey({ ...request, url: 'https://recorded.invalid/Users?a=1&b=2' }));
    for (const other of [
      { url: 'https://recorded.invalid/Users?a=1&b=3' },
      { verb: 'POST' },
      { body: '{}' },
      { url: 'https://recorded.invalid/users?a=1&b=2' },
    ])
      expect(requestKey({ ...request, ...other })).not.toBe(requestKey(request));
  });

  test('has a file name that any disk takes', () => {
    fc.assert(
      fc.property(fc.string(), fc.webUrl({ withQueryParameters: true }), (operation, url) => {
        expect(fileNameOf({ ...request, operation, url })).toMatch(/^[a-z0-9_][a-z0-9_-]{0,120}\.json$/);
      }),
    );
    expect(fileNameOf({ ...request, operation: 'con' })).toMatch(/^con-users-b-2-a-1-[0-9a-f]{12}\.json$/);
    expect(fileNameOf({ ...request, url: 'https://recorded.invalid/../../etc/passwd' })).not.toContain('/');
  });

  test('that is not there is held against the nearest one', () => {
    const recorded = ['/Users?page=1&size=50', '/Users?page=2&size=50', '/Groups?page=3'].map((path) => ({
      ...request,
      url: `https://recorded.invalid${path}`,
    }));
    const near = (path: string): unknown => nearestRequest({ ...request, url: `https://recorded.invalid${path}` }, recorded);
    expect(near('/Users?page=3&size=50')).toMatchObject({ differences: ['the parameter page is 1 there, not 3'] });
    expect(near('/Users?page=2&size=100')).toMatchObject({
      request: recorded[1],
      differences: ['the parameter size is 50 there, not 100'],
    });
    expect(near('/Group?page=3')).toMatchObject({ differences: ['"Group" in the path is "Groups" there'] });
    expect(near('/Users?page=2')).toMatchObject({ request: recorded[1], differences: ['it has the parameter size=50'] });
    expect(nearestRequest(request, [])).toBeUndefined();
  });
});
