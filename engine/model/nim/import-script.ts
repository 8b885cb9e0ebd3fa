/**
 * A NIM script as the body of a script column: in the line where it has one, else in lines of its own, moved in as far as the text around it. Two
 * `$` end a script here, so one of them is written as its escape, which means the same in names, texts and templates.
 */
export function scriptBody(javascript: string, indent: number): string {
  const code = tidy(javascript);
  if (code === '') return ' ';
  // A comment in the last line would take the closing mark with it only if they shared a line.
  if (!code.includes('\n') && !code.includes('//')) return ` ${code} `;
  const inset = ' '.repeat(indent);
  const lines = holdsLines(code) ? code : code.replace(/^(?=.*\S)/gm, `${inset}  `);
  return `\n${lines}\n${inset}`;
}

/** The script as NIM gets it back: without what laying it out has added. */
export function scriptOf(body: string): string {
  return tidy(body);
}

/** Without blank lines around it and without what all lines are indented by. Doing it twice changes nothing. */
function tidy(javascript: string): string {
  const lines = javascript.replace(/\r\n?/g, '\n').replace(/\$(?=\$)/g, '\\u0024');
  const code = lines.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd();
  if (holdsLines(code)) return code.includes('\n') ? code : code.trim();
  const filled = code.split('\n').filter((line) => line.trim() !== '');
  const indent = filled.map((line) => /^[ \t]*/.exec(line)?.[0] ?? '').reduce(common, filled[0] ?? '');
  return code
    .split('\n')
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()))
    .map((line) => line.trimEnd())
    .join('\n');
}

function common(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return one.slice(0, length);
}

/** A template or a line that goes on in the next one may hold line breaks that belong to its text: such a script is not moved. */
function holdsLines(code: string): boolean {
  return /`[^`]*\n/.test(code) || /\\\n/.test(code);
}
