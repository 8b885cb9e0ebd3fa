import { isClosing, isOpening, type Token } from './token.ts';

/** Where a token stands among the lines. */
export interface Place {
  /** The offset of its line. */
  readonly line: number;
  /** How far its line is indented, in columns. */
  readonly indent: number;
  /** The first token of its line. */
  readonly first: boolean;
  /** An opening bracket whose content begins on a later line. */
  readonly block: boolean;
  /** A closing bracket. */
  readonly closing: boolean;
}

const tab = 4;

/** The lines of tokens: how an author shows which bracket closes which. */
export function placesOf(text: string, tokens: readonly Token[]): readonly Place[] {
  const lines: number[] = [];
  let line = 0;
  let next = text.indexOf('\n');
  for (const { offset } of tokens) {
    while (next >= 0 && next < offset) {
      line = next + 1;
      next = text.indexOf('\n', line);
    }
    lines.push(line);
  }
  const places: Place[] = [];
  for (let i = tokens.length - 1; i >= 0; i--) {
    const own = lines[i] ?? 0;
    const following = tokens[i + 1];
    const block =
      isOpening(tokens[i]?.kind ?? ',') &&
      following !== undefined &&
      (lines[i + 1] !== own || (isOpening(following.kind) && places.at(-1)?.block === true));
    places.push({
      line: own,
      indent: indentOf(text, own),
      first: i === 0 || lines[i - 1] !== own,
      block,
      closing: isClosing(tokens[i]?.kind ?? ','),
    });
  }
  return places.reverse();
}

function indentOf(text: string, line: number): number {
  let columns = 0;
  for (let at = text.charCodeAt(line) === 0xfeff ? line + 1 : line; ; at++) {
    if (text[at] === ' ') columns++;
    else if (text[at] === '\t') columns += tab;
    else return columns;
  }
}

/** The blanks a line begins with. */
export function blanksOf(text: string, line: number): string {
  return /^[ \t]*/.exec(text.slice(text.charCodeAt(line) === 0xfeff ? line + 1 : line, line + 400))?.[0] ?? '';
}
