/**
 * The text of one row in a JSON text that may have been cut: `path` leads through objects to a list, `index` to the row in it. Undefined
 * where the text ends before the row does. Reads the text once, without building anything.
 */
export function rowText(text: string, path: readonly string[], index: number): string | undefined {
  let position = skipSpace(text, 0);
  for (const name of path) {
    const found = property(text, position, name);
    if (found === undefined) return undefined;
    position = found;
  }
  if (text[position] !== '[') return undefined;
  position = skipSpace(text, position + 1);
  for (let place = 0; ; place += 1) {
    const end = valueEnd(text, position);
    if (end === undefined || end === position) return undefined;
    if (place === index) return text.slice(position, end);
    position = skipSpace(text, end);
    if (text[position] !== ',') return undefined;
    position = skipSpace(text, position + 1);
  }
}

/** Where the value of a property begins. */
function property(text: string, start: number, name: string): number | undefined {
  if (text[start] !== '{') return undefined;
  let position = skipSpace(text, start + 1);
  for (;;) {
    const nameEnd = text[position] === '"' ? valueEnd(text, position) : undefined;
    if (nameEnd === undefined) return undefined;
    const written = text.slice(position, nameEnd);
    position = skipSpace(text, nameEnd);
    if (text[position] !== ':') return undefined;
    position = skipSpace(text, position + 1);
    if (isName(written, name)) return position;
    const end = valueEnd(text, position);
    if (end === undefined) return undefined;
    position = skipSpace(text, end);
    if (text[position] !== ',') return undefined;
    position = skipSpace(text, position + 1);
  }
}

function isName(written: string, name: string): boolean {
  try {
    return JSON.parse(written) === name;
  } catch {
    return false;
  }
}

/** Behind the value that begins here; undefined where the text ends first. */
function valueEnd(text: string, start: number): number | undefined {
  let depth = 0;
  for (let position = start; position < text.length; position += 1) {
    const sign = text[position];
    if (sign === '"') {
      position += 1;
      while (position < text.length && text[position] !== '"') position += text[position] === '\\' ? 2 : 1;
      if (position >= text.length) return undefined;
      if (depth === 0) return position + 1;
    } else if (sign === '{' || sign === '[') depth += 1;
    else if (sign === '}' || sign === ']') {
      depth -= 1;
      if (depth === 0) return position + 1;
      if (depth < 0) return position;
    } else if (depth === 0 && (sign === ',' || sign === ':')) return position;
  }
  return undefined;
}

function skipSpace(text: string, start: number): number {
  let position = start;
  while (position < text.length && ' \t\r\n'.includes(text[position] ?? '')) position += 1;
  return position;
}
