import type { Edit, Span } from '../../text/problem.ts';

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200C\u200D]*$/u;

const reserved: ReadonlySet<string> = new Set(
  (
    'await break case catch class const continue debugger default delete do else enum export extends false finally for function if import in ' +
    'instanceof let new null return static super switch this throw true try typeof var void while with yield data'
  ).split(' '),
);

/** Writes a name into a script: as it stands there, or in quotes where it is no word of JavaScript. */
export function writeInScript(span: Span, spelling: 'key' | 'member' | 'identifier', name: string, source: string): Edit {
  const { offset, length } = span;
  // Two dollar signs would end the script.
  const isWord = identifier.test(name) && !name.includes('$$');
  if (spelling === 'key') return { span, text: inQuotes(name, source[offset - 1] ?? "'") };
  if (spelling === 'identifier') return { span, text: isWord && !reserved.has(name) ? name : `data[${quoted(name)}]` };
  const before = source.slice(0, offset).trimEnd();
  if (before.endsWith('.')) {
    if (isWord) return { span, text: name };
    const start = before.endsWith('?.') ? before.length : before.length - 1;
    return { span: { offset: start, length: offset + length - start }, text: `[${quoted(name)}]` };
  }
  // A key of `const { mail } = Users`: what the script calls the value stays.
  const key = isWord ? name : quoted(name);
  if (/['"`]/.test(source[offset - 1] ?? '')) return { span, text: inQuotes(name, source[offset - 1] ?? "'") };
  const own = source.slice(offset, offset + length);
  return { span, text: /^\s*:/.test(source.slice(offset + length)) ? key : `${key}: ${own}` };
}

function quoted(name: string): string {
  return `'${inQuotes(name, "'")}'`;
}

/** A text between quotes of JavaScript, such that it does not end the script it stands in. */
export function inQuotes(name: string, quote: string): string {
  const escaped = name.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
  return name.includes('$$') || quote === '`' ? escaped.replaceAll('$', String.raw`\x24`) : escaped;
}
