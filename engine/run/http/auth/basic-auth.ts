import { reasonOf } from '../status.ts';
import { authenticationFailed, withHeader, type AuthKind } from './kind.ts';

/** HTTP Basic with `user_name` and `password` (RFC 7617). */
export const basicAuth: AuthKind = ({ connection, redactor }) => {
  const pair = `${connection.variables.get('user_name') ?? ''}:${connection.variables.get('password') ?? ''}`;
  const credentials = Buffer.from(pair, 'utf8').toString('base64');
  redactor.learn(credentials);
  return (next) => async (request, signal) => {
    const response = await next(withHeader(request, 'authorization', `Basic ${credentials}`), signal);
    if (response.status === 401) {
      throw authenticationFailed(
        connection.system,
        `the user name or password was not accepted (${request.operation}, status 401)`,
        ['user_name', 'password'],
        reasonOf(response, redactor),
      );
    }
    return response;
  };
};
