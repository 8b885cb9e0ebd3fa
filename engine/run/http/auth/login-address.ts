import type { Template } from '../../../model/connector/template.ts';
import { SollistError } from '../../error.ts';
import { isLoopback } from '../hosts.ts';
import { inputOf } from './inputs.ts';
import type { AuthContext } from './kind.ts';

/** What a sign-in puts into the address of the page (RFC 6749, 4.1.1; RFC 7636, 4.3). */
export interface LoginParameters {
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string;
  readonly challenge: string;
}

/**
 * The address where a person signs in: `loginUrl` with its variables put in, and what the protocol needs where it does not say so itself.
 * Throws `connection-missing` for a value nothing gives, and `host-refused` for a page that would take a password unencrypted.
 */
export function loginAddress(context: AuthContext, parameters: LoginParameters): URL {
  const { connection, connector } = context;
  const { system } = connection;
  const { loginUrl } = connector.rest.auth;
  if (!loginUrl) throw noLoginUrl(system);
  const text = render(context, loginUrl, parameters);
  if (!URL.canParse(text)) throw noLoginUrl(system);
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new SollistError(
      'host-refused',
      `${system}: the sign-in page ${url.host} is not encrypted. Write https:// in rest.authOptions.loginUrl.`,
      {
        subject: url.host,
      },
    );
  }
  const given = {
    response_type: 'code',
    client_id: connection.variables.get('client_id') ?? '',
    redirect_uri: parameters.redirectUri,
    ...(parameters.scopes.length > 0 && { scope: parameters.scopes.join(' ') }),
  };
  for (const [name, value] of Object.entries(given)) if (!url.searchParams.has(name)) url.searchParams.set(name, value);
  // These are this sign-in's own, whatever the connector says.
  url.searchParams.set('state', parameters.state);
  url.searchParams.set('code_challenge', parameters.challenge);
  url.searchParams.set('code_challenge_method', 'S256');
  return url;
}

function noLoginUrl(system: string): SollistError {
  return new SollistError(
    'connection-missing',
    `${system}: the connector has no loginUrl that is an address; authorization_code_grant needs one under rest.authOptions.`,
    { subject: 'loginUrl' },
  );
}

/** Before the query a variable may be a host; in the query its value is encoded. */
function render({ connection }: AuthContext, template: Template, { redirectUri, scopes }: LoginParameters): string {
  const valueOf = (name: string): string => {
    if (name === 'redirect_uri') return redirectUri;
    if (name === 'scopes' || name === 'scope') return scopes.join(' ');
    const value = inputOf(connection.variables, name);
    if (value !== undefined) return value;
    throw new SollistError(
      'connection-missing',
      `${connection.system}: the connection value "${name}" is missing (the sign-in page "${template.text}" uses it); add it under "connection" in systems/${connection.system}.json.`,
      { subject: name },
    );
  };
  return template.parts
    .reduce((text, part) => {
      if (part.kind === 'text') return text + part.text;
      const value = valueOf(part.variable.name);
      return text + (text.includes('?') ? encodeURIComponent(value.toWellFormed()) : value);
    }, '')
    .trim();
}
