import { portOf, type ResolvedConnection } from '../connection.ts';
import { SollistError } from '../error.ts';
import type { HttpRequest, Interceptor } from './message.ts';
import { parsedAddress } from './parsed-address.ts';
import type { Redactor } from './redact.ts';

/** Lets requests through only to the hosts of the connection, and secrets over plain `http` only to this machine. */
export function hosts(connection: ResolvedConnection, redactor: Redactor): Interceptor {
  return (next) => async (request, signal) => {
    checkHost(request, connection, redactor);
    return next(request, signal);
  };
}

/** Throws `host-refused` (subject: the host) for an address this request must not go to. */
export function checkHost(request: HttpRequest, connection: ResolvedConnection, redactor: Redactor): void {
  const { system } = connection;
  const refuse = (why: string, subject: string): SollistError =>
    new SollistError('host-refused', redactor.text(`${system}: ${request.operation} ${why}`), { subject: redactor.text(subject) });

  const url = parsedAddress(request.url);
  if (!url) throw refuse(`asks "${request.url}", which is no address. Look at baseUrl and path in the connector.`, '');
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw refuse(`asks a ${url.protocol} address; only http and https are possible.`, url.host);
  if (url.username !== '' || url.password !== '') {
    throw refuse(`asks ${url.host} with a user name in the address. Credentials belong in the connection, not in the address.`, url.host);
  }
  const port = portOf(url);
  if (!connection.hosts.some((allowed) => allowed.hostname === url.hostname && (allowed.port ?? port) === port)) {
    throw refuse(
      `would go to ${url.host}, which is no host of this system. If that is meant, add it to allowedHosts in systems/${system}.json.`,
      url.host,
    );
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname) && carriesSecret(request, redactor)) {
    throw refuse(`would send credentials to ${url.host} unencrypted. Use https in systems/${system}.json.`, url.host);
  }
}

/** Whether a host name is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function carriesSecret(request: HttpRequest, redactor: Redactor): boolean {
  return (
    request.role === 'authenticate' ||
    'authorization' in request.headers ||
    'cookie' in request.headers ||
    [request.url, request.body ?? '', ...Object.values(request.headers)].some((text) => redactor.finds(text))
  );
}
