import { flat } from './format-flat.ts';
import type { Measure } from './format-expand.ts';
import type { HardComment, Piece } from './format-pieces.ts';

/** Pieces that stand together, such as one column or one condition. */
export type Unit = readonly Piece[];

/** The lines written so far. */
export interface Lines {
  readonly lines: string[];
  /** Comments in lines of their own. */
  comments(comments: readonly HardComment[], indent: number): void;
  /** What stands in lines of its own, with the comments around it; `text` has all lines, the first one without its indentation. */
  unit(unit: Unit, text: readonly string[], indent: number, options?: { readonly commentIndent?: number }): void;
}

export function createLines(): Lines {
  const lines: string[] = [];
  const blank = (): void => {
    if (lines.length > 0 && lines.at(-1) !== '') lines.push('');
  };
  const comments = (found: readonly HardComment[], indent: number): void => {
    for (const comment of found) {
      if (comment.blankBefore) blank();
      lines.push(`${' '.repeat(indent)}${comment.text}`);
    }
  };
  return {
    lines,
    comments,
    unit(unit, [first = '', ...others], indent, { commentIndent = indent } = {}) {
      const [head] = unit;
      comments(head?.leading ?? [], commentIndent);
      if (head?.blankBefore === true) blank();
      lines.push(`${' '.repeat(indent)}${first}`, ...others);
      const [trailing, ...more] = unit.at(-1)?.trailing ?? [];
      if (trailing) {
        const line = lines.pop() ?? '';
        // A comment that was lined up with others by hand keeps its column.
        const gap = trailing.gap > 1 ? Math.max(1, trailing.column - lastLine(line).length) : 1;
        lines.push(`${line}${' '.repeat(gap)}${trailing.text}`);
      }
      comments(more, commentIndent);
    },
  };
}

function lastLine(text: string): string {
  return text.slice(Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1);
}

/** Whether a comment within has a line, or the rest of one, to itself: such a unit stays as it is written. */
export function isBroken(unit: Unit): boolean {
  return unit.some(({ leading, trailing }, index) => (index > 0 && leading.length > 0) || (index < unit.length - 1 && trailing.length > 0));
}

/** A unit as it is written in `source`. */
export function asWritten(unit: Unit, source: string): string {
  return source.slice(unit[0]?.start ?? 0, unit.at(-1)?.end ?? 0);
}

/** A unit in one line, or as it is written where it cannot be in one. */
export function inOneLine(unit: Unit, source: string, { keywords }: Measure): string {
  return isBroken(unit) ? asWritten(unit, source) : flat(unit, keywords);
}

/** Whether units with nothing but blanks between them can stand in one line. */
export function canJoin(units: readonly Unit[]): boolean {
  return units.every(
    (unit, index) =>
      !isBroken(unit) &&
      (index === 0 || (unit[0]?.leading.length ?? 0) === 0) &&
      (index === units.length - 1 || (unit.at(-1)?.trailing.length ?? 0) === 0) &&
      !unit.some(({ text }) => /[\r\n]/.test(text)),
  );
}

/**
 * A unit that ends a line: the comment at its end hangs on what it stands behind, as it will when the lines are read again. Otherwise that comment
 * would count for the width of its line once, and the second time not.
 */
export function endingLine(unit: Unit): Unit {
  const [before, last] = [unit.at(-2), unit.at(-1)];
  if (!before || last?.kind !== 'comment' || last.leading.length > 0 || last.trailing.length > 0) return unit;
  const { text, blankBefore, column } = last;
  return [...unit.slice(0, -2), { ...before, trailing: [...before.trailing, { text, blankBefore, column, gap: 1 }] }];
}

/** A unit that begins a line, with the comments it begins with in lines of their own. */
export function hoist(unit: Unit): Unit {
  const from = unit.findIndex(({ kind }) => kind !== 'comment');
  const head = unit[from];
  if (!head || from === 0) return unit;
  const comments = unit
    .slice(0, from)
    .flatMap(({ leading, text, blankBefore, column, trailing }) => [...leading, { text, blankBefore, column, gap: 0 }, ...trailing]);
  return [{ ...head, leading: [...comments, ...head.leading] }, ...unit.slice(from + 1)];
}
