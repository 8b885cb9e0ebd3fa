import type { TraceEntry } from '../../../../engine/run/records.ts';

/** The mask of the engine, and what a person must fill in. */
const masked = /\*\*\*/g;
const blank = '•••';

/** Headers that curl makes itself, and would make wrong if they were written out. */
const own: ReadonlySet<string> = new Set(['content-length', 'host', 'connection', 'accept-encoding', 'transfer-encoding']);

/** The request as a command for a POSIX shell, with `•••` where secrets belong. */
export function curlOf({ verb, url, requestHeaders, requestBody }: TraceEntry): string {
  const parts = [
    `curl ${verb === 'GET' ? '' : `-X ${quoted(verb)} `}${quoted(url)}`,
    ...Object.entries(requestHeaders)
      .filter(([name]) => !own.has(name.toLowerCase()))
      .map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(requestBody === undefined ? [] : [`--data-raw ${quoted(requestBody)}`]),
  ];
  return parts.join(' \\\n  ').replace(masked, blank);
}

/** Quoted so that a shell reads it as one word and nothing in it as a command. */
function quoted(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
