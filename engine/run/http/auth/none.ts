import { authenticationFailed, type AuthKind } from './kind.ts';

/** No authentication beyond the headers the connector sets itself. */
export const none: AuthKind =
  ({ connection }) =>
  (next) =>
  async (request, signal) => {
    const response = await next(request, signal);
    if (response.status === 401) {
      throw authenticationFailed(
        connection.system,
        `${request.operation} wants credentials (status 401), and the connector has no authentication that gives any; look at rest.config.authentication and headers`,
        [],
      );
    }
    return response;
  };
