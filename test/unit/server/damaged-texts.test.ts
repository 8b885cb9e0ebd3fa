import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { FoldingRange } from 'vscode-languageserver-types';
import { describe, expect, it } from 'vitest';
import { addressOf } from '../../../engine/model/connector/address.ts';
import { parseJson } from '../../../engine/model/text/json.ts';
import { indexLines } from '../../../engine/model/text/lines.ts';
import type { Span } from '../../../engine/model/text/problem.ts';
import { inlayHints } from '../../../server/capabilities/connector/inlay-hints.ts';
import { connectorTokens } from '../../../server/capabilities/connector/semantic-tokens.ts';
import { foldJson } from '../../../server/capabilities/json/folding.ts';
import { formatJson } from '../../../server/capabilities/json/format.ts';
import { webLinks } from '../../../server/capabilities/json/links.ts';
import { selectInJson } from '../../../server/capabilities/json/selection.ts';
import { encodeTokens, type SemanticToken } from '../../../server/capabilities/semantic-tokens.ts';
import { openConnector } from '../../support/connector.ts';
import { sample } from '../../support/connector-language.ts';
import { corpusConnectors } from '../../support/corpus.ts';
import { applyEdits } from '../../support/edits.ts';
import { openFilterText } from '../../support/filter-language.ts';

/** Cuts, doubles and overwrites pieces of a text. */
function damaged(text: string): fc.Arbitrary<string> {
  const marks = ['{', '}', '[', ']', '"', ',', ':', '\\', '//', '/*', '\n', '\r', '\0', '\uFEFF', '{x', '$$', "'", '(', '.', '\ud800'];
  const blow = fc.record({
    at: fc.nat(text.length),
    length: fc.nat(40),
    kind: fc.constantFrom('cut', 'double', 'write'),
    mark: fc.constantFrom(...marks),
  });
  return fc.array(blow, { minLength: 1, maxLength: 4 }).map((blows) =>
    blows.reduce((now, { at, length, kind, mark }) => {
      const [before, piece, after] = [now.slice(0, at), now.slice(at, at + length), now.slice(at + length)];
      return kind === 'cut' ? before + after : kind === 'double' ? before + piece + piece + after : before + mark + after;
    }, text),
  );
}

function expectInside(text: string, { offset, length }: Span): void {
  expect(offset).toBeGreaterThanOrEqual(0);
  expect(length).toBeGreaterThanOrEqual(0);
  expect(offset + length).toBeLessThanOrEqual(text.length);
}

function expectFolds(text: string, folds: readonly FoldingRange[]): void {
  const last = indexLines(text).positionAt(text.length).line;
  expect(new Set(folds.map(({ startLine }) => startLine)).size).toBe(folds.length);
  for (const { startLine, endLine } of folds) expect(startLine >= 0 && startLine < endLine && endLine <= last).toBe(true);
}

/** Each around the one before, and the last of them the whole text. */
function expectGrowing(text: string, spans: readonly Span[]): void {
  spans.forEach((span, index) => {
    expectInside(text, span);
    const before = spans[index - 1];
    if (!before) return;
    expect(span.offset <= before.offset && span.offset + span.length >= before.offset + before.length).toBe(true);
    expect(span.length).toBeGreaterThan(before.length);
  });
  if (text !== '') expect(spans.at(-1)).toEqual({ offset: 0, length: text.length });
}

function expectTokens(text: string, tokens: readonly SemanticToken[]): void {
  for (const { span } of tokens) expectInside(text, span);
  expect(encodeTokens(tokens, indexLines(text)).every((number) => Number.isInteger(number) && number >= 0)).toBe(true);
}

function tryConnector(text: string, offset: number): void {
  const document = openConnector(text);
  const { json, connector } = document;
  expectFolds(text, foldJson(text, json.whole));
  expectGrowing(text, selectInJson(text, json.root, offset, true));
  expectTokens(text, connectorTokens(document));
  for (const { span } of webLinks(text, json.root)) expectInside(text, span);
  inlayHints(document, [{ system: 's', values: new Map() }], { offset: 0, length: text.length });
  for (const table of connector.tables) for (const operation of table.operations) addressOf(connector, table, operation, new Map());
  const edits = formatJson(text, { unit: '  ', tabSize: 2 });
  // The server formats only what is whole; the formatter itself is harmless with anything.
  if (!json.whole) return;
  const after = applyEdits(text, edits);
  expect(formatJson(after, { unit: '  ', tabSize: 2 })).toEqual([]);
  expect(parseJson(after, { strict: true }).whole).toBe(true);
}

describe('a damaged connector', () => {
  for (const { name, text } of [{ name: 'the sample', text: sample }, ...corpusConnectors()]) {
    it(`such as ${name} is folded, selected, coloured, linked and formatted without a crash`, () => {
      fc.assert(
        fc.property(damaged(text), fc.nat(), (broken, at) => tryConnector(broken, at % (broken.length + 1))),
        {
          numRuns: text.length > 50_000 ? 20 : 100,
        },
      );
    });
  }
});

const filters = new URL('../../../examples/workspace/filters/', import.meta.url);

describe('a damaged filter', () => {
  for (const name of readdirSync(filters)) {
    const whole = readFileSync(new URL(encodeURIComponent(name), filters), 'utf8');
    it(`such as ${name} is folded, selected, coloured and linked without a crash`, () => {
      fc.assert(
        fc.property(damaged(whole), fc.nat(), (text, at) => {
          const filter = openFilterText(text);
          expectFolds(text, filter.folding());
          expectGrowing(text, filter.selection(at % (text.length + 1)));
          expectTokens(text, filter.tokens());
          for (const { span } of filter.links()) expectInside(text, span);
        }),
        { numRuns: 200 },
      );
    });
  }
});
