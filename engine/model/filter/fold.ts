/**
 * Text as `collate nocase` compares it: composed, and without case for all of Unicode. Down, up and down again, as Unicode's full case folding
 * wants: `ß`, `ẞ` and `SS` meet, and all three sigmas.
 */
export function foldText(text: string): string {
  return text.normalize('NFC').toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFC');
}
