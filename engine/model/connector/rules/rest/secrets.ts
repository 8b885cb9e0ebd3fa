/** Words at the end of a name whose value is nobody's business: `x-api-key`, `clientSecret`, `client_secret`. */
const secretName =
  /(^|_)(secret|secret_key|password|passwd|passphrase|pwd|api_?key|access_key|private_key|access_token|refresh_token|auth_token|bearer_token|api_token|subscription_key|aeries_cert|token)$/;

/** Without one of these nothing more need be looked at: nearly every name of a connector goes through here with each keystroke. */
const hint = /secret|passw|passphrase|pwd|key|token|cert/i;

/** Whether a value of that name is a secret, in any way of writing names. */
export function isSecretName(name: string): boolean {
  if (!hint.test(name)) return false;
  return secretName.test(
    name
      .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
      .replaceAll(/[-.\s]+/g, '_')
      .toLowerCase(),
  );
}

/**
 * Whether a text is fit to be a secret: long enough, without blanks or variables, more than words (`disabled`, `credentials.token`), and no
 * stand-in such as `your-api-key1`, `xxxx` or `<token>`.
 */
export function looksSecret(value: string): boolean {
  if (value.length < 6 || /[\s{}<>]/.test(value)) return false;
  if (/^(.)\1*$/.test(value) || (value.length < 32 && /^[A-Za-z]+([-_./:][A-Za-z]+)*$/.test(value))) return false;
  return !/^(your|my|the|insert|enter|change|replace|example|sample|dummy|placeholder|todo|redacted)|changeme|[*•…]{3}|\.\.\./i.test(value);
}

/**
 * Texts that are a secret whatever they are called, by the shape their issuer gives them. The piece is looked for first: it begins with a
 * letter that is rare in connectors, and stands `at` characters behind the start.
 */
const shapes: readonly { readonly piece: string; readonly at: number; readonly whole: RegExp; readonly what: string }[] = [
  { piece: 'BEGIN ', at: 5, whole: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/y, what: 'a private key' },
  { piece: 'yJ', at: 1, whole: /eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/y, what: 'a signed token' },
  { piece: 'AKIA', at: 0, whole: /AKIA[A-Z0-9]{16}(?![A-Z0-9])/y, what: 'an access key of AWS' },
  { piece: 'AIza', at: 0, whole: /AIza[\w-]{35}(?![\w-])/y, what: 'an API key of Google' },
  { piece: 'hp_', at: 1, whole: /ghp_[A-Za-z0-9]{36}/y, what: 'a token of GitHub' },
  { piece: 'b_pat_', at: 5, whole: /github_pat_\w{40,}/y, what: 'a token of GitHub' },
  { piece: 'glpat-', at: 0, whole: /glpat-[\w-]{20,}/y, what: 'a token of GitLab' },
  { piece: 'xox', at: 0, whole: /xox[abprs]-[\w-]{10,}/y, what: 'a token of Slack' },
  { piece: 'k_live', at: 1, whole: /sk_live_\w{20,}/y, what: 'a key of Stripe' },
];

/** A secret somewhere in a text, by its shape. */
export interface ShapedSecret {
  readonly offset: number;
  readonly length: number;
  readonly what: string;
}

export function shapedSecrets(text: string): readonly ShapedSecret[] {
  const found: ShapedSecret[] = [];
  for (const { piece, at, whole, what } of shapes) {
    for (let index = text.indexOf(piece); index >= 0; index = text.indexOf(piece, index + piece.length)) {
      const offset = index - at;
      // Within a longer run of letters it is part of something else, such as a picture.
      if (offset < 0 || /[A-Za-z0-9]/.test(text[offset - 1] ?? ' ')) continue;
      whole.lastIndex = offset;
      const match = whole.exec(text);
      if (match) found.push({ offset, length: match[0].length, what });
    }
  }
  return found;
}
