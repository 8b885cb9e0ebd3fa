/** A string, a number or word, white space, or one sign of JSON. */
const token = /"(?:[^"\\]|\\.)*"|[-+.\w]+|\s+|[{}[\],:]/gsy;

/** Levels of objects and arrays that are written as JSON: deeper ones would be indented beyond reading. */
const deepest = 50;

/** What {@link rewriteJson} makes of the values it meets. */
export interface Rewriting {
  /** The value of a string that is no property name. */
  readonly string: (value: string) => string;
  /** A number as it is written; a text in its place, or undefined to leave it. */
  readonly number: (source: string) => string | undefined;
}

/**
 * Rewrites the values of a JSON text and leaves everything else as it stands, so that no digit is lost. Undefined for what is no JSON.
 */
export function rewriteJson(text: string, { string, number }: Rewriting): string | undefined {
  if (!isJson(text)) return undefined;
  const parts: string[] = [];
  let last = 0;
  for (const { source, at, isName } of tokensOf(text)) {
    const changed = source.startsWith('"') ? (isName ? undefined : rewriteString(source, string)) : rewriteNumber(source, number);
    if (changed === undefined) continue;
    parts.push(text.slice(last, at), changed);
    last = at + source.length;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(last);
}

function rewriteString(source: string, change: Rewriting['string']): string | undefined {
  const value = source.includes('\\') ? (JSON.parse(source) as string) : source.slice(1, -1);
  const changed = change(value);
  return changed === value ? undefined : JSON.stringify(changed);
}

function rewriteNumber(source: string, change: Rewriting['number']): string | undefined {
  const changed = /^[-\d]/.test(source) ? change(source) : undefined;
  return changed === undefined ? undefined : JSON.stringify(changed);
}

/**
 * The value of a JSON text, where it says the same when it is written again: the same numbers digit by digit, the same properties in the same
 * order, none twice. White space and the spelling of strings do not count.
 */
export function losslessJson(text: string): { readonly value: unknown } | undefined {
  if (!isJson(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === minified(text) ? { value } : undefined;
  } catch {
    // Nested too deep to be written.
    return undefined;
  }
}

function minified(text: string): string | undefined {
  const parts: string[] = [];
  let depth = 0;
  for (const { source } of tokensOf(text)) {
    if (source === '{' || source === '[') depth++;
    else if (source === '}' || source === ']') depth--;
    if (depth > deepest) return undefined;
    parts.push(source.startsWith('"') && source.includes('\\') ? JSON.stringify(JSON.parse(source)) : source);
  }
  return parts.join('');
}

/** The tokens of a text that is JSON, without white space. */
function* tokensOf(text: string): Generator<{ readonly source: string; readonly at: number; readonly isName: boolean }> {
  const pattern = new RegExp(token);
  let held: { readonly source: string; readonly at: number } | undefined;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const source = match[0];
    if (/^\s/.test(source)) continue;
    // Whether a string is a name is known by what follows it.
    if (held) yield { ...held, isName: source === ':' };
    held = { source, at: match.index };
  }
  if (held) yield { ...held, isName: false };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
