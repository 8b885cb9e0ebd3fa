import { mask } from '../../model/system/shown-values.ts';
import { createSecretIndex, shortestIndexed } from './secret-index.ts';

/** Knows the secrets of a run and masks them wherever they would be shown. */
export interface Redactor {
  /** Adds a secret met on the way, such as a token. */
  readonly learn: (secret: string) => void;
  /** Takes back one `learn` of a secret that is used no more, such as a token among thousands. A short one stays known. */
  readonly forget: (secret: string) => void;
  /** The text with every known secret masked, in each form it may stand there. */
  readonly text: (text: string) => string;
  /** As `text`, with another sign in place of the mask. */
  readonly replace: (text: string, sign: string) => string;
  readonly headers: (headers: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;
  /** Whether a known secret stands in the text. */
  readonly finds: (text: string) => boolean;
  /** The length of the longest form of a secret: what a cut may split. */
  readonly longest: number;
  /** The length of the shortest one; infinite where no secret is known. */
  readonly shortest: number;
}

export { mask };

const secretHeaders = /^(authorization|proxy-authorization|cookie|set-cookie|.*(api[-_]?key|token|secret|password|signature).*)$/i;

/** A redactor for these secrets. */
export function createRedactor(secrets: Iterable<string>): Redactor {
  const short = new Set<string>();
  const index = createSecretIndex();
  let pattern: RegExp | undefined;
  let longest = 0;
  let shortest = Infinity;

  const learn = (secret: string): void => {
    const before = short.size;
    for (const form of formsOf(secret)) {
      longest = Math.max(longest, form.length);
      shortest = Math.min(shortest, form.length);
      if (form.length < shortestIndexed) short.add(form);
      else index.add(form);
    }
    if (short.size > before) pattern = patternOf(short);
  };
  for (const secret of secrets) learn(secret);

  const replace = (value: string, sign: string): string => {
    const found = index.find(value);
    const rest = found.length === 0 ? value : withSigns(value, found, sign);
    return pattern ? rest.replace(pattern, () => sign) : rest;
  };
  const text = (value: string): string => replace(value, mask);
  return {
    learn,
    forget: (secret) => {
      for (const form of formsOf(secret)) if (form.length >= shortestIndexed) index.remove(form);
    },
    text,
    replace,
    headers: (headers) =>
      Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, secretHeaders.test(name) ? mask : text(value)])),
    finds: (value) => value.length >= shortest && ((pattern !== undefined && value.search(pattern) >= 0) || index.has(value)),
    get longest() {
      return longest;
    },
    get shortest() {
      return shortest;
    },
  };
}

/** The longest first, so that a secret that begins with another one is masked whole. */
function patternOf(forms: Iterable<string>): RegExp {
  const sorted = [...forms].sort((a, b) => b.length - a.length);
  return new RegExp(sorted.map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'g');
}

function withSigns(text: string, places: readonly (readonly [start: number, end: number])[], sign: string): string {
  let shown = '';
  let from = 0;
  for (const [start, end] of places) {
    shown += `${text.slice(from, start)}${sign}`;
    from = end;
  }
  return shown + text.slice(from);
}

/** A secret as itself, as addresses and forms encode it, inside JSON and XML, and in Base64. */
function formsOf(secret: string): ReadonlySet<string> {
  if (secret === '') return new Set();
  const wellFormed = secret.toWellFormed();
  const uri = encodeURIComponent(wellFormed);
  const base64 = Buffer.from(secret, 'utf8').toString('base64');
  return new Set([
    secret,
    uri,
    uri.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()),
    new URLSearchParams([['', wellFormed]]).toString().slice(1),
    ...jsonFormsOf(secret),
    ...xmlFormsOf(secret),
    // Short texts in Base64 are too common to mask blindly.
    ...(secret.length >= 4 ? [base64, base64.replace(/=+$/, ''), Buffer.from(secret, 'utf8').toString('base64url')] : []),
  ]);
}

/** As JSON writes it, by the habits of those who do: PHP escapes the slash, many all beyond ASCII, .NET and Go what HTML gives a meaning. */
function jsonFormsOf(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const code = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const ascii = json.replace(/[^\0-\x7f]/g, code);
  const forHtml = [json, ascii].map((form) => form.replace(/[<>&]/g, code));
  const dotNet = secret
    .replace(/[^\x20-\x7e]|["&'+<>`]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`)
    .replace(/\\(?!u[\dA-F]{4})/g, '\\\\');
  return [json, ascii, ...forHtml, dotNet].flatMap((form) => [form, form.replaceAll('/', '\\/')]);
}

/** As XML writes it within elements, and within attributes. */
function xmlFormsOf(secret: string): readonly string[] {
  const element = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return [element, element.replaceAll('"', '&quot;'), element.replaceAll('"', '&quot;').replaceAll("'", '&apos;')];
}
