/**
 * The inputs that an authentication kind brings with it, each a variable of that name. Source: the vendor's page on `rest.config`; for
 * kinds it does not list, everything a kind can ask for.
 */
export function authenticationInputs(kind: string | undefined): readonly string[] {
  return inputs.get(kind ?? '') ?? every;
}

// Maps, since authors may write any name, `constructor` included.
const inputs: ReadonlyMap<string, readonly string[]> = new Map([
  ['none', []],
  ['client_credentials', ['tenant_id', 'client_id', 'client_secret']],
  ['authorization_code_grant', ['tenant_id', 'client_id', 'client_secret']],
  ['certificate', ['tenant_id', 'client_id', 'certificate']],
  ['basic_auth', ['user_name', 'password']],
]);

const every: readonly string[] = ['tenant_id', 'client_id', 'client_secret', 'user_name', 'password', 'certificate'];

const meanings: ReadonlyMap<string, string> = new Map([
  ['tenant_id', 'the tenant, often the host name'],
  ['client_id', 'the client id'],
  ['client_secret', 'the client secret'],
  ['user_name', 'the user name'],
  ['password', 'the password'],
  ['certificate', 'the certificate'],
]);

/** What an input of the authentication holds, in a few words. */
export function inputMeaning(name: string): string {
  return meanings.get(name) ?? name;
}
