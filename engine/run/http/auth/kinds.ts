import type { Connector } from '../../../model/connector/connector.ts';
import { SollistError } from '../../error.ts';
import { aeries } from './aeries.ts';
import { authorizationCode } from './authorization-code.ts';
import { basicAuth } from './basic-auth.ts';
import { certificate } from './certificate.ts';
import { clientCredentials } from './client-credentials.ts';
import { customPostToken } from './custom-post-token.ts';
import type { AuthKind } from './kind.ts';
import { none } from './none.ts';

/** Every value of `rest.config.authentication`: a file and a line each. */
const kinds: Readonly<Record<string, AuthKind>> = {
  none,
  basic_auth: basicAuth,
  client_credentials: clientCredentials,
  certificate,
  authorization_code_grant: authorizationCode,
  custom_post_token: customPostToken,
  aeries,
};

/** The kind a connector names; throws `authentication-unsupported` (subject: the kind) for a name that is none. */
export function authKindOf(connector: Connector, system: string): AuthKind {
  const name = connector.rest.authentication?.text || 'none';
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (kind) return kind;
  throw new SollistError(
    'authentication-unsupported',
    `${system}: the connector's authentication is "${name}", which is none of ${Object.keys(kinds).join(', ')}.`,
    { subject: name },
  );
}
