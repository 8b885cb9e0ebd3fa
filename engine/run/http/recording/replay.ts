import type { Clock } from '../../context.ts';
import { cancelled, SollistError } from '../../error.ts';
import { defaultLimits } from '../limits.ts';
import type { HttpRequest, HttpResponse } from '../message.ts';
import type { Traffic } from '../traffic.ts';
import type { ResolvedConnection } from '../../connection.ts';
import { broken, listFiles } from './files.ts';
import { manifestName, recordingPath, type RecordedAnswer, type RecordedRequest, type RecordingManifest } from './form.ts';
import { nearestRequest } from './nearest-request.ts';
import { originsOf, type Origins } from './origins.ts';
import { readExchange } from './read-recording.ts';
import { replayBody } from './recorded-body.ts';
import { fileNameOf, requestKey, withoutOrigin } from './request-key.ts';

/** What stands behind a request: the file, and how many of its answers were given. */
interface Cursor {
  readonly path: string;
  given: number;
}

/** Answers from a recording. Opens no socket, knows no secret and does not wait. */
export function replayTraffic(
  folder: string,
  manifest: RecordingManifest,
  connection: ResolvedConnection,
  options: { readonly fault?: string; readonly largestBody?: number } = {},
): Traffic {
  const { system } = connection;
  const path = recordingPath(system);
  return {
    source: { kind: 'replay', recording: path, ...(options.fault !== undefined && { fault: options.fault }) },
    signsIn: false,
    paced: withoutWaiting,
    open() {
      const origins = originsOf(connection);
      const answers = createAnswers(folder, manifest, origins, options.largestBody ?? defaultLimits.body);
      return {
        // Asynchronous like a socket, so that a run can be cancelled between two answers.
        send: async (request, signal) => {
          await new Promise((resolve) => setImmediate(resolve));
          if (signal.aborted) throw cancelled();
          return answers(request);
        },
        close: () => Promise.resolve(),
      };
    },
  };
}

function createAnswers(
  folder: string,
  manifest: RecordingManifest,
  origins: Origins,
  largestBody: number,
): (request: HttpRequest) => HttpResponse {
  const { system } = manifest;
  const cursors = new Map<string, Cursor>();
  let index: RequestIndex | undefined;

  const pathOf = (asked: RecordedRequest, name: string): string => {
    const usual = `${recordingPath(system)}/${fileNameOf(asked)}`;
    const there = readExchange(folder, usual)?.request;
    if (there && nameOf(there) === name) return usual;
    // A file may have been renamed or edited, an operation may have another name today: what stands in the files counts.
    index ??= indexRequests(folder, system);
    const path = index.byName.get(name) ?? index.byKey.get(requestKey(asked));
    if (path === undefined) throw notRecorded(manifest, asked, index.requests);
    return path;
  };

  return ({ operation, table, verb, url, body, auth }) => {
    const asked = {
      operation,
      table,
      verb,
      url: origins.toRecorded(url),
      ...(body !== undefined && { body: origins.toRecorded(body) }),
      ...(auth?.subject !== undefined && { subject: origins.toRecorded(auth.subject) }),
    };
    const name = nameOf(asked);
    const cursor = cursors.get(name) ?? { path: pathOf(asked, name), given: 0 };
    cursors.set(name, cursor);
    const exchange = readExchange(folder, cursor.path);
    const answer = exchange?.answers[Math.min(cursor.given++, exchange.answers.length - 1)];
    if (!answer) throw broken(cursor.path, 'was there a moment ago and is gone');
    return toResponse(answer, cursor.path, { system, operation, origins, largestBody });
  };
}

/** What tells a request from all others of a run. */
function nameOf(request: RecordedRequest): string {
  return `${request.operation}\n${requestKey(request)}`;
}

/** Every request of a recording, and the file it stands in. */
interface RequestIndex {
  readonly requests: readonly RecordedRequest[];
  readonly byName: ReadonlyMap<string, string>;
  readonly byKey: ReadonlyMap<string, string>;
}

function indexRequests(folder: string, system: string): RequestIndex {
  const files = listFiles(folder, system)
    .filter(({ name }) => name.endsWith('.json') && name !== manifestName)
    .map(({ name }) => `${recordingPath(system)}/${name}`);
  const found = files.flatMap((path) => {
    const request = readExchange(folder, path)?.request;
    return request ? [{ path, request }] : [];
  });
  return {
    requests: found.map(({ request }) => request),
    byName: new Map(found.map(({ path, request }) => [nameOf(request), path])),
    byKey: new Map(found.map(({ path, request }) => [requestKey(request), path])),
  };
}

function toResponse(
  answer: RecordedAnswer,
  path: string,
  context: { readonly system: string; readonly operation: string; readonly origins: Origins; readonly largestBody: number },
): HttpResponse {
  const { system, operation, origins, largestBody } = context;
  if ('failure' in answer)
    throw new SollistError(answer.failure, `${system}: ${operation} had no answer when it was recorded (${answer.failure}, ${path}).`);
  let body: Uint8Array;
  try {
    body = replayBody(answer, origins.toPresent);
  } catch (error) {
    throw broken(path, 'holds an answer that cannot be read', error);
  }
  if (body.byteLength > largestBody)
    throw new SollistError(
      'answer-too-large',
      `${system}: the answer in ${path} is larger than ${Math.floor(largestBody / (1024 * 1024))} MB.`,
      {
        subject: path,
      },
    );
  const headers = Object.entries(answer.headers ?? {}).map(([name, value]): [string, string] => [
    name.toLowerCase(),
    origins.toPresent(value),
  ]);
  return { status: answer.status, headers: Object.fromEntries(headers), body };
}

function notRecorded(manifest: RecordingManifest, asked: RecordedRequest, recorded: readonly RecordedRequest[]): SollistError {
  const { system, tables, limits } = manifest;
  const own = recorded.filter(({ operation }) => operation === asked.operation);
  const nearest = nearestRequest(asked, own.length > 0 ? own : recorded);
  const what = `${system}: ${asked.operation} asks ${asked.verb} ${short(withoutOrigin(asked.url))}, which is not in ${recordingPath(system)}.`;
  const near = nearest
    ? ` The nearest recorded request is ${short(withoutOrigin(nearest.request.url))}: ${nearest.differences.slice(0, 4).map(short).join('; ')}.`
    : ' Nothing is recorded there.';
  const had = tables.includes(asked.table) || own.length > 0 ? '' : ` The recording has the tables ${tables.join(', ')}.`;
  const capped = limits.rows === undefined ? '' : ` It was made with at most ${limits.rows} rows a table.`;
  return new SollistError(
    'not-recorded',
    `${what}${near}${had}${capped} Record the system again with "sollist collect ${system} --record", or undo what changed the request.`,
    { subject: `${asked.verb} ${withoutOrigin(asked.url)}` },
  );
}

function short(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, 159).toWellFormed()}…`;
}

/** A clock whose waits are over at once and have taken place: a replay has nobody to be patient with. */
export function withoutWaiting(clock: Clock): Clock {
  let skipped = 0;
  const now = (): number => clock.now() + skipped;
  return {
    now,
    async wait(milliseconds, signal) {
      const until = now() + Math.max(0, milliseconds);
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
      skipped += Math.max(0, until - now());
    },
  };
}
