import { SollistError } from '../error.ts';
import { decodeText, type HttpRequest, type HttpResponse } from '../http/message.ts';

/** Levels of objects and arrays an answer may have. Real ones have a dozen. */
const deepest = 100;

/**
 * The JSON of an answer. Integers beyond 2^53 and numbers beyond the range of a double become text, so that no digit is lost. An empty
 * answer is undefined. `onDamage` is told of bytes that are no text. Throws `not-json-answer` or `answer-too-deep`.
 */
export function parseAnswer(response: HttpResponse, request: HttpRequest, system: string, onDamage: () => void = () => undefined): unknown {
  const { text, damaged } = decodeText(response);
  if (damaged) onDamage();
  if (text.trim() === '') return undefined;
  if (isTooDeep(text)) {
    throw new SollistError(
      'answer-too-deep',
      `${system}: the answer to ${request.operation} is nested more than ${deepest} levels deep, which no table can hold.`,
    );
  }
  try {
    return /\d{16}|\d[eE]\+?\d{3}/.test(text) ? (JSON.parse(text, keepDigits) as unknown) : (JSON.parse(text) as unknown);
  } catch {
    const type = response.headers['content-type']?.split(';')[0]?.trim() ?? '';
    const kind = type !== '' && !type.includes('json') ? ` (it says it is ${type.slice(0, 60)})` : '';
    throw new SollistError(
      'not-json-answer',
      `${system}: the answer to ${request.operation} is no JSON${kind}. Is the path right, and does the system answer in JSON? The request trace shows what came.`,
    );
  }
}

function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== 'number' || source === undefined) return value;
  if (!Number.isFinite(value)) return source;
  return Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(source) ? source : value;
}

/** Counted before parsing: the parser itself would overflow the stack. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (inString) {
      if (unit === 92) i++;
      else if (unit === 34) inString = false;
    } else if (unit === 34) inString = true;
    else if (unit === 91 || unit === 123) {
      if (++depth > deepest) return true;
    } else if (unit === 93 || unit === 125) depth--;
  }
  return false;
}

/** The value at a path of property names, own properties only. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const step of path) {
    if (!isObject(current) || !Object.hasOwn(current, step)) return undefined;
    current = current[step];
  }
  return current;
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The names of what an answer holds, for messages. */
export function describeAnswer(body: unknown): string {
  if (Array.isArray(body)) return 'The answer is a list.';
  if (!isObject(body)) return `The answer is ${body === null ? 'null' : `a ${typeof body}`}.`;
  const names = Object.keys(body).map((name) => name.replace(/[\p{Cc}\p{Cf}]/gu, ' ').slice(0, 40));
  if (names.length === 0) return 'The answer is an object without properties.';
  return `The answer has ${names.slice(0, 10).join(', ')}${names.length > 10 ? ` and ${names.length - 10} more` : ''}.`;
}
