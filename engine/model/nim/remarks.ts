import { printExpression } from '../filter/print-expression.ts';
import { printJoin } from '../filter/print.ts';
import type { DisabledItem } from './import-items.ts';

/** What NIM keeps of a filter beside what it does. */
export interface Notes {
  readonly notes: string;
  readonly tags: readonly string[];
  /** The filter it was made from, where `extends` cannot say so. */
  readonly parent?: string | undefined;
}

/** The leading comment. */
export function notesOf({ notes, tags, parent }: Notes): readonly string[] {
  const lines = notes.trim() === '' ? [] : notes.trim().split(/\r\n|\r|\n/);
  return [
    ...lines,
    ...(tags.length > 0 ? [`Tags: ${tags.map(oneLine).join(', ')}`] : []),
    ...(parent === undefined ? [] : [`Parent in NIM: ${oneLine(parent)}`]),
  ].map((line) => `-- ${line}`.trimEnd());
}

/** The leading comment read back. */
export function readNotes(comments: readonly string[]): Notes {
  const lines = comments.flatMap((comment) =>
    comment.startsWith('/*')
      ? comment
          .slice(2, -2)
          .split('\n')
          .map((line) => line.replace(/^\s*\*?\s?/, '').trimEnd())
      : [comment.replace(/^--\s?/, '').trimEnd()],
  );
  const take = (label: string): string | undefined => {
    const at = lines.findLastIndex((line) => line.startsWith(`${label}: `));
    return at < 0
      ? undefined
      : lines
          .splice(at, 1)[0]
          ?.slice(label.length + 2)
          .trim();
  };
  const parent = take('Parent in NIM');
  const tags = take('Tags')
    ?.split(',')
    .map((tag) => tag.trim());
  return { notes: lines.join('\n').trim(), tags: tags?.filter((tag) => tag !== '') ?? [], ...(parent !== undefined && { parent }) };
}

/** Comments with the text of what is switched off: taking the two dashes away switches it on. */
export function disabledLines(disabled: readonly DisabledItem[], hasWhere: boolean): readonly string[] {
  let where = hasWhere;
  return disabled.flatMap(({ condition, joins, inOr }) => {
    const lines = joins.map((join) => `-- ${oneLine(printJoin(join))}`);
    if (!condition) return lines;
    const text = oneLine(printExpression(condition));
    const word = inOr ? 'or' : where ? 'and' : 'where';
    if (!inOr) where = true;
    // Moved in, it belongs to the conditions before it.
    return [
      ...lines,
      `${word === 'where' ? '' : '  '}-- ${word} ${condition.kind === 'logic' && condition.operator === 'or' ? `(${text})` : text}`,
    ];
  });
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ');
}
