import { stripVTControlCharacters } from 'node:util';

/** Characters that a terminal draws two columns wide. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

/** Columns a text takes on a terminal; colour codes and combining marks take none. */
export function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(stripVTControlCharacters(text))) width += wide.test(segment) ? 2 : 1;
  return width;
}

/** What an API or a file says must not steer a terminal: no control characters, no overrides of the writing direction; line ends become spaces. */
export function plain(text: string): string {
  return text.replace(/[\r\n\t\u2028\u2029]+/g, ' ').replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}

/** Rows as aligned columns, two spaces apart, `right` aligned where asked; the last column is not padded. */
export function table(
  rows: readonly (readonly string[])[],
  options: { readonly right?: readonly number[]; readonly indent?: string; readonly longest?: number } = {},
): string {
  const { right = [], indent = '', longest = 60 } = options;
  const cut = rows.map((row) => row.map((cell) => shorten(cell, longest)));
  const widths = (cut[0] ?? []).map((_, column) => Math.max(...cut.map((row) => widthOf(row[column] ?? ''))));
  return cut
    .map((row) => {
      const cells = row.map((cell, column) => {
        const space = ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)));
        if (right.includes(column)) return `${space}${cell}`;
        return column === row.length - 1 ? cell : `${cell}${space}`;
      });
      return `${indent}${cells.join('  ').trimEnd()}\n`;
    })
    .join('');
}

function shorten(text: string, longest: number): string {
  return widthOf(text) <= longest
    ? text
    : `${[...new Intl.Segmenter().segment(text)]
        .slice(0, longest - 1)
        .map(({ segment }) => segment)
        .join('')}…`;
}
