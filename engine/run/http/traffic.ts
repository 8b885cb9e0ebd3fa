import type { Clock } from '../context.ts';
import type { Source } from '../records.ts';
import type { Redactor } from './redact.ts';
import type { Transport } from './transport.ts';

/** Where the requests of a run go: to the system itself, there and into a recording, or to a recording alone. */
export interface Traffic {
  readonly source: Source;
  /** Whether the system's own authentication is used; a replay knows no credentials and needs none. */
  readonly signsIn: boolean;
  /** The end of the chain. `live` opens sockets when it is called, and only then. */
  open(live: () => Transport, redactor: Redactor): Transport;
  /** The clock by which the chain waits and renews tokens; that of the run if absent. A replay does not wait. */
  readonly paced?: (clock: Clock) => Clock;
}

/** The system itself. */
export const liveTraffic: Traffic = { source: { kind: 'live' }, signsIn: true, open: (live) => live() };
