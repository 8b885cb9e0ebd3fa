import { format } from 'node:util';

const mark = 'suite| ';

/** What a reporter prints, with each line marked as the suite's own among the lines of the workbench. */
export function suiteLine(...parts: readonly unknown[]): string {
  return format(...parts)
    .split('\n')
    .map((line) => mark + line)
    .join('\n');
}

/** The suite's own lines in something that was logged. */
export function ownLines(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const at = line.indexOf(mark);
    return at < 0 ? [] : [line.slice(at + mark.length)];
  });
}
