import type { FormattingOptions, Range, TextEdit } from 'vscode-languageserver/node';
import { formatEdits } from '../../engine/model/filter/format.ts';
import { indexLines } from '../../engine/model/text/lines.ts';
import { formatJson, type FormatOptions, type LineRange } from '../capabilities/json/format.ts';
import { rangeOf } from '../convert.ts';
import { jsonOf } from './json-text.ts';
import type { InDocument, LanguageRequest, RequestContext } from './request.ts';

interface Formatting extends InDocument {
  readonly options: FormattingOptions;
}

/** Formats JSON texts and filters that are whole, in full or some lines of them. */
export const formatting: LanguageRequest = {
  capabilities: { documentFormattingProvider: true, documentRangeFormattingProvider: true },
  register({ connection, guard, open }) {
    connection.onDocumentFormatting(guard.language('formatting', [], (parameters: Formatting) => format(open, parameters)));
    connection.onDocumentRangeFormatting(
      guard.language('range formatting', [], (parameters: Formatting & { readonly range: Range }) =>
        format(open, parameters, linesOf(parameters.range)),
      ),
    );
  },
};

function format(open: RequestContext['open'], { textDocument: { uri }, options }: Formatting, lines?: LineRange): TextEdit[] {
  const opened = open(uri);
  if (opened?.kind === 'filter') return formatLines(opened.text, lines);
  const json = opened && jsonOf(opened);
  // Of a text that is half typed nobody knows what belongs where.
  if (!json?.whole) return [];
  const index = indexLines(json.text);
  return formatJson(json.text, readOptions(options), lines).map(({ text, ...span }) => ({ range: rangeOf(index, span), newText: text }));
}

/** The layout of filters is one for all: their lines are aligned, so an editor's indentation means nothing to them. */
function formatLines(text: string, lines: LineRange | undefined): TextEdit[] {
  const index = indexLines(text);
  const start = lines && index.offsetAt({ line: lines.first, column: 0 });
  const end = lines && index.offsetAt({ line: lines.last + 1, column: 0 });
  const within = start === undefined || end === undefined ? undefined : { offset: start, length: Math.max(0, end - start - 1) };
  return formatEdits(text, {}, within).map(({ span, text: newText }) => ({ range: rangeOf(index, span), newText }));
}

/** Whole lines; one that is selected only up to its start is not meant. */
function linesOf({ start, end }: Range): LineRange {
  return { first: start.line, last: end.character === 0 && end.line > start.line ? end.line - 1 : end.line };
}

function readOptions({ tabSize, insertSpaces, trimFinalNewlines }: FormattingOptions): FormatOptions {
  const size = Number.isInteger(tabSize) && tabSize > 0 && tabSize <= 16 ? tabSize : 2;
  return { unit: insertSpaces ? ' '.repeat(size) : '\t', tabSize: size, ...(trimFinalNewlines === true && { trimEnd: true }) };
}
