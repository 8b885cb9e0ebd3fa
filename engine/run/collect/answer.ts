import { SollistError } from '../error.ts';
import { decodeText, type HttpRequest, type HttpResponse } from '../http/message.ts';
import { looksLikeXml, parseXml } from './xml-answer.ts';

/** Levels of objects and arrays an answer may have. Real ones have a dozen. */
const deepest = 100;

/**
 * What an answer holds: its JSON, or its XML in the same shape. Integers beyond 2^53 and numbers beyond the range of a double become text, so that no digit is lost. An empty
 * answer is undefined. `onDamage` is told of bytes that are no text. Throws `not-json-answer`, `answer-too-deep`,
 * and what {@link parseXml} throws.
 */
export function parseAnswer(response: HttpResponse, request: HttpRequest, system: string, onDamage: () => void = () => undefined): unknown {
  const { text, damaged } = decodeText(response);
  if (damaged) onDamage();
  if (text.trim() === '') return undefined;
  try {
    const value = JSON.parse(text) as unknown;
    const lost = lookOver(value, 0);
    if (lost === 'too-deep') {
      throw new SollistError(
        'answer-too-deep',
        `${system}: the answer to ${request.operation} is nested more than ${deepest} levels deep, which no table can hold.`,
      );
    }
    return lost === 'digits' ? (JSON.parse(text, keepDigits) as unknown) : value;
  } catch (error) {
    if (error instanceof SollistError) throw error;
    if (looksLikeXml(text)) return parseXml(text, `${system}: the answer to ${request.operation}`);
    const type = response.headers['content-type']?.split(';')[0]?.trim() ?? '';
    const kind = type !== '' && !type.includes('json') ? ` (it says it is ${type.slice(0, 60)})` : '';
    throw new SollistError(
      'not-json-answer',
      `${system}: the answer to ${request.operation} is neither JSON nor XML${kind}. Is the path right, and does the system answer in JSON? The request trace shows what came.`,
    );
  }
}

function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== 'number' || source === undefined || !mayHaveLostDigits(value)) return value;
  // Large whole numbers are identifiers: one that happens to fit stands beside others that do not.
  if (Number.isInteger(value) && /^-?\d+$/.test(source)) return source;
  return digitsOf(String(value)) === digitsOf(source) ? value : source;
}

/** Digits without what does not count: `1.50`, `15e-1` and `1.5` have the same. */
function digitsOf(number: string): string {
  return number
    .replace(/e.*$/i, '')
    .replace(/\D/g, '')
    .replace(/^0+|0+$/g, '');
}

/** A double holds whole numbers up to 2^53 and 15 digits of others for certain. */
function mayHaveLostDigits(value: number): boolean {
  if (Number.isSafeInteger(value)) return false;
  return Number.isInteger(value) || !Number.isFinite(value) || String(value).length > 16;
}

/**
 * What of a parsed answer needs a second look: more levels than a table can hold, or numbers whose digits may be lost. Over the values,
 * not the text, since those are fewer; V8's parser itself has no bound on depth.
 */
function lookOver(value: unknown, depth: number): 'too-deep' | 'digits' | undefined {
  if (typeof value === 'number') return mayHaveLostDigits(value) ? 'digits' : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth >= deepest) return 'too-deep';
  return Array.isArray(value) ? lookOverList(value, depth) : lookOverObject(value as Readonly<Record<string, unknown>>, depth);
}

function lookOverObject(value: Readonly<Record<string, unknown>>, depth: number): ReturnType<typeof lookOver> {
  let worst: ReturnType<typeof lookOver>;
  for (const name in value) {
    const inner = value[name];
    if (typeof inner === 'string' || typeof inner === 'boolean') continue;
    const found = lookOver(inner, depth + 1);
    if (found === 'too-deep') return found;
    worst ??= found;
  }
  return worst;
}

function lookOverList(value: readonly unknown[], depth: number): ReturnType<typeof lookOver> {
  let worst: ReturnType<typeof lookOver>;
  for (const inner of value) {
    const found = lookOver(inner, depth + 1);
    if (found === 'too-deep') return found;
    worst ??= found;
  }
  return worst;
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
