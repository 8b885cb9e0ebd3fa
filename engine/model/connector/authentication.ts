import type { Connector, NamedTemplate } from './connector.ts';

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
  // Where the browser comes back to is the engine's to choose, unless the client is registered for one place.
  ['authorization_code_grant', ['tenant_id', 'client_id', 'client_secret', 'redirect_uri']],
  ['certificate', ['tenant_id', 'client_id', 'certificate']],
  ['basic_auth', ['user_name', 'password']],
]);

/** The variable that stands for the token in a header of a connector with `custom_post_token`. */
export const tokenVariable = 'token';

/**
 * The headers that carry the token of `custom_post_token` themselves; where there is none, `Authorization: Bearer …` does. A connection item
 * called `token` is nearer than the engine's own.
 */
export function tokenHeadersOf({ rest, items }: Connector): readonly NamedTemplate[] {
  if (rest.authentication?.text !== 'custom_post_token' || items.some(({ name }) => name.text === tokenVariable)) return [];
  return rest.headers.filter(({ template }) => template.variables.some(({ name }) => name === tokenVariable));
}

/** `client_id` as the parts of the sign-in may write it, too: `clientId`. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

const every: readonly string[] = ['tenant_id', 'client_id', 'client_secret', 'user_name', 'password', 'certificate'];

const meanings: ReadonlyMap<string, string> = new Map([
  ['tenant_id', 'the tenant, often the host name'],
  ['client_id', 'the client id'],
  ['client_secret', 'the client secret'],
  ['user_name', 'the user name'],
  ['password', 'the password'],
  ['certificate', 'the private key as PEM, with its certificate where that is wanted'],
  ['redirect_uri', 'the address on this machine the sign-in page returns to'],
]);

/** What an input of the authentication holds, in a few words. */
export function inputMeaning(name: string): string {
  return meanings.get(name) ?? name;
}
