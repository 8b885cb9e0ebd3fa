import type { FileHandle } from 'node:fs/promises';
import { parse, type Options, type Parser } from 'csv-parse';
import type { CsvFormat } from '../../model/files/split-records.ts';
import type { Encoding } from '../../model/files/encoding.ts';
import { createTranscoder } from './transcode.ts';

/** Where the bytes of a file come from: the disk, or the text of an editor. */
export type Bytes =
  | { readonly kind: 'disk'; readonly handle: FileHandle; readonly skip: number }
  | { readonly kind: 'text'; readonly text: string };

/** Bytes of one record; longer ones are most often a quote that nobody closed. */
const longestRecord = 16 * 1024 * 1024;

const pieceSize = 256 * 1024;

/** One record, with the line it begins in, from 1, and whether it may hold null characters. Returns false where no more are wanted. */
export type OnRecord = (cells: readonly string[], line: number, mayHoldNull: boolean) => boolean;

/** How reading ended: at the end of the file, where somebody had enough, or in a record that does not end. */
export interface ReadEnd {
  readonly end: 'file' | 'stopped' | 'open-quote' | 'too-long';
  /** Where such a record begins. */
  readonly line: number;
  readonly bytes: number;
}

/**
 * Streams the records of a file. Empty lines are passed over; a quote within an unquoted cell is a character like others. Memory is bounded by the
 * longest record. Throws what the disk says, and the signal's reason.
 */
export async function readRows(
  source: Bytes,
  encoding: Encoding,
  { delimiter, quote }: CsvFormat,
  onRecord: OnRecord,
  signal: AbortSignal,
): Promise<ReadEnd> {
  const state: { stopped: boolean; hasNull: boolean; failure?: Error } = { stopped: false, hasNull: false };
  const lines = lineCounter();
  const options: Options = {
    delimiter,
    quote: quote ?? false,
    escape: quote ?? null,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: longestRecord,
    bom: false,
    // Records are taken here, one by one: nothing is buffered, and nothing flows on.
    on_record: (cells: readonly string[], { lines: at }) => {
      if (!state.stopped) state.stopped = !onRecord(cells, lines.start(cells, at), state.hasNull);
      return null;
    },
  };
  const parser = parse(options);
  parser.on('error', (error: Error) => {
    state.failure = error;
  });
  parser.resume();
  let bytes = 0;
  for await (const piece of piecesOf(source, encoding)) {
    signal.throwIfAborted();
    bytes += piece.length;
    state.hasNull ||= piece.includes(0);
    await write(parser, piece, state);
    if (state.failure ?? state.stopped) break;
  }
  if (!(state.failure ?? state.stopped)) await finish(parser);
  parser.destroy();
  const line = lines.next();
  const { failure, stopped } = state;
  if (failure === undefined) return { end: stopped ? 'stopped' : 'file', line, bytes };
  const { code } = failure as { readonly code?: string };
  if (code === 'CSV_QUOTE_NOT_CLOSED') return { end: 'open-quote', line, bytes };
  if (code === 'CSV_MAX_RECORD_SIZE') return { end: 'too-long', line, bytes };
  throw failure;
}

async function* piecesOf(source: Bytes, encoding: Encoding): AsyncGenerator<Buffer> {
  if (source.kind === 'text') {
    const text = source.text.replace(/^\ufeff/, '');
    for (let at = 0; at < text.length;) {
      // Not between the halves of a character.
      const end = at + pieceSize - (/[\ud800-\udbff]/.test(text[at + pieceSize - 1] ?? '') ? 1 : 0);
      yield Buffer.from(text.slice(at, end));
      at = end;
    }
    return;
  }
  const transcode = createTranscoder(encoding);
  for (let at = source.skip; ;) {
    // A buffer of its own each time: the parser keeps what it did not get through.
    const { bytesRead, buffer } = await source.handle.read(Buffer.allocUnsafe(pieceSize), 0, pieceSize, at);
    if (bytesRead === 0) break;
    at += bytesRead;
    yield transcode(buffer.subarray(0, bytesRead));
  }
  const rest = transcode();
  if (rest.length > 0) yield rest;
}

/** Resolves when the piece has been parsed, or the parser gave up. */
function write(parser: Parser, piece: Buffer, state: { failure?: Error }): Promise<void> {
  return new Promise((done) => {
    parser.write(piece, (error) => {
      if (error) state.failure = error;
      done();
    });
  });
}

function finish(parser: Parser): Promise<void> {
  return new Promise((done) => {
    parser.once('error', () => done());
    parser.once('end', done);
    parser.end();
  });
}

/** Which line a record begins in. The parser tells the line it ends in, and counts a CRLF within quotes as two. */
function lineCounter(): { start(cells: readonly string[], at: number): number; next(): number } {
  let [last, twice] = [0, 0];
  return {
    start(cells, at) {
      let within = 0;
      // Most records have a line of their own.
      if (at - last > 1) {
        for (const cell of cells) {
          if (!/[\r\n]/.test(cell)) continue;
          twice += cell.split('\r\n').length - 1;
          within += cell.split(/\r\n|\n|\r/).length - 1;
        }
      }
      last = at;
      return at - twice - within;
    },
    next: () => last - twice + 1,
  };
}
