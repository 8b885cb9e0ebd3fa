import type { ResolvedConnection } from '../../connection.ts';
import { recordedHost } from './form.ts';

/** The hosts of a connection, and what stands for them in a recording. */
export interface Origins {
  /** A text with the connection's origins replaced by those that stand for them. */
  readonly toRecorded: (text: string) => string;
  /** The reverse. */
  readonly toPresent: (text: string) => string;
  /** A connection value, which may be a bare host. */
  readonly valueToRecorded: (value: string) => string;
}

interface Pair {
  readonly present: string;
  readonly recorded: string;
}

/**
 * The base address is `https://recorded.invalid` whatever its scheme and port, so that a recording replays for every place the system may
 * listen at. The authentication address and further hosts come after it, by number; one that the connection names twice counts once.
 */
export function originsOf(connection: Pick<ResolvedConnection, 'baseUrl' | 'authUrl' | 'hosts'>): Origins {
  const pairs: Pair[] = [];
  const add = (present: string, recorded: string): void => {
    // Where a replay knows no place for the system, its host is one of these already.
    if (!standsForHost(present)) pairs.push({ present, recorded });
  };
  for (const [i, address] of [connection.baseUrl, connection.authUrl].entries()) {
    const origin = originOf(address);
    if (origin !== undefined) add(origin, `https://${numbered(i)}`);
  }
  for (const [i, { hostname, port }] of connection.hosts.entries()) {
    if (hostname === '') continue;
    // No scheme is known of these, so it is kept.
    for (const [scheme, own] of [
      ['https', '443'],
      ['http', '80'],
    ] as const) {
      add(`${scheme}://${hostname}${port === undefined || port === own ? '' : `:${port}`}`, `${scheme}://${numbered(i + 2)}`);
    }
  }
  const forward = replacer(pairs);
  const backward = replacer(pairs.map(({ present, recorded }) => ({ present: recorded, recorded: present })));
  const bare = replacer(pairs.map(({ present, recorded }) => ({ present: hostIn(present), recorded: hostIn(recorded) })));
  return { toRecorded: forward, toPresent: backward, valueToRecorded: (value) => bare(forward(value)) };
}

/** Whether a recorded value stands for a host. */
export function standsForHost(value: string): boolean {
  return /\brecorded(-\d+)?\.invalid\b/.test(value);
}

function numbered(index: number): string {
  return index === 0 ? recordedHost : recordedHost.replace('.', `-${index + 1}.`);
}

function originOf(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  const { origin, hostname } = new URL(address);
  return hostname === '' ? undefined : origin;
}

function hostIn(origin: string): string {
  return origin.slice(origin.indexOf('//') + 2);
}

/** Replaces each origin where it ends as one: not in front of another port or of the rest of a longer name. */
function replacer(pairs: readonly Pair[]): (text: string) => string {
  // The first of several counts, so it is put in last.
  const forms = new Map(
    pairs
      .filter(({ present, recorded }) => present !== recorded)
      .flatMap(({ present, recorded }): [string, string][] => [
        [present, recorded],
        [encodeURIComponent(present), encodeURIComponent(recorded)],
      ])
      .reverse(),
  );
  if (forms.size === 0) return (text) => text;
  const list = [...forms.keys()].sort((a, b) => b.length - a.length).map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  const pattern = new RegExp(`(?<![\\w.-])(?:${list.join('|')})(?![\\w-]|:\\d|%3A\\d|\\.\\w)`, 'g');
  return (text) => text.replace(pattern, (form) => forms.get(form) ?? form);
}
