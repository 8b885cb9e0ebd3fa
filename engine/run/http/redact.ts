import { mask } from '../../model/system/shown-values.ts';

/** Knows the secrets of a run and masks them wherever they would be shown. */
export interface Redactor {
  /** Adds a secret met on the way, such as a token. */
  readonly learn: (secret: string) => void;
  /** The text with every known secret masked, in each form it may stand there. */
  readonly text: (text: string) => string;
  readonly headers: (headers: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;
  /** Whether a known secret stands in the text. */
  readonly finds: (text: string) => boolean;
  /** The length of the longest form of a secret: what a cut may split. */
  readonly longest: number;
}

export { mask };

const secretHeaders = /^(authorization|proxy-authorization|cookie|set-cookie|.*(api[-_]?key|token|secret|password|signature).*)$/i;

/** A redactor for these secrets. */
export function createRedactor(secrets: Iterable<string>): Redactor {
  const forms = new Set<string>();
  let pattern: RegExp | undefined;
  let longest = 0;

  const learn = (secret: string): void => {
    if (secret === '') return;
    for (const form of formsOf(secret)) forms.add(form);
    // The longest first, so that a secret that begins with another one is masked whole.
    const sorted = [...forms].sort((a, b) => b.length - a.length);
    longest = sorted[0]?.length ?? 0;
    pattern = new RegExp(sorted.map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'g');
  };
  for (const secret of secrets) learn(secret);

  const text = (value: string): string => (pattern ? value.replace(pattern, mask) : value);
  return {
    learn,
    text,
    headers: (headers) =>
      Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, secretHeaders.test(name) ? mask : text(value)])),
    finds: (value) => value.search(pattern ?? /(?!)/) >= 0,
    get longest() {
      return longest;
    },
  };
}

/** A secret as itself, as addresses and forms encode it, inside JSON, and in Base64. */
function formsOf(secret: string): readonly string[] {
  const wellFormed = secret.toWellFormed();
  const uri = encodeURIComponent(wellFormed);
  const base64 = Buffer.from(secret, 'utf8').toString('base64');
  return [
    secret,
    uri,
    uri.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()),
    new URLSearchParams([['', wellFormed]]).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
    // Short texts in Base64 are too common to mask blindly.
    ...(secret.length >= 4 ? [base64, base64.replace(/=+$/, ''), Buffer.from(secret, 'utf8').toString('base64url')] : []),
  ].filter((form) => form !== '');
}
