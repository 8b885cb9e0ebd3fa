import { randomUUID } from 'node:crypto';
import { signInValue } from './inputs.ts';
import type { AuthContext } from './kind.ts';
import type { Wanted } from './tokens.ts';

/** What `{"name": …}` and `{variable}` stand for in one request for a token; undefined where there is no value. */
export type TokenValue = (name: string) => string | number | undefined;

/** The values of the engine, then those of the connection. Times are seconds since 1970 (RFC 7519, 2). */
export function tokenValues({ connector, connection, clock }: AuthContext, { scopes }: Wanted, assertion?: string): TokenValue {
  const now = Math.floor(clock.now() / 1000);
  return (name) => {
    switch (name) {
      case 'endpoint':
        return connection.authUrl;
      case 'now':
        return now;
      case 'oneHour':
        return now + 3600;
      case 'guid':
        return randomUUID();
      case 'scope':
      case 'scopes':
        return scopes.join(' ');
      case 'JWT':
        return assertion;
      default:
        return signInValue(connector, connection.variables, name);
    }
  };
}
