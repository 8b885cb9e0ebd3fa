import type { Span } from '../text/problem.ts';

/** What divides a text into records and cells. */
export interface CsvFormat {
  readonly delimiter: string;
  /** Absent: nothing is quoted. */
  readonly quote?: string;
}

/** One record of a text. */
export interface CsvRecord {
  readonly cells: readonly string[];
  /** Where each cell stands, its quotes included. */
  readonly spans: readonly Span[];
}

/**
 * Divides the beginning of a CSV text into records, as the collection does it with a whole file: RFC 4180, any line break, empty lines passed
 * over, and a quote that is not alone in its cell is a character like others. `whole`: the text ends where the file ends; else its last record
 * may be cut, and is left out. `onOpen` is told where a quote stands that never ends.
 */
export function splitRecords(
  text: string,
  { delimiter, quote }: CsvFormat,
  whole: boolean,
  most = Infinity,
  onOpen?: (offset: number) => void,
): readonly CsvRecord[] {
  const records: CsvRecord[] = [];
  let cells: string[] = [];
  let spans: Span[] = [];
  let at = 0;
  while (at < text.length && records.length < most) {
    const start = at;
    const quoted = quote !== undefined && text[at] === quote ? readQuoted(text, at, quote, delimiter) : undefined;
    // A quote that never ends swallows the rest, here as there.
    if (quoted === 'open') {
      onOpen?.(start);
      return records;
    }
    at = quoted?.end ?? at;
    const from = at;
    while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at++;
    if (cells.length === 0 && at === start && text[at] !== delimiter) {
      at += lineBreak(text, at);
      continue;
    }
    cells.push((quoted?.text ?? '') + text.slice(from, at));
    spans.push({ offset: start, length: at - start });
    if (at < text.length && text[at] === delimiter) {
      at++;
      // The file ends with a delimiter: an empty cell follows.
      if (at < text.length) continue;
      cells.push('');
      spans.push({ offset: at, length: 0 });
    }
    // A break that may be the first half of one, or no break at all.
    if (!whole && at + 1 >= text.length) return records;
    records.push({ cells, spans });
    [cells, spans] = [[], []];
    at += lineBreak(text, at);
  }
  return records;
}

function lineBreak(text: string, at: number): number {
  return text[at] === '\r' && text[at + 1] === '\n' ? 2 : at < text.length ? 1 : 0;
}

/** The quoted part of a cell; where something follows its closing quote, both quotes belong to the value. */
function readQuoted(
  text: string,
  start: number,
  quote: string,
  delimiter: string,
): { readonly text: string; readonly end: number } | 'open' {
  let value = '';
  let from = start + 1;
  for (;;) {
    const close = text.indexOf(quote, from);
    if (close < 0) return 'open';
    value += text.slice(from, close);
    const next = text[close + 1];
    if (next === quote) {
      value += quote;
      from = close + 2;
      continue;
    }
    const ends = next === undefined || next === delimiter || next === '\n' || next === '\r';
    return { text: ends ? value : quote + value + quote, end: close + 1 };
  }
}
