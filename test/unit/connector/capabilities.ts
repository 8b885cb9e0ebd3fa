import { ResponseError, type CodeAction, type Range } from 'vscode-languageserver/node';
import { applyEdits } from '../../../engine/model/text/edits.ts';
import { indexLines } from '../../../engine/model/text/lines.ts';
import { checkConnector } from '../../../engine/model/connector/check-connector.ts';
import type { Edit, Span } from '../../../engine/model/text/problem.ts';
import { declarations, extractions, tableRefactorings } from '../../../server/capabilities/actions/refactorings.ts';
import { inlayHints } from '../../../server/capabilities/connector/inlay-hints.ts';
import { connectorTokens } from '../../../server/capabilities/connector/semantic-tokens.ts';
import { foldJson } from '../../../server/capabilities/json/folding.ts';
import { formatJson } from '../../../server/capabilities/json/format.ts';
import { webLinks } from '../../../server/capabilities/json/links.ts';
import { selectInJson } from '../../../server/capabilities/json/selection.ts';
import { connectorLenses } from '../../../server/capabilities/lenses.ts';
import { declarationsAt, highlightsAt, referencesAt } from '../../../server/capabilities/names/find.ts';
import { aloneIn } from '../../../server/capabilities/names/places.ts';
import { prepare, rename } from '../../../server/capabilities/names/rename.ts';
import { diagnosticsOf } from '../../../server/convert.ts';
import { openConnector } from '../../support/connector.ts';
import { language } from '../../support/connector-language.ts';

/** Asks every capability about one place of a text; gives what is wrong with the answers: places outside the text, edits that break it. */
export async function useCapabilities(text: string, offset: number): Promise<readonly string[]> {
  const faults: string[] = [];
  const document = openConnector(text);
  const { json, connector, uri } = document;
  const lines = indexLines(text);
  const lineTexts = text.split(/\r\n|\n|\r/);
  const whole = isJson(text);

  const seeSpan = (who: string, span: Span): void => {
    if (span.offset < 0 || span.length < 0 || span.offset + span.length > text.length) faults.push(`${who}: ${JSON.stringify(span)}`);
  };
  const isOutside = ({ line, character }: Range['start']): boolean =>
    line < 0 || character < 0 || character > (lineTexts[line]?.length ?? -1);
  const see = (who: string, { start, end }: Range): void => {
    const upsideDown = start.line > end.line || (start.line === end.line && start.character > end.character);
    if (isOutside(start) || isOutside(end) || upsideDown) faults.push(`${who}: ${JSON.stringify({ start, end })}`);
  };
  const seeEdits = (who: string, edits: readonly { readonly range: Range; readonly newText: string }[] | undefined): void => {
    for (const { range } of edits ?? []) see(who, range);
    const plain = (edits ?? []).map(({ range: { start, end }, newText }): Edit => {
      const from = lines.offsetAt({ line: start.line, column: start.character });
      return { span: { offset: from, length: lines.offsetAt({ line: end.line, column: end.character }) - from }, text: newText };
    });
    if (whole && !isJson(applyEdits(text, plain))) faults.push(`${who}: breaks the text`);
  };
  const seeActions = (actions: readonly CodeAction[]): void => actions.forEach(({ title, edit }) => seeEdits(title, edit?.changes?.[uri]));

  for (const { label, textEdit } of await language.complete(document, offset))
    if (textEdit && 'range' in textEdit) see(`completion ${label}`, textEdit.range);
  const hover = await language.hover(document, offset);
  if (hover?.range) see('hover', hover.range);
  for (const { range } of declarationsAt(aloneIn(document), offset)) see('definition', range);
  for (const symbol of language.symbols(document)) seeSymbol(symbol);
  for (const { startLine, endLine } of foldJson(text, json.whole))
    if (startLine < 0 || startLine >= endLine || endLine >= lineTexts.length) faults.push(`folding: ${startLine} to ${endLine}`);
  for (const { span } of webLinks(text, json.root)) seeSpan('link', span);
  selectInJson(text, json.root, offset, true).forEach((span) => seeSpan('selection', span));
  for (const { span } of connectorTokens(document)) seeSpan('token', span);
  for (const { position } of inlayHints(document, [], { offset: 0, length: text.length }))
    see('inlay hint', { start: position, end: position });
  for (const { range } of connectorLenses(uri, text, connector)) see('lens', range);

  const place = aloneIn(document);
  for (const { range } of [...declarationsAt(place, offset), ...referencesAt(place, offset, true), ...highlightsAt(place, offset)])
    see('names', range);
  refusable(() => prepare(place, offset));
  const renamed = refusable(() => rename(place, offset, 'other_name', { capabilities: undefined, versionOf: () => null }));
  seeEdits('rename', renamed?.changes?.[uri]);

  seeActions(tableRefactorings(document, offset));
  seeActions(extractions(document, { offset, length: Math.min(20, text.length - offset) }));
  const problems = checkConnector(json, connector);
  const diagnostics = diagnosticsOf(text, problems, { uriOf: () => uri, textOf: () => text });
  for (const { range, relatedInformation = [] } of diagnostics)
    for (const one of [range, ...relatedInformation.map(({ location }) => location.range)]) see('diagnostic', one);
  const asked = problems.slice(0, 20).flatMap((problem, index) => {
    const diagnostic = diagnostics[index];
    return diagnostic ? [{ problem, diagnostic }] : [];
  });
  seeActions(declarations(document, asked));
  if (json.whole) {
    const edits = formatJson(text, { unit: '  ', tabSize: 2 });
    edits.forEach((edit) => seeSpan('formatting', edit));
    const formatted = applyEdits(
      text,
      edits.map(({ text: written, ...span }) => ({ span, text: written })),
    );
    if (whole && JSON.stringify(JSON.parse(formatted)) !== JSON.stringify(JSON.parse(text))) faults.push('formatting: changes the meaning');
  }
  return faults;

  function seeSymbol({ name, range, selectionRange, children = [] }: ReturnType<typeof language.symbols>[number]): void {
    see(`symbol ${name}`, range);
    for (const inner of [selectionRange, ...children.map((child) => child.range)])
      if (!contains(range, inner)) faults.push(`symbol ${name}: does not hold ${JSON.stringify(inner)}`);
    children.forEach(seeSymbol);
  }
}

function contains(outer: Range, inner: Range): boolean {
  const order = ({ line, character }: Range['start']): number => line * 1e6 + character;
  return order(outer.start) <= order(inner.start) && order(inner.end) <= order(outer.end);
}

/** A refusal is an answer, too. */
function refusable<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof ResponseError) return undefined;
    throw error;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
