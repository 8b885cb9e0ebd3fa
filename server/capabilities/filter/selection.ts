import { expressionsIn } from '../../../engine/model/filter/node-places.ts';
import { everyPart } from '../../../engine/model/filter/tree.ts';
import type { Span } from '../../../engine/model/text/problem.ts';
import { covers, growing } from '../json/selection.ts';
import { pairsIn } from './brackets.ts';
import { clausesIn } from './clauses.ts';
import type { OpenFilter } from './document.ts';
import { pairsInScript, wordsInScript } from './script-brackets.ts';

/** What a selection at `offset` grows to, the smallest first: word, expression, column or join, clause, query, the whole text. */
export function selectInFilter({ tokens: { tokens, comments }, document, text }: OpenFilter, offset: number): readonly Span[] {
  const { tree } = document;
  const select = tree?.select;
  const script = tokens.find(({ kind, span }) => kind === 'script' && span.offset < offset && offset < span.offset + span.length);
  const inScript = script ? pairsInScript(script.value, script.span.offset + 2) : [];
  const pairs = [...pairsIn(tokens), ...inScript];
  const spans: readonly Span[] = [
    ...tokens.flatMap(({ kind, span, value }) => (kind === 'symbol' ? [] : [...insideQuotes(kind, span, value, text), span])),
    ...(script ? wordsInScript(script.value, script.span.offset + 2) : []),
    ...comments.map(({ span }) => span),
    ...pairs.map(({ open, close }) => between(open.offset + open.length, close.offset)),
    ...pairs.map(({ open, close }) => between(open.offset, close.offset + close.length)),
    ...(tree ? expressionsIn(tree) : []).flatMap((expression) => [...everyPart(expression)].map(({ span }) => span)),
    ...(select?.items ?? []).map(({ span }) => span),
    ...(select?.joins ?? []).map(({ span }) => span),
    ...[...(tree?.parameters ?? []), ...(tree?.lookups ?? [])].map(({ span }) => span),
    ...clausesIn(tokens).map(({ span }) => span),
    ...(select ? [select.span] : []),
    { offset: 0, length: text.length },
  ];
  const here = { offset, length: 0 };
  return growing(
    spans.filter((span) => span.length > 0 && covers(span, here)).sort((a, b) => a.length - b.length),
    offset,
  );
}

function insideQuotes(kind: string, { offset, length }: Span, value: string, text: string): readonly Span[] {
  const marks = kind === 'script' ? 2 : kind === 'text' || kind === 'name' ? 1 : 0;
  const closed = marks > 0 && length >= 2 * marks && text.startsWith(text.slice(offset, offset + marks), offset + length - marks);
  return closed && value !== '' ? [{ offset: offset + marks, length: length - 2 * marks }] : [];
}

function between(start: number, end: number): Span {
  return { offset: start, length: Math.max(0, end - start) };
}
