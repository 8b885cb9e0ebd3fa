/** A place in a text; line and column count from 0, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Translates between offsets and positions of one text. */
export interface Lines {
  positionAt(offset: number): Position;
  offsetAt(position: Position): number;
}

/** Indexes the line starts of `text`; `\n`, `\r\n` and a lone `\r` end a line. */
export function indexLines(text: string): Lines {
  const starts = text.includes('\r') ? startsOfAnyKind(text) : startsAfterFeeds(text);
  return {
    positionAt(offset) {
      const target = Math.max(0, Math.min(offset, text.length));
      let low = 0;
      let high = starts.length;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if ((starts[middle] ?? 0) <= target) low = middle;
        else high = middle;
      }
      return { line: low, column: target - (starts[low] ?? 0) };
    },
    offsetAt(position) {
      const start = starts[position.line];
      if (start === undefined) return text.length;
      return Math.min(start + position.column, starts[position.line + 1] ?? text.length);
    },
  };
}

/** The common case, several times as fast. */
function startsAfterFeeds(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function startsOfAnyKind(text: string): readonly number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 13 && text.charCodeAt(i + 1) === 10) continue;
    if (unit === 10 || unit === 13) starts.push(i + 1);
  }
  return starts;
}
