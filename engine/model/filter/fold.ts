/**
 * Text as `collate nocase` compares it: composed, and without case for all of Unicode. Up and then down, as Unicode's full case folding
 * wants: `ß` meets `SS`, and all three sigmas meet.
 */
export function foldText(text: string): string {
  return text.normalize('NFC').toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFC');
}
