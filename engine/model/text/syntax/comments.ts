import { replace, withItsBlanks, type Fault } from './fault.ts';
import type { Source } from './source.ts';

/** A comment as it stands in the text. */
export interface Comment {
  readonly offset: number;
  readonly end: number;
  readonly kind: '//' | '/*' | '#';
  /** False for one that runs to the end of the text; `end` is then that of its first line. */
  readonly closed: boolean;
}

/** The comment that begins here, if one does. */
export function commentAt({ text, lineEnd, closesComment }: Source, offset: number): Comment | undefined {
  const two = text.slice(offset, offset + 2);
  if (two === '//') return { offset, end: lineEnd(offset), kind: '//', closed: true };
  if (two === '# ' || two === '#\t') return { offset, end: lineEnd(offset), kind: '#', closed: true };
  if (two !== '/*') return undefined;
  const close = closesComment(offset + 2);
  return { offset, end: close < 0 ? lineEnd(offset) : close + 2, kind: '/*', closed: close >= 0 };
}

/** What is wrong with comments; those that follow each other are told as one. */
export function checkComments(text: string, comments: readonly Comment[], strict: boolean): readonly Fault[] {
  if (!strict) return comments.flatMap((comment) => checkOwn(text, comment));
  const runs: { offset: number; end: number; closed: boolean; known: boolean; count: number }[] = [];
  for (const { offset, end, closed, kind } of comments) {
    const last = runs.at(-1);
    const known = kind !== '#';
    if (last && text.slice(last.end, offset).trim() === '')
      Object.assign(last, { end, closed, known: last.known && known, count: last.count + 1 });
    else runs.push({ offset, end, closed, known, count: 1 });
  }
  return runs.map(({ offset, end, closed, known, count }) => {
    const out = withItsBlanks(text, offset, end);
    return {
      offset,
      length: end - offset,
      message: closed
        ? `NIM reads strict JSON, which has no comments. Remove ${count > 1 ? 'these' : 'this one'}.`
        : 'NIM reads strict JSON, which has no comments. This one is never closed, so that all that follows belongs to it. Remove it.',
      fixes: [replace(count > 1 ? `Remove the ${count} comments` : 'Remove the comment', out.offset, out.end, '')],
      harmless: closed && known,
    };
  });
}

/** Our own files may hold comments, if they are written as one. */
function checkOwn(text: string, { offset, end, kind, closed }: Comment): readonly Fault[] {
  if (kind === '#') {
    const message = 'A comment begins with // here, not with #.';
    return [{ offset, length: 1, message, fixes: [replace('Write //', offset, offset + 1, '//')] }];
  }
  if (closed) return [];
  const message = 'This comment is never closed. Write */ where it ends.';
  const before = text.slice(offset, end).trimEnd().length + offset;
  return [{ offset, length: 2, message, fixes: [replace('Close the comment at the end of its line', before, before, ' */')] }];
}
