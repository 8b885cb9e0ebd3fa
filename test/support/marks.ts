/** A stretch of a fixture's text. */
export interface MarkedRange {
  readonly offset: number;
  readonly length: number;
}

/** A fixture without its marks. */
export interface Marked {
  readonly text: string;
  /** Where `<|>` stood. */
  readonly caret?: number;
  /** What stood between `<|` and `|>`, in order. */
  readonly ranges: readonly MarkedRange[];
}

/** Takes `<|>` (the caret) and `<|…|>` (a range) out of a fixture. */
export function parseMarks(marked: string): Marked {
  let text = '';
  let end = 0;
  let caret: number | undefined;
  const open: number[] = [];
  const ranges: MarkedRange[] = [];
  for (const match of marked.matchAll(/<\|>|<\||\|>/g)) {
    text += marked.slice(end, match.index);
    end = match.index + match[0].length;
    if (match[0] === '<|>') caret = text.length;
    else if (match[0] === '<|') open.push(text.length);
    else {
      const offset = open.pop();
      if (offset === undefined) throw new Error('The fixture closes a range that it never opened.');
      ranges.push({ offset, length: text.length - offset });
    }
  }
  if (open.length > 0) throw new Error('The fixture opens a range that it never closes.');
  text += marked.slice(end);
  return { text, ...(caret !== undefined && { caret }), ranges: ranges.sort((a, b) => a.offset - b.offset) };
}

/** The caret of a fixture that must have one. */
export function parseCaret(marked: string): { readonly text: string; readonly caret: number } {
  const { text, caret } = parseMarks(marked);
  if (caret === undefined) throw new Error('The fixture has no caret <|>.');
  return { text, caret };
}

/** A problem that a fixture expects: under what, with which code, and a part of its message. */
export interface ExpectedProblem {
  readonly offset: number;
  readonly length: number;
  readonly code: string;
  readonly message: string;
}

/**
 * Takes the lines `^^^ code part of the message` out of a fixture: each labels what stands above the carets.
 */
export function parseAnnotations(annotated: string): { readonly text: string; readonly expected: readonly ExpectedProblem[] } {
  const lines: string[] = [];
  const expected: ExpectedProblem[] = [];
  let start = 0;
  for (const line of annotated.split('\n')) {
    const match = /^(\s*)(\^+) ([a-z-]+)(?: (.*))?$/.exec(line);
    if (!match) {
      start = lines.reduce((sum, previous) => sum + previous.length + 1, 0);
      lines.push(line);
    } else {
      expected.push({
        offset: start + (match[1]?.length ?? 0),
        length: match[2]?.length ?? 0,
        code: match[3] ?? '',
        message: match[4] ?? '',
      });
    }
  }
  return { text: lines.join('\n'), expected };
}
