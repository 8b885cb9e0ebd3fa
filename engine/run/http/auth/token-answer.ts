import type { AuthOptions } from '../../../model/connector/connector.ts';
import { isSecretName } from '../../../model/connector/rules/rest/secrets.ts';

/** A token found in an answer, with the seconds it holds where the answer says so; or why there is none, for a person. */
export type FoundToken = { readonly token: string; readonly seconds?: number } | { readonly missing: string };

/**
 * Finds the token in the answer to a `custom_post_token` request: at `tokenPath`; with `directToken`, or where the answer is no JSON object, the
 * answer itself. Assumed where the connector says neither: `access_token`, else `token`, as most APIs call it.
 */
export function findToken(text: string, { tokenPath, directToken }: Pick<AuthOptions, 'tokenPath' | 'directToken'>): FoundToken {
  const answer = parsed(text);
  if (tokenPath !== undefined) {
    const steps = tokenPath.split('.');
    const found = tokenOf(lookUp(answer, steps));
    if (found === undefined)
      return { missing: `the answer has no token at ${tokenPath} (rest.authOptions.tokenPath).${propertiesOf(answer)}` };
    return usable(found, secondsIn(lookUp(answer, steps.slice(0, -1))) ?? secondsIn(answer));
  }
  if (answer === null || Array.isArray(answer)) return { missing: 'the answer is no token' };
  if (!isObject(answer)) return usable(typeof answer === 'string' ? answer : text.trim(), undefined);
  const found = directToken ? undefined : (tokenOf(answer['access_token']) ?? tokenOf(answer['token']));
  if (found !== undefined) return usable(found, secondsIn(answer));
  return {
    missing: `the answer is a JSON object, and where its token stands is not said. Name it in rest.authOptions.tokenPath.${propertiesOf(answer)}`,
  };
}

/** Deeper than this an answer with a token is not looked into. */
const deepest = 6;

/**
 * Every text of an answer whose name says that it is a secret: beside the token there is often one to renew it with, and one about the person,
 * whether they are used here or not.
 */
export function secretsIn(text: string): readonly string[] {
  const found = new Set<string>();
  const look = (value: unknown, depth: number): void => {
    if (depth > deepest || typeof value !== 'object' || value === null) return;
    for (const [name, item] of Object.entries(value)) {
      if (typeof item !== 'string') look(item, depth + 1);
      // What is shorter may be a word that rows hold, too.
      else if (item.length >= 16 && isSecretName(name)) found.add(item);
    }
  };
  look(parsed(text), 0);
  return [...found];
}

/** What a header can carry; anything else is a page or a mistake. */
function usable(token: string, seconds: number | undefined): FoundToken {
  const bare = token.trim().replace(/^Bearer\s+/i, '');
  if (bare === '') return { missing: 'the answer is empty, and so is the token' };
  if (!/^[\x21-\x7e]{1,16384}$/.test(bare)) return { missing: 'what the answer has for a token is none a header could carry' };
  return { token: bare, ...(seconds !== undefined && { seconds }) };
}

function tokenOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** `expires_in` beside the token (RFC 6749, 5.1). */
function secondsIn(value: unknown): number | undefined {
  const seconds = isObject(value) ? value['expires_in'] : undefined;
  const number = typeof seconds === 'number' || (typeof seconds === 'string' && seconds.trim() !== '') ? Number(seconds) : NaN;
  return Number.isFinite(number) && number >= 0 ? number : undefined;
}

function propertiesOf(answer: unknown): string {
  const names = isObject(answer) ? Object.keys(answer).filter((name) => /^[\w.-]{1,40}$/.test(name)) : [];
  return names.length === 0 ? '' : ` It has: ${names.slice(0, 10).join(', ')}.`;
}

function lookUp(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((current, step) => {
    if (Array.isArray(current)) return (current as readonly unknown[])[Number(step)];
    return isObject(current) && Object.hasOwn(current, step) ? current[step] : undefined;
  }, value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
