import type { Connector } from '../../../model/connector/connector.ts';
import { tokenHeadersOf } from '../../../model/connector/authentication.ts';

/** What a run takes for granted about a connector's sign-in where the format is silent, for its evidence. */
export function authenticationAssumed(connector: Connector): readonly string[] {
  const { authentication, auth } = connector.rest;
  switch (authentication?.text) {
    case 'certificate': {
      const missing = [...(auth.jwt ? [] : ['JWT']), ...(auth.postData ? [] : ['postData'])];
      return missing.length === 0
        ? []
        : [`rest.authOptions has no ${missing.join(' and no ')}: the signed token and its request are those of RFC 7523.`];
    }
    case 'custom_post_token':
      return [
        ...(auth.tokenPath === undefined && !auth.directToken
          ? ['rest.authOptions does not say where the token stands: it is access_token or token of the answer, or the answer itself.']
          : []),
        ...(tokenHeadersOf(connector).length === 0 ? ['No header uses {token}, so the token is sent as "Authorization: Bearer".'] : []),
      ];
    case 'aeries':
      return ['The connection value "certificate" is sent in the header AERIES-CERT.'];
    case 'authorization_code_grant':
      return connector.tables.some(({ operations }) => operations.some(({ role, auth: own }) => role === 'get' && own?.scopes))
        ? ['A person signs in once for the scopes of the connector and of all its get operations together.']
        : [];
    default:
      return [];
  }
}
