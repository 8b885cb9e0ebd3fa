import { sourceOf } from '../files/choose-file.ts';
import type { DataFile } from '../files/data-folder.ts';
import { decodeHead } from '../files/encoding.ts';
import type { TableShape } from '../files/shape.ts';
import { formatOf, type FilesSource } from '../files/source.ts';
import { splitRecords } from '../files/split-records.ts';

/** A row of a file with the line it begins in, from 1. */
export interface SampleRow {
  readonly cells: readonly string[];
  readonly line: number;
}

/** The text of an editor may be long. */
const mostRecords = 20_000;

/** The rows at the beginning of a table's file: all of them, where it is not long. Rows that are cut or have other cells are left out. */
export function sampleRows({ head }: DataFile, source: FilesSource, table: string, shape: TableShape): readonly SampleRow[] {
  if (!head) return [];
  const { text } = decodeHead(head, formatOf(source, sourceOf(source, table)).encoding?.text);
  const records = splitRecords(text, shape.format, head.kind === 'text' || head.whole, mostRecords).slice(shape.skipped);
  const lines = lineCounter(text);
  return records.flatMap(({ cells, spans }) => (cells.length < shape.width ? [] : [{ cells, line: lines(spans[0]?.offset ?? 0) }]));
}

/** Lines of growing offsets. */
function lineCounter(text: string): (offset: number) => number {
  let [at, line] = [0, 1];
  return (offset) => {
    for (; at < offset; at++) if (text[at] === '\n' || (text[at] === '\r' && text[at + 1] !== '\n')) line++;
    return line;
  };
}
