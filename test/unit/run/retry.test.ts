import { expect, test } from 'vitest';
import { SollistError } from '../../../engine/run/error.ts';
import type { HttpResponse } from '../../../engine/run/http/message.ts';
import { retry } from '../../../engine/run/http/retry.ts';
import { connectorOf, manualClock } from './support.ts';

type Step = number | string | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown };

/** Runs one request against a script of answers (statuses) and failures (error codes). */
async function run(
  rules: readonly unknown[],
  steps: readonly Step[],
): Promise<{ readonly outcome: string; readonly waits: readonly number[]; readonly attempts: readonly number[] }> {
  const clock = manualClock();
  const attempts: number[] = [];
  let next = 0;
  const send = retry({
    rules: connectorOf({ rest: { config: { retry: rules } } }).rest.retry,
    clock,
    random: () => 0,
    onRetry: () => undefined,
  })(({ attempt }): Promise<HttpResponse> => {
    attempts.push(attempt ?? -1);
    const step = steps[Math.min(next++, steps.length - 1)] ?? 0;
    if (typeof step === 'string') return Promise.reject(new SollistError(step, step));
    const { status, headers = {}, body = {} } = typeof step === 'number' ? { status: step } : step;
    return Promise.resolve({ status, headers, body: Buffer.from(JSON.stringify(body)) });
  });
  const outcome = await send(
    { role: 'get', operation: 'o', table: 't', verb: 'GET', url: 'http://h', headers: {} },
    new AbortController().signal,
  ).then(
    ({ status }) => String(status),
    (error: unknown) => (error as SollistError).code,
  );
  return { outcome, waits: clock.waits, attempts };
}

const simple = { type: 'simple', maxCount: 2, waitTime: 5 };
const exponential = { type: 'exponential', maxCount: 6, ceiling: 3, timeSlice: 100 };

test.each([
  ['nothing to retry', [], [200], '200', []],
  ['no rule for the status', [{ statusCode: 502, retry: simple }], [503], '503', []],
  ['a rule that helps', [{ statusCode: 503, retry: simple }], [503, 200], '200', [5000]],
  ['a rule that gives up', [{ statusCode: 503, retry: simple }], [503], '503', [5000, 5000]],
  ['doubling up to the ceiling', [{ statusCode: 503, retry: exponential }], [503], '503', [100, 200, 400, 400, 400, 400]],
  ['an entry without policy', [{ statusCode: 503 }], [503], '503', [5000, 5000, 5000]],
  ['an entry for connection errors without policy', [{ type: 'connectionError' }], ['timeout'], 'timeout', [5000, 5000, 5000]],
  ['status 0 means no answer', [{ statusCode: 0, retry: simple }], ['connection-refused', 200], '200', [5000]],
  ['no rule: a refused connection is final', [], ['connection-refused', 200], 'connection-refused', []],
  ['no rule: a broken connection gets one more try', [], ['connection-lost', 'connection-lost', 200], 'connection-lost', [500]],
  ['other failures are final', [{ type: 'connectionError', retry: simple }], ['host-refused', 200], 'host-refused', []],
  [
    'Retry-After in seconds',
    [{ statusCode: 429, retry: simple }],
    [{ status: 429, headers: { 'retry-after': '30' } }, 200],
    '200',
    [30_000],
  ],
  [
    'Retry-After as a date',
    [{ statusCode: 429, retry: simple }],
    [{ status: 429, headers: { 'retry-after': 'Mon, 05 Jan 2026 12:00:20 GMT' } }, 200],
    '200',
    [20_000],
  ],
  [
    'Retry-After shorter than the rule, or nonsense',
    [{ statusCode: 429, retry: simple }],
    [{ status: 429, headers: { 'retry-after': '1' } }, { status: 429, headers: { 'retry-after': 'soon' } }, 200],
    '200',
    [5000, 5000],
  ],
  ['Retry-After tomorrow', [{ statusCode: 429, retry: simple }], [{ status: 429, headers: { 'retry-after': '86400' } }, 200], '429', []],
] as const)('%s', async (_what, rules, steps, outcome, waits) => {
  const result = await run(rules, steps);
  expect(result).toMatchObject({ outcome, waits });
  expect(result.attempts).toEqual(Array.from({ length: waits.length + 1 }, (_, i) => i));
});

test('no connector makes a run try for ever', async () => {
  const { attempts } = await run([{ statusCode: 503, retry: { type: 'simple', maxCount: 1e9, waitTime: 0 } }], [503]);
  expect(attempts.length).toBeLessThanOrEqual(51);
});

test('a rule with filterValues speaks only about those reasons', async () => {
  const rule = { type: 'statusCode', statusCode: 403, retry: simple, filterPath: '_reason', filterValues: ['quotaExceeded'] };
  const answer = (reason: string): Step => ({ status: 403, body: { error: { errors: [{ reason }] } } });
  expect(await run([rule], [answer('quotaExceeded'), 200])).toMatchObject({ outcome: '200' });
  expect(await run([rule], [answer('notAllowed'), 200])).toMatchObject({ outcome: '403', waits: [] });
});
