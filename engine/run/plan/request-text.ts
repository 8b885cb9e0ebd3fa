import type { WireRequest } from './plan.ts';

/** A request as one reads it: what it is, the first line, headers, the body laid out. Lines that begin with `#` are not part of it. */
export function requestText(what: string, request: WireRequest | undefined, notes: readonly string[]): string {
  const comments = [`${what}: a preview, nothing is sent.`, ...notes].map((note) => `# ${note.replace(/\s+/g, ' ')}`);
  if (!request) return `${comments.join('\n')}\n`;
  const { verb, url, headers, body } = request;
  const head = [`${verb} ${url}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
  return [...comments, '', ...head, ...(body === undefined ? [] : ['', laidOut(body)]), ''].join('\n');
}

/** JSON with a line for each value; anything else as it is. */
function laidOut(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    // A form, most likely.
    return body;
  }
}
