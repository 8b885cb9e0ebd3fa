import type { Span } from '../../../engine/model/text/problem.ts';
import type { Pair } from './brackets.ts';

const partners: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const skipped = /\/\/[^\r\n]*|\/\*[^]*?(?:\*\/|$)|'(?:\\.|[^'\\\r\n])*'?|"(?:\\.|[^"\\\r\n])*"?|`(?:\\[^]|[^`\\])*`?|[()[\]{}]/g;

/** Every pair of brackets of a script that begins at `start` in the text, inner ones first. Texts and comments of the script count as one. */
export function pairsInScript(code: string, start: number): readonly Pair[] {
  const open: { readonly mark: string; readonly span: Span }[] = [];
  const pairs: Pair[] = [];
  for (const { 0: mark, index } of code.matchAll(skipped)) {
    const span = { offset: start + index, length: 1 };
    if (mark === '(' || mark === '[' || mark === '{') open.push({ mark, span });
    const partner = partners[mark];
    if (partner === undefined) continue;
    const at = open.findLastIndex((one) => one.mark === partner);
    const opened = open[at];
    if (!opened) continue;
    open.length = at;
    pairs.push({ open: opened.span, close: span });
  }
  return pairs;
}

/** The words, numbers and texts of a script. */
export function wordsInScript(code: string, start: number): readonly Span[] {
  return [...code.matchAll(/[\p{ID_Start}$_][\p{ID_Continue}$]*|\d[\d.]*|'(?:\\.|[^'\\\r\n])*'|"(?:\\.|[^"\\\r\n])*"/gu)].map(
    ({ 0: word, index }) => ({ offset: start + index, length: word.length }),
  );
}
