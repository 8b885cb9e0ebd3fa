/** A text that is read from its beginning to its end, with what is asked of it again and again. */
export interface Source {
  readonly text: string;
  /** Where the line of this place ends, its line break left out. */
  readonly lineEnd: (offset: number) => number;
  /** Where the end of a comment stands next, or -1. */
  readonly closesComment: (offset: number) => number;
}

/** Asked in the order of the text, it looks at each unit once, however long a line is. */
export function createSource(text: string): Source {
  let from = 0;
  let end = -1;
  let uncommented = false;
  return {
    text,
    lineEnd(offset) {
      if (offset >= from && offset <= end) return end;
      from = offset;
      end = offset;
      while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
      return end;
    },
    closesComment(offset) {
      const close = uncommented ? -1 : text.indexOf('*/', offset);
      uncommented = close < 0;
      return close;
    },
  };
}
