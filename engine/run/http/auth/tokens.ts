import type { Clock } from '../../context.ts';
import { cancelled } from '../../error.ts';
import type { Redactor } from '../redact.ts';

/** A token, kept in memory only. */
export interface Token {
  readonly value: string;
  /** When it has to be renewed, in milliseconds since 1970; absent where the server does not say how long it holds. */
  readonly renewAt?: number;
  /** What must not be shown of it: the token itself, and what it was got with. The redactor has learned them. */
  readonly secrets: readonly string[];
}

/** What a token is for: two requests with the same wish share one. */
export interface Wanted {
  readonly scopes: readonly string[];
  /** In whose name, where that is not the client's own. */
  readonly subject?: string;
}

/** The token of one wish. */
export interface TokenSource {
  /** Fetched if there is none, or if it is about to end; once for all who ask at the same time. */
  current(): Promise<Token>;
  /** Another one than that which the server refused; fetched once for all who were refused. */
  renewed(refused: Token): Promise<Token>;
}

/** Tokens by what they are for. */
export interface Tokens {
  /** Runs with the token of a wish at hand; as long as it runs, that token is not given up. */
  use<Result>(wanted: Wanted, work: (source: TokenSource) => Promise<Result>): Promise<Result>;
}

/** A token is renewed so long before its end, in milliseconds, or at half its life where that is shorter. */
const margin = 30_000;

/** Tokens kept at a time: the name a token is for may be every user of a system. */
export const mostTokens = 500;

/** When a token that holds for so many seconds from now has to be renewed; nothing where that is not known. */
export function renewalOf(seconds: number | undefined, clock: Clock): { readonly renewAt?: number } {
  if (seconds === undefined || !Number.isFinite(seconds)) return {};
  const life = Math.max(0, seconds) * 1000;
  return { renewAt: clock.now() + life - Math.min(margin, life / 2) };
}

interface Entry {
  token?: Token;
  pending?: Promise<Token> | undefined;
  secrets: readonly string[];
  users: number;
}

/** `fetch` is given the token that was refused, where it is asked for one in its place. */
export function createTokens(options: {
  readonly clock: Clock;
  readonly redactor: Redactor;
  readonly fetch: (wanted: Wanted, refused?: Token) => Promise<Token>;
  readonly most?: number;
}): Tokens {
  const { clock, redactor, fetch, most = mostTokens } = options;
  // In the order of their last use.
  const entries = new Map<string, Entry>();

  const entryOf = (key: string): Entry => {
    const entry = entries.get(key) ?? { secrets: [], users: 0 };
    entries.delete(key);
    entries.set(key, entry);
    return entry;
  };
  const shrink = (): void => {
    for (const [key, entry] of entries) {
      if (entries.size <= most) return;
      if (entry.users > 0) continue;
      entries.delete(key);
      for (const secret of entry.secrets) redactor.forget(secret);
    }
  };
  const begin = (entry: Entry, wanted: Wanted, refused?: Token): Promise<Token> => {
    const pending = fetch(wanted, refused).then(
      (token) => {
        entry.token = token;
        entry.secrets = [...entry.secrets, ...token.secrets];
        entry.pending = undefined;
        return token;
      },
      (error: unknown) => {
        delete entry.token;
        entry.pending = undefined;
        throw error;
      },
    );
    entry.pending = pending;
    return pending;
  };
  const sourceOf = (entry: Entry, wanted: Wanted): TokenSource => {
    const current = (): Promise<Token> => {
      const { token, pending } = entry;
      if (pending) return pending;
      return token && clock.now() < (token.renewAt ?? Infinity) ? Promise.resolve(token) : begin(entry, wanted);
    };
    const renewed = (refused: Token): Promise<Token> =>
      // Another call may have renewed it meanwhile.
      entry.pending ?? (entry.token && entry.token.value !== refused.value ? current() : begin(entry, wanted, refused));
    return { current, renewed };
  };

  return {
    async use(wanted, work) {
      const entry = entryOf(JSON.stringify([wanted.scopes, wanted.subject ?? null]));
      entry.users++;
      try {
        return await work(sourceOf(entry, wanted));
      } finally {
        entry.users--;
        shrink();
      }
    },
  };
}

/** The promise's outcome, or `cancelled` as soon as the signal is aborted: what others wait for, too, goes on for them. */
export async function orCancelled<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  if (signal.aborted) throw cancelled();
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(cancelled());
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
