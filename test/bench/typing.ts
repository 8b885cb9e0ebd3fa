/** One key stroke: what is put in place of what, and where the caret is then. */
export interface KeyStroke {
  readonly offset: number;
  readonly cut: number;
  readonly insert: string;
  readonly caret: number;
}

/** What an author types: a new property (most versions between are not JSON), a value (every version is), or the name of a column. */
export type Typing = 'property' | 'value' | 'name';

/** The key strokes of an author who types at places all over a connector, and takes away what was typed before going on. */
export function typing(text: string, kind: Typing, places: number): readonly KeyStroke[] {
  const starts = [...text.matchAll(patterns[kind])].map(({ index, 0: { length } }) => index + (kind === 'property' ? 0 : length));
  const step = Math.max(1, Math.floor(starts.length / places));
  return starts
    .filter((_, index) => index % step === 0)
    .slice(0, places)
    .flatMap((start) => (kind === 'property' ? typeProperty(start) : typeWord(start, kind === 'value' ? '/archived' : 'Archived')));
}

const patterns: Readonly<Record<Typing, RegExp>> = {
  property: /"method":/g,
  value: /"path":\s*"\/?[^"\\]+/g,
  name: /"[A-Za-z]{4,}(?=":\s*"(?:string|boolean)\*?")/g,
};

function typeWord(start: number, word: string): readonly KeyStroke[] {
  const strokes = Array.from({ length: word.length }, (_, index): KeyStroke => {
    const offset = start + index;
    return { offset, cut: 0, insert: word.charAt(index), caret: offset + 1 };
  });
  return [...strokes, { offset: start, cut: word.length, insert: '', caret: start }];
}

/** The editor closes quotes. */
function typeProperty(start: number): readonly KeyStroke[] {
  const strokes: KeyStroke[] = [];
  let caret = start;
  const type = (insert: string, back = 0): void => {
    strokes.push({ offset: caret, cut: 0, insert, caret: caret + insert.length - back });
    caret += insert.length - back;
  };
  const step = (): void => {
    caret++;
  };
  type('""', 1);
  for (const letter of 'semantics') type(letter);
  step();
  type(':');
  type(' ');
  type('""', 1);
  for (const letter of 'create') type(letter);
  step();
  type(',');
  // Taken away at once, so that the next place is where it was.
  strokes.push({ offset: start, cut: caret - start, insert: '', caret: start });
  return strokes;
}
