import type { Clock } from '../context.ts';
import type { HttpResponse, Interceptor } from './message.ts';

/** No answer can make a run wait longer than this before one call, in milliseconds; where it asks for more, the failure is told. */
export const longestWait = 5 * 60_000;

/**
 * Waits, before every call, for what any answer of the system asked all callers to wait: `Retry-After` of a 429 or 503, or a used-up
 * allowance (`RateLimit-Remaining: 0` and its older spellings). Parallel sessions share one allowance, so they share the wait.
 */
export function throttle(clock: Clock): Interceptor {
  let openAt = 0;
  return (next) => async (request, signal) => {
    for (let wait = openAt - clock.now(); wait > 0; wait = openAt - clock.now()) await clock.wait(wait, signal);
    const response = await next(request, signal);
    const asked = askedToWait(response, clock);
    if (asked > 0 && asked <= longestWait) openAt = Math.max(openAt, clock.now() + asked);
    return response;
  };
}

/** Milliseconds an answer asks to wait before the next call; 0 where it asks nothing. */
export function askedToWait({ status, headers }: Pick<HttpResponse, 'status' | 'headers'>, clock: Clock): number {
  if (status === 429 || status === 503) return retryAfter(headers, clock) ?? 0;
  const remaining = headers['ratelimit-remaining'] ?? headers['x-ratelimit-remaining'] ?? headers['x-rate-limit-remaining'];
  if (remaining?.trim() !== '0') return 0;
  return untilReset(headers['ratelimit-reset'] ?? headers['x-ratelimit-reset'] ?? headers['x-rate-limit-reset'] ?? '', clock);
}

/**
 * What `Retry-After` asks for, in milliseconds: it holds seconds, or a date (RFC 9110, 10.2.3). Undefined where it asks nothing; 0 asks to come back at
 * once, as does a date that is over.
 */
export function retryAfter(headers: Readonly<Record<string, string>>, clock: Clock): number | undefined {
  const header = headers['retry-after'];
  if (header === undefined) return undefined;
  const isSeconds = /^\s*\d+(?:\.\d+)?\s*$/.test(header);
  const milliseconds = isSeconds ? Number(header) * 1000 : Date.parse(header) - clock.now();
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined;
}

/** Seconds until the reset, or, with the older spellings, often the moment of it in seconds since 1970. */
function untilReset(header: string, clock: Clock): number {
  if (!/^\s*\d+(\.\d+)?\s*$/.test(header)) return 0;
  const seconds = Number(header);
  return Math.max(0, seconds > 1e9 ? seconds * 1000 - clock.now() : seconds * 1000);
}
