import { createHash } from 'node:crypto';
import type { Connector, Operation } from '../../model/connector/connector.ts';
import type { HttpRequest, HttpResponse } from '../http/message.ts';
import type { FaultDescription } from '../rehearsal-report.ts';

/** What a fault knows of the rehearsal. */
export interface Stage {
  readonly connector: Connector;
  /** Requests that were recorded of each operation. */
  readonly exchanges: Readonly<Record<string, number>>;
  /** A number from 0 up to 1 that is the same for the same key and seed, in whatever order it is asked for. */
  readonly chance: (key: string) => number;
}

/** One call on its way to the recording. */
export interface Call {
  readonly request: HttpRequest;
  /** The operation that makes it; undefined for one that the connector does not have. */
  readonly operation: Operation | undefined;
  /** From 1: of all calls, attempts included, and of the different requests of its operation. */
  readonly number: number;
  readonly ofOperation: number;
  /** The recording's answer. */
  readonly replay: () => Promise<HttpResponse>;
  /** To be told whenever the fault changes something. */
  readonly strike: () => void;
}

/** Answers a call in place of the recording, or with what the recording says. */
export type Meddle = (call: Call) => Promise<HttpResponse>;

/** A fault: what it is called, and how it is put into one replay. */
export interface Fault extends FaultDescription {
  /** It is about credentials, so the replay signs in where that can be played. */
  readonly signsIn?: true;
  readonly begin: (stage: Stage) => Meddle;
}

/** The chances of a seed. */
export function chancesOf(seed: number, fault: string): Stage['chance'] {
  return (key) => createHash('sha256').update(`${seed} ${fault} ${key}`).digest().readUInt32BE() / 2 ** 32;
}

/** One operation, chosen by the seed among those with at least so many recorded requests and, if asked for, one sequence of pages. */
export function chooseOperation({ connector, exchanges, chance }: Stage, least: number, only?: 'pages'): string | undefined {
  const fit = connector.tables
    .flatMap(({ operations }) => operations.filter(({ role }) => role === 'get'))
    .filter(({ name, call }) => (exchanges[name.text] ?? 0) >= least && (only === undefined || call.mode === 'normal'))
    .map(({ name }) => name.text);
  return fit[Math.floor(chance('operation') * fit.length)];
}

/** An answer of JSON, or of the text given. */
export function answerOf(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: Buffer.from(text, 'utf8') };
}
