import type { Connector } from '../../model/connector/connector.ts';
import type { ResolvedConnection } from '../connection.ts';
import type { RunContext } from '../context.ts';
import { authKindOf } from './auth/kinds.ts';
import { none } from './auth/none.ts';
import { hosts } from './hosts.ts';
import { limitsOf, type HttpLimits } from './limits.ts';
import { compose, type Send } from './message.ts';
import { createRedactor, type Redactor } from './redact.ts';
import { redirects } from './redirects.ts';
import { retry, type Retry } from './retry.ts';
import { expectSuccess } from './status.ts';
import { trace } from './trace.ts';
import { liveTraffic, type Traffic } from './traffic.ts';
import { openTransport } from './transport.ts';

/** A connection to one system, for one run. */
export interface HttpClient {
  /** Sends a get operation's request with the system's credentials. Resolves with answers of status 2xx only. */
  readonly send: Send;
  readonly redactor: Redactor;
  close(): Promise<void>;
}

/** Builds the chain: status, credentials, retries, redirects, trace, hosts, sockets, from the outside in. */
export function openHttp(
  input: {
    readonly connector: Connector;
    readonly connection: ResolvedConnection;
    /** Live if absent. */
    readonly traffic?: Traffic;
    readonly timeouts?: Partial<HttpLimits>;
    readonly onRetry?: (retry: Retry) => void;
  },
  context: RunContext,
): HttpClient {
  const { connector, connection, traffic = liveTraffic } = input;
  const { system } = connection;
  const kind = traffic.signsIn ? authKindOf(connector, system) : none;
  const redactor = createRedactor(connection.secrets);
  const transport = traffic.open(() => openTransport(system, limitsOf(connector, input.timeouts)), redactor);
  const plain = compose(
    transport.send,
    retry({ rules: connector.rest.retry, clock: context.clock, random: context.random, onRetry: input.onRetry ?? (() => undefined) }),
    redirects(system),
    trace({ redactor, clock: context.clock, onTrace: context.onTrace }),
    hosts(connection, redactor),
  );
  const auth = kind({ connector, connection, redactor, clock: context.clock, send: plain, signal: context.signal });
  return { send: compose(plain, expectSuccess(system, redactor), auth), redactor, close: () => transport.close() };
}
