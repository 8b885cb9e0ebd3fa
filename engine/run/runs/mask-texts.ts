import type { Redactor } from '../http/redact.ts';

/** Below this a number says how many of something there are, and a secret that reads the same is none worth the name. */
const smallestSecret = 100_000;

/**
 * A value with every text in it redacted; a large number that is a secret is masked, too. Done value by value: in the finished JSON a short
 * secret could stand in what makes it JSON.
 */
export function maskTexts<Value>(value: Value, redactor: Pick<Redactor, 'text'>): Value {
  return masked(value, redactor) as Value;
}

function masked(value: unknown, redactor: Pick<Redactor, 'text'>): unknown {
  if (typeof value === 'string') return redactor.text(value);
  if (typeof value === 'number') {
    const safe = value < smallestSecret ? '' : redactor.text(String(value));
    return /^\*+$/.test(safe) ? safe : value;
  }
  if (Array.isArray(value)) return value.map((item: unknown) => masked(item, redactor));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]: [string, unknown]) => [name, masked(item, redactor)]));
}
