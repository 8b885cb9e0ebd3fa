import { objectOf, type JsonObject } from './parsed.ts';

/** An input of the connection, as `connection.items` has it. */
export interface NewItem {
  readonly name: string;
  readonly label: string;
  readonly value?: string;
  readonly tooltip?: string;
  readonly password?: true;
  readonly required?: true;
}

/** Every way to sign in that can be chosen, in the order they are offered. `header_key` is kind `none` with a header of its own. */
export const authenticationKinds = {
  none: 'no sign-in',
  basic_auth: 'user name and password with each request',
  header_key: 'a key or token in a header',
  client_credentials: 'OAuth 2, as an application',
  authorization_code_grant: 'OAuth 2, a person signs in once',
  certificate: 'OAuth 2, with a token signed by a certificate (signed JWT)',
  custom_post_token: 'a request of its own gets a token',
  aeries: 'the certificate of an Aeries student system',
} as const;

export type AuthenticationKind = keyof typeof authenticationKinds;

/** Whether a text names a kind. */
export function isAuthenticationKind(text: string): text is AuthenticationKind {
  return Object.hasOwn(authenticationKinds, text);
}

/** What a document or a person said about the sign-in; what is missing gets a likely value and a note. */
export interface SignInDetails {
  /** The start of addresses, for those that are missing. */
  readonly baseUrl: string;
  readonly authUrl?: string;
  readonly loginUrl?: string;
  readonly scopes?: readonly string[];
  /** `header_key`: name of the header to its value, with variables for the items. Default: a bearer token in `Authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly items?: readonly NewItem[];
}

/** The parts of a connector that sign in. */
export interface SignIn {
  readonly authentication: string;
  readonly authOptions?: JsonObject;
  readonly headers?: JsonObject;
  readonly items: readonly NewItem[];
  readonly notes: readonly string[];
}

/** How the vendor's connectors write a sign-in of this kind. */
export function signInBy(kind: AuthenticationKind, details: SignInDetails): SignIn {
  switch (kind) {
    case 'none':
    case 'aeries':
    case 'basic_auth':
      return { authentication: kind, items: [...(details.items ?? [])], notes: [] };
    case 'header_key':
      return headerKey(details);
    case 'client_credentials':
      return withToken(details, { authentication: kind, type: 'client-credentials', path: '/oauth/token' });
    case 'authorization_code_grant':
      return withToken(details, {
        authentication: kind,
        type: 'authorization_code_grant',
        path: '/oauth/token',
        more: { loginUrl: loginUrl(details.loginUrl ?? `${details.baseUrl}/oauth/authorize`) },
        moreAssumed: details.loginUrl === undefined ? ['loginUrl'] : [],
      });
    case 'certificate':
      return withToken(details, { authentication: kind, type: 'signed-jwt', path: '/oauth/token', more: signedToken });
    case 'custom_post_token':
      return postToken(details);
  }
}

function headerKey({ headers, items }: SignInDetails): SignIn {
  const own = items ?? [{ name: 'api_key', label: 'API key:', password: true, required: true }];
  return {
    authentication: 'none',
    headers: objectOf(Object.entries(headers ?? { Authorization: 'Bearer {api_key}' })),
    items: own,
    notes: headers ? [] : ['The key is sent as "Authorization: Bearer …". Change rest.config.headers if the API wants another header.'],
  };
}

interface TokenSignIn {
  readonly authentication: string;
  readonly type: string;
  /** Where tokens are likely given, below the base address. */
  readonly path: string;
  readonly more?: JsonObject;
  readonly moreAssumed?: readonly string[];
}

function withToken(details: SignInDetails, { authentication, type, path, more, moreAssumed = [] }: TokenSignIn): SignIn {
  const scopes = (details.scopes ?? []).filter((scope) => !/[{}]/.test(scope));
  const assumed = [...(details.authUrl === undefined ? ['authUrl'] : []), ...moreAssumed];
  return {
    authentication,
    authOptions: objectOf([
      ['type', type],
      ['authUrl', details.authUrl ?? details.baseUrl + path],
      ['scopes', scopes.length > 0 ? scopes : undefined],
      ...Object.entries(more ?? {}),
    ]),
    items: [...(details.items ?? [])],
    notes: [
      ...(assumed.length === 0
        ? []
        : [
            `rest.authOptions.${assumed.join(' and ')} ${assumed.length > 1 ? 'are' : 'is'} assumed. Put in what the API's documentation says.`,
          ]),
      ...(authentication === 'certificate'
        ? ['The claims of the signed token are the usual ones. Compare rest.authOptions.JWT with what the API wants.']
        : []),
    ],
  };
}

const signedToken: JsonObject = {
  postData: {
    grant_type: 'client_credentials',
    client_id: { name: 'clientId' },
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: { name: 'JWT' },
  },
  JWT: {
    iss: { name: 'clientId' },
    sub: { name: 'clientId' },
    aud: { name: 'endpoint' },
    exp: { name: 'oneHour' },
    iat: { name: 'now' },
    nbf: { name: 'now' },
    jti: { name: 'guid' },
  },
};

function loginUrl(address: string): string {
  const sign = address.includes('?') ? '&' : '?';
  return `${address}${sign}response_type=code&client_id={client_id}&redirect_uri={redirect_uri}&scope={scopes}`;
}

function postToken(details: SignInDetails): SignIn {
  return {
    authentication: 'custom_post_token',
    authOptions: {
      authUrl: details.authUrl ?? `${details.baseUrl}/login`,
      postData: { username: '{user_name}', password: '{password}' },
      tokenPath: 'token',
    },
    items: details.items ?? [
      { name: 'user_name', label: 'User name:', required: true },
      { name: 'password', label: 'Password:', password: true, required: true },
    ],
    notes: [
      'The request that gets the token is assumed: compare rest.authOptions.authUrl, postData and tokenPath with what the API wants and answers.',
    ],
  };
}
