import { reasonOf } from '../status.ts';
import { authenticationFailed, withHeader, type AuthKind } from './kind.ts';

/** The header of the Aeries API. */
export const aeriesHeader = 'aeries-cert';

/**
 * The certificate of an Aeries student system, which is a text it hands out, in the header `AERIES-CERT`. Assumed: the format's public pages name
 * the kind and not its input, so it is taken from the connection value `certificate`.
 */
export const aeries: AuthKind = ({ connection, redactor }) => {
  const value = connection.variables.get('certificate') ?? '';
  return (next) => async (request, signal) => {
    const response = await next(withHeader(request, aeriesHeader, value), signal);
    if (response.status !== 401) return response;
    throw authenticationFailed(
      connection.system,
      `the certificate was not accepted (${request.operation}, status 401)`,
      ['certificate'],
      reasonOf(response, redactor),
    );
  };
};
