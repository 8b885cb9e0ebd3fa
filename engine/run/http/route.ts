import type { Connector } from '../../model/connector/connector.ts';
import { booleanOf, childOf } from '../../model/text/json.ts';
import type { ResolvedConnection } from '../connection.ts';
import type { Proxies } from '../proxy.ts';

/** How a system is reached. */
export interface Route {
  readonly proxies?: Proxies | undefined;
  /** Old servers that speak nothing after TLS 1.0 (`sslLegacyProtocols`). */
  readonly oldTls?: boolean;
}

/** The way to a system, as its connector and its file say. */
export function routeOf(connector: Connector, { proxies }: ResolvedConnection): Route {
  return { proxies, oldTls: booleanOf(childOf(connector.rest.node, 'config', 'sslLegacyProtocols')) === true };
}
