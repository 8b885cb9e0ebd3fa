import type { Connector } from '../../../model/connector/connector.ts';
import { SollistError } from '../../error.ts';
import { basicAuth } from './basic-auth.ts';
import { clientCredentials } from './client-credentials.ts';
import type { AuthKind } from './kind.ts';
import { none } from './none.ts';

/** Every supported value of `rest.config.authentication`: a file and a line each. */
const kinds: Readonly<Record<string, AuthKind>> = {
  none,
  basic_auth: basicAuth,
  client_credentials: clientCredentials,
};

/** The kind a connector names; throws `authentication-unsupported` (subject: the kind) for one that is not there yet. */
export function authKindOf(connector: Connector, system: string): AuthKind {
  const name = connector.rest.authentication?.text || 'none';
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (kind) return kind;
  throw new SollistError(
    'authentication-unsupported',
    `${system}: the connector's authentication is "${name}", which Sollist cannot do yet. It can do ${Object.keys(kinds).join(', ')}.`,
    { subject: name },
  );
}
