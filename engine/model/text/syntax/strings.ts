import { replace, type Fault } from './fault.ts';
import { isInvisible } from './invisible.ts';
import type { Source } from './source.ts';
import { checkContent, repairContent } from './string-content.ts';

/** A text in double quotes, as far as its author meant it to go. */
export interface ScannedString {
  readonly end: number;
  readonly fault?: Fault | undefined;
  /** Where it ends is a guess that looks beyond it. */
  readonly guessed?: boolean;
}

/** Reads the text whose opening quote stands at `offset`; `behindColon` where only a value can stand. */
export function scanString(source: Source, offset: number, behindColon: boolean): ScannedString {
  const { text } = source;
  let at = offset + 1;
  let flawed = false;
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 34) {
      const end = at + 1;
      const early = isStray(text, end) ? endsEarly(source, offset, end, behindColon) : undefined;
      if (early) return early;
      return { end, fault: flawed ? checkContent(text, offset, end) : undefined };
    }
    if (unit === 10 || unit === 13) break;
    if (unit === 92) at++;
    if (unit === 92 || unit < 32) flawed = true;
  }
  return { ...closeOpen(source, offset, behindColon), guessed: true };
}

/** What never follows a closing quote: anything but spaces, signs, comments and what is told to be invisible. */
function isStray(text: string, at: number): boolean {
  return at < text.length && /^(?!\/[/*])[^\s",:;}\]]/.test(text.slice(at, at + 2)) && !isInvisible(text.charCodeAt(at));
}

/** A line longer than this was written by a program, and tells nothing. */
const longestLine = 4000;

/** A quote with a word right behind it does not close a text: it opens the next one, or belongs into the text. */
function endsEarly({ text, lineEnd }: Source, offset: number, end: number, behindColon: boolean): ScannedString | undefined {
  const stop = lineEnd(end);
  if (stop - offset > longestLine) return undefined;
  const inner = text.slice(offset + 1, end - 1);
  const quotes = [...text.slice(end, stop).matchAll(/\\.|"/g)].filter(([found]) => found === '"').map(({ index }) => end + index);
  if (quotes.length % 2 === 1) return { ...unclosed(text, offset, offset + 1 + meantLength(inner, behindColon)), guessed: true };
  // A bracket there lacks a comma, a colon, or nothing at all.
  if (text[end] === '{' || text[end] === '[') return undefined;
  const close = quotes.find((at) => isLast(text, at));
  if (close === undefined) return undefined;
  const whole = repairContent(text.slice(offset + 1, close).replace(/\\[^]|"/g, (found) => (found === '"' ? '\\"' : found)));
  const message = 'A double quote inside a text is written \\".';
  const fixes = [replace('Write \\" inside the text', offset + 1, close, whole)];
  return { end: close + 1, fault: { offset: end - 1, length: 1, message, fixes }, guessed: true };
}

/** How much of what stands between two quotes belongs to a text, where the second one opens the next. */
function meantLength(inner: string, behindColon: boolean): number {
  const name = behindColon ? undefined : /^([\w$.-]+)\s*:(?:\s|$)/.exec(inner)?.[1];
  return name?.length ?? contentLength(inner.replace(/[:,][\s{[]*$/, ''));
}

/** What may follow a quote that closes a text. */
function isLast(text: string, quote: number): boolean {
  return /^[ \t]*(?:[,:}\]\r\n]|$)/.test(text.slice(quote + 1, quote + 40));
}

function unclosed(text: string, offset: number, end: number): ScannedString {
  if (end - offset > 2 && text.endsWith('\\"', end)) return keptOpen(text, offset, end - 1);
  const message = 'The closing double quote of this text is missing.';
  return { end, fault: { offset, length: 1, message, fixes: [replace('Close the text', end, end, '"')] } };
}

/** `"C:\temp\"` was meant to be closed by the quote at `close`. */
function keptOpen(text: string, offset: number, close: number): ScannedString {
  const message = 'A backslash is written \\\\ in JSON: alone it keeps the quote behind it from closing the text.';
  const content = repairContent(text.slice(offset + 1, close - 1)) + '\\\\';
  return { end: close + 1, fault: { offset: close - 1, length: 2, message, fixes: [replace('Write \\\\', offset + 1, close, content)] } };
}

/** Where a text would end that nothing closes on its line. */
function closeOpen({ text, lineEnd }: Source, offset: number, behindColon: boolean): ScannedString {
  const stop = lineEnd(offset);
  const inner = text.slice(offset + 1, stop);
  const escaped = /\\("[ \t]*[,:}\]]*[ \t]*)$/.exec(inner);
  if (escaped) return keptOpen(text, offset, offset + 1 + escaped.index + 1);
  const curly = /[“”„‟″＂](?=[ \t]*(?:[,:}\]]|$))/u.exec(inner);
  if (curly) {
    const close = offset + 1 + curly.index;
    const message = `Text is closed by a straight double quote ("), not by ${curly[0]}.`;
    return {
      end: close + 1,
      fault: { offset: close, length: 1, message, fixes: [replace('Write a straight quote', close, close + 1, '"')] },
    };
  }
  const over = behindColon ? overLines(text, offset, stop) : undefined;
  if (over) return over;
  const name = behindColon ? undefined : /^([^\s:][^:]*?)\s*:/.exec(inner)?.[1];
  if (name !== undefined) return unclosed(text, offset, offset + 1 + name.length);
  return unclosed(text, offset, offset + 1 + contentLength(inner));
}

/** Longer than any text that a person breaks by hand. */
const mostLines = 30;

/** A text that goes on over lines, up to a line whose only quote closes it. */
function overLines(text: string, offset: number, firstEnd: number): ScannedString | undefined {
  let start = firstEnd;
  for (let line = 0; line < mostLines && start < text.length; line++) {
    start += text.startsWith('\r\n', start) ? 2 : 1;
    const end = start + (/[\r\n]/.exec(text.slice(start, start + longestLine))?.index ?? Math.min(longestLine, text.length - start));
    const content = text.slice(start, end);
    const quote = content.indexOf('"');
    if (quote >= 0) {
      if (!/^"[ \t]*[}\]]*[ \t]*,?[ \t]*$/.test(content.slice(quote)) || content.slice(0, quote).trim() === '') return undefined;
      const close = start + quote;
      const message = 'Text cannot run over the end of a line in JSON. Write \\n where a new line begins.';
      const joined = repairContent(text.slice(offset + 1, close).replace(/\r\n?/g, '\n'));
      return {
        end: close + 1,
        fault: { offset, length: 1, message, fixes: [replace('Write it in one line, with \\n', offset + 1, close, joined)] },
      };
    }
    start = end;
  }
  return undefined;
}

/** How much of a line belongs to a text that is not closed: the comma and the brackets at its end do not, unless it opened them. */
function contentLength(inner: string): number {
  let end = inner.trimEnd().length;
  for (;;) {
    const last = inner[end - 1];
    const kept = inner.slice(0, end);
    const stray =
      last === ',' || (last === '}' && count(kept, '}') > count(kept, '{')) || (last === ']' && count(kept, ']') > count(kept, '['));
    if (!stray) return end;
    end = inner.slice(0, end - 1).trimEnd().length;
  }
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1;
}

/**
 * The text that this quote closes, if it opens none: what stands before it on its line, behind `from`, where the text or sign before ends.
 */
export function scanUnopened(text: string, quote: number, from: number): (ScannedString & { readonly offset: number }) | undefined {
  if (quote === from || quote - from > longestLine || /\s/.test(text[quote - 1] ?? ' ') || !isLast(text, quote)) return undefined;
  const before = text.slice(from, quote);
  const structure = /^(?:.*,|.*:(?=\s)|[\s:}\]])?(?:[\s[\]}]|\{(?![\w.:]*\}))*/.exec(before)?.[0].length ?? 0;
  const offset = from + structure;
  if (offset === quote || /[{}[\]]$/.test(before.slice(structure).replace(/\{[\w.:]*\}/g, ''))) return undefined;
  const message = 'The opening double quote of this text is missing.';
  const fixes = [replace('Open the text', offset, offset, '"')];
  return { offset, end: quote + 1, fault: { offset, length: quote - offset, message, fixes }, guessed: true };
}
