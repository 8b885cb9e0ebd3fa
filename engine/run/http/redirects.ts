import { SollistError } from '../error.ts';
import type { HttpRequest, HttpResponse, Interceptor } from './message.ts';

/** Redirects followed in a row. */
const most = 5;

/**
 * Follows redirects within one origin, at most five, so that no credential can leave it. One that leads elsewhere, is part of
 * authentication, or would change what is asked is refused (`host-refused`, `redirect-refused`).
 */
export function redirects(system: string): Interceptor {
  return (next) => async (request, signal) => {
    let current = request;
    for (let followed = 0; ; followed++) {
      const response = await next(current, signal);
      const target = targetOf(current, response);
      if (target === undefined) return followed === 0 ? response : { ...response, url: current.url };
      if (request.role === 'authenticate') {
        throw refused(
          'redirect-refused',
          `the authentication address answers with a redirect to ${target.host}. Write the final address as authUrl in the connector.`,
        );
      }
      if (target.origin !== new URL(current.url).origin) {
        throw refused(
          'host-refused',
          `was redirected to another host, ${target.host}, and does not follow. If that host is meant, make it the address in systems/${system}.json.`,
          target.host,
        );
      }
      if (followed >= most)
        throw refused('redirect-refused', `was redirected more than ${most} times. The server may be sending it in a circle.`);
      if (current.verb !== 'GET' && response.status !== 307 && response.status !== 308) {
        throw refused(
          'redirect-refused',
          `is a ${current.verb} and was redirected with status ${response.status}, which would turn it into another request. Write the final path in the connector.`,
        );
      }
      current = { ...current, url: target.href };
    }

    function refused(code: string, why: string, subject?: string): SollistError {
      return new SollistError(code, `${system}: ${request.operation} ${why}`, subject === undefined ? {} : { subject });
    }
  };
}

function targetOf(request: HttpRequest, response: HttpResponse): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(response.status)) return undefined;
  const { location } = response.headers;
  return location !== undefined && URL.canParse(location, request.url) ? new URL(location, request.url) : undefined;
}
