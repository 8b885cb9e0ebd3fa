import type { RetryRule } from '../../model/connector/connector.ts';
import type { Clock } from '../context.ts';
import { SollistError } from '../error.ts';
import { connectionCodes } from './failure.ts';
import { textOf, type HttpRequest, type HttpResponse, type Interceptor } from './message.ts';
import { reasonMatches } from './retry-reason.ts';
import { longestWait, retryAfter } from './throttle.ts';

type Policy = NonNullable<RetryRule['policy']>;

/** For an entry of `rest.retry` that names no policy, as shipped connectors have it: three more attempts, five seconds apart. */
export const defaultPolicy: Policy = { kind: 'simple', maxCount: 3, wait: 5_000 };

/**
 * Where a connector says nothing about connection errors: one more attempt when a connection broke, since a server may close an idle one
 * just as it is used again. A system that does not answer at all is reported at once.
 */
const brokenConnection: Policy = { kind: 'simple', maxCount: 1, wait: 500 };

/** No file can make a run try more often. */
const mostAttempts = 50;

/** Where a connector says nothing about a server that asks to come back later: it is done, a few times. */
const asAsked: Policy = { kind: 'simple', maxCount: 3, wait: 0 };

/** Milliseconds to wait where it asks to come back at once, or says a date that is over: clocks differ. */
const atOnce = 1_000;

/** What a retry was about, for the person who waits. */
export interface Retry {
  readonly request: HttpRequest;
  readonly reason: string;
  readonly milliseconds: number;
  readonly attempt: number;
  readonly of: number;
  /** No rule of the connector speaks about this: it was tried again because the server asked for it. */
  readonly unruled: boolean;
}

/** Sends again what a rule of `rest.retry` says is worth it, after the rule's wait or the server's `Retry-After`, whichever is longer. */
export function retry(options: {
  readonly rules: readonly RetryRule[];
  readonly clock: Clock;
  readonly random: () => number;
  readonly onRetry: (retry: Retry) => void;
}): Interceptor {
  const { rules, clock, random, onRetry } = options;
  return (next) => async (request, signal) => {
    for (let attempt = 0; ; attempt++) {
      const outcome = await tryOnce(() => next({ ...request, attempt }, signal));
      const asked = outcome.error ? undefined : retryAfter(outcome.response.headers, clock);
      const ruled = signal.aborted ? undefined : policyFor(rules, outcome);
      const unruled = ruled === undefined && asked !== undefined && !signal.aborted && isBusy(outcome);
      const policy = unruled ? asAsked : ruled;
      const of = Math.min(policy?.maxCount ?? 0, mostAttempts);
      const milliseconds = policy ? Math.max(waitOf(policy, attempt, random), unruled ? Math.max(asked, atOnce) : (asked ?? 0)) : 0;
      if (attempt >= of || milliseconds > longestWait) {
        if (outcome.error !== undefined) throw outcome.error;
        return outcome.response;
      }
      const reason = outcome.error === undefined ? `status ${outcome.response.status}` : outcome.error.code;
      onRetry({ request, reason, milliseconds, attempt: attempt + 1, of, unruled });
      await clock.wait(milliseconds, signal);
    }
  };
}

type Outcome =
  | { readonly response: HttpResponse; readonly error?: undefined }
  | { readonly error: SollistError; readonly response?: undefined };

async function tryOnce(send: () => Promise<HttpResponse>): Promise<Outcome> {
  try {
    return { response: await send() };
  } catch (error) {
    if (error instanceof SollistError) return { error };
    throw error;
  }
}

/** The policy of the first rule that fits. Status 0 stands for no answer at all, as shipped connectors use it. */
function policyFor(rules: readonly RetryRule[], outcome: Outcome): Policy | undefined {
  if (outcome.error) {
    if (!connectionCodes.has(outcome.error.code)) return undefined;
    const rule = rules.find(({ on }) => on.kind === 'connection' || on.status === 0);
    if (rule) return rule.policy ?? defaultPolicy;
    return outcome.error.code === 'connection-lost' ? brokenConnection : undefined;
  }
  const { response } = outcome;
  const rule = rules.find(
    ({ on, node }) => on.kind === 'status' && on.status === response.status && reasonMatches(node, () => textOf(response)),
  );
  return rule && (rule.policy ?? defaultPolicy);
}

/** Milliseconds before the attempt after `attempt`. Exponential: slices doubled up to the ceiling, between half and all of it. */
function waitOf(policy: Policy, attempt: number, random: () => number): number {
  const wait =
    policy.kind === 'simple' ? policy.wait : policy.slice * 2 ** Math.min(attempt + 1, policy.ceiling, 30) * (0.5 + random() / 2);
  return Math.min(Math.max(0, wait), longestWait);
}

/** Statuses with which a server says that it would answer later. */
function isBusy({ response }: Outcome): boolean {
  return response?.status === 429 || response?.status === 503;
}
