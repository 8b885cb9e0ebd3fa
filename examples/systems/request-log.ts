import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request as it arrived, in order of arrival. */
export type LoggedRequest = {
  /** Counts from 1. */
  readonly sequence: number;
  readonly method: string;
  /** The path without its query, as sent. */
  readonly path: string;
  /** The query without its question mark; empty if there was none. */
  readonly query: string;
  /** The status that was answered; 0 as long as nothing was answered in full, which is for ever if the connection broke. */
  readonly status: number;
};

const writingMethods = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Adds the request to the log at once, and its status when the answer has left. */
export function logRequest(log: LoggedRequest[], request: IncomingMessage, response: ServerResponse): void {
  const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
  const index = log.length;
  const entry: LoggedRequest = { sequence: index + 1, method: request.method ?? '', path, query, status: 0 };
  log.push(entry);
  response.once('finish', () => (log[index] = { ...entry, status: response.statusCode }));
}

/** The requests under `root` that write, by verb. A search is a POST that reads, so it is not among them. */
export function writesOf(log: readonly LoggedRequest[], root: string): readonly LoggedRequest[] {
  return log.filter(({ method, path }) => {
    const lower = path.toLowerCase();
    return writingMethods.has(method) && lower.startsWith(`${root}/`) && !lower.endsWith('/.search');
  });
}
