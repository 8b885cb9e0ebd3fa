import { Agent, EnvHttpProxyAgent, ProxyAgent, type Dispatcher } from 'undici';
import { proxyCredentials } from '../proxy.ts';
import type { HttpLimits } from './limits.ts';
import type { Route } from './route.ts';

/** Connections to a system: at most one for each session of an iteration; more would only queue at the server. */
export function openDispatcher(limits: HttpLimits, route: Route): Dispatcher {
  const connect = {
    timeout: limits.connect,
    // OpenSSL allows the old versions only together with their weak ciphers.
    ...(route.oldTls === true && { minVersion: 'TLSv1' as const, ciphers: 'DEFAULT@SECLEVEL=0' }),
  };
  const options = {
    connect,
    headersTimeout: limits.idle,
    bodyTimeout: limits.idle,
    keepAliveTimeout: 4_000,
    maxHeaderSize: 64 * 1024,
    connections: 32,
  };
  const proxy = route.proxies?.own;
  if (proxy !== undefined) {
    const credentials = proxyCredentials(proxy);
    return new ProxyAgent({ ...options, uri: proxy, requestTls: connect, ...(credentials && { token: `Basic ${credentials.basic}` }) });
  }
  const { http, https, except } = route.proxies?.environment ?? {};
  if (http === undefined && https === undefined) return new Agent(options);
  return new EnvHttpProxyAgent({
    ...options,
    requestTls: connect,
    httpProxy: http ?? '',
    httpsProxy: https ?? http ?? '',
    // What listens on this machine is not behind a proxy.
    noProxy: ['localhost', '127.0.0.1', '[::1]', ...(except === undefined ? [] : [except])].join(','),
  });
}
