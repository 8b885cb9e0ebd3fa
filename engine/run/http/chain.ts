import type { Connector } from '../../model/connector/connector.ts';
import type { ResolvedConnection } from '../connection.ts';
import type { RunContext } from '../context.ts';
import { authKindOf } from './auth/kinds.ts';
import { none } from './auth/none.ts';
import { createTokenMemory } from './auth/token-memory.ts';
import { hosts } from './hosts.ts';
import { limitsOf, type HttpLimits } from './limits.ts';
import { compose, type Send } from './message.ts';
import { createRedactor, type Redactor } from './redact.ts';
import { redirects } from './redirects.ts';
import { retry, type Retry } from './retry.ts';
import { routeOf } from './route.ts';
import { expectSuccess } from './status.ts';
import { throttle } from './throttle.ts';
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

/** Builds the chain: status, credentials, retries, throttle, redirects, trace, hosts, sockets, from the outside in. */
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
  const clock = traffic.paced?.(context.clock) ?? context.clock;
  const kind = traffic.signsIn ? authKindOf(connector, system) : none;
  const redactor = createRedactor(connection.secrets);
  const transport = traffic.open(
    () => openTransport(system, limitsOf(connector, input.timeouts), routeOf(connector, connection)),
    redactor,
  );
  const plain = compose(
    transport.send,
    retry({ rules: connector.rest.retry, clock, random: context.random, onRetry: input.onRetry ?? (() => undefined) }),
    throttle(clock),
    redirects(system),
    ...(context.onTrace
      ? [trace({ redactor, clock: context.clock, onTrace: context.onTrace, wants: context.wantsTrace ?? (() => true) })]
      : []),
    hosts(connection, redactor),
  );
  const { signal, signIn, tokens = createTokenMemory() } = context;
  const auth = kind({ connector, connection, redactor, clock, send: plain, signal, signIn, tokens });
  return { send: compose(plain, expectSuccess(system, redactor), auth), redactor, close: () => transport.close() };
}
