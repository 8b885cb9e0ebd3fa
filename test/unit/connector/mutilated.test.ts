import fc from 'fast-check';
import type { DocumentSymbol } from 'vscode-json-languageservice';
import { describe, expect, it } from 'vitest';
import { checkConnector } from '../../../engine/model/connector/check-connector.ts';
import { openConnector } from '../../support/connector.ts';
import { language, sample } from '../../support/connector-language.ts';

/** One way to damage a text: cut, double, swap or overwrite a piece. */
const mutilation = fc.record({
  kind: fc.constantFrom('cut' as const, 'double' as const, 'swap' as const, 'write' as const),
  at: fc.nat(sample.length),
  length: fc.integer({ min: 1, max: 60 }),
  text: fc.oneof(
    fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', '\\u0041', '{iterator', 'null', '\uFEFF', '\n', '"__proto__": {},'),
    fc.string({ maxLength: 8 }),
  ),
});

type Mutilation = typeof mutilation extends fc.Arbitrary<infer T> ? T : never;

function mutilate(text: string, { kind, at, length, text: written }: Mutilation): string {
  const start = at % (text.length + 1);
  const [before, piece, after] = [text.slice(0, start), text.slice(start, start + length), text.slice(start + length)];
  switch (kind) {
    case 'cut':
      return before + after;
    case 'double':
      return before + piece + piece + after;
    case 'swap':
      return before + after.slice(0, length) + piece + after.slice(length);
    case 'write':
      return before + written + after;
  }
}

describe('a damaged connector', () => {
  const damaged = fc.array(mutilation, { minLength: 1, maxLength: 4 }).map((all) => all.reduce(mutilate, sample));

  it('is checked without a crash, and every place lies within the text', () => {
    fc.assert(
      fc.property(damaged, (text) => {
        const { json, connector } = openConnector(text);
        for (const { span, fixes = [], related = [], message } of checkConnector(json, connector)) {
          for (const place of [span, ...fixes.map((fix) => fix.span), ...related.map((other) => other.span)]) {
            expect(place.offset).toBeGreaterThanOrEqual(0);
            expect(place.length).toBeGreaterThanOrEqual(0);
            expect(place.offset + place.length).toBeLessThanOrEqual(text.length);
          }
          expect(message.length).toBeGreaterThan(10);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gets completion, hover, definition and an outline without a crash', async () => {
    await fc.assert(
      fc.asyncProperty(damaged, fc.nat(), async (text, somewhere) => {
        const document = openConnector(text);
        const offset = somewhere % (text.length + 1);
        const caretLine = text.slice(0, offset).split(/\r\n|\n|\r/).length - 1;
        for (const { textEdit } of await language.complete(document, offset)) {
          if (textEdit && 'range' in textEdit) expect(textEdit.range.start.line).toBeLessThanOrEqual(caretLine);
        }
        await language.hover(document, offset);
        language.definition(document, offset);
        language.symbols(document).forEach((symbol) => expectNested(symbol));
      }),
      { numRuns: 300 },
    );
  });
});

function expectNested({ range, selectionRange, children = [] }: DocumentSymbol): void {
  const inside = [selectionRange, ...children.map((child) => child.range)];
  for (const inner of inside) {
    expect(inner.start.line * 1e5 + inner.start.character).toBeGreaterThanOrEqual(range.start.line * 1e5 + range.start.character);
    expect(inner.end.line * 1e5 + inner.end.character).toBeLessThanOrEqual(range.end.line * 1e5 + range.end.character);
  }
  children.forEach(expectNested);
}
