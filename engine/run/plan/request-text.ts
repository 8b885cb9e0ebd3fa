import type { WireRequest } from './plan.ts';

/** A request as one reads it: what it is, the first line, headers, the body laid out. Lines that begin with `#` are not part of it. */
export function requestText(what: string, request: WireRequest | undefined, notes: readonly string[]): string {
  const comments = [`${what}: a preview, nothing is sent.`, ...notes].flatMap(commented);
  if (!request) return `${comments.join('\n')}\n`;
  const { verb, url, headers, body } = request;
  const head = [`${verb} ${url}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
  return [...comments, '', ...head, ...(body === undefined ? [] : ['', laidOut(body)]), ''].join('\n');
}

/** In half a window there is room for so many characters. */
const widest = 56;

function commented(note: string): readonly string[] {
  const lines: string[] = [];
  let line = '#';
  for (const word of note.trim().split(/\s+/)) {
    if (line !== '#' && line !== '#  ' && line.length + 1 + word.length > widest) {
      lines.push(line);
      // What goes on is indented, so that one note is told from the next.
      line = '#  ';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
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
