/**
 * Text as `collate nocase` compares it: composed, and without case as Unicode's full case folding has it (CaseFolding.txt, statuses C and F). Down, up
 * and down again does that: `ß`, `ẞ` and `SS` meet, and all three sigmas. Only the Turkish `ı`, which becomes an `I` on the way up, is a letter of
 * its own there: Işık and Isik are two people, to other systems, too.
 */
export function foldText(text: string): string {
  if (isAscii.test(text)) return text.toLowerCase();
  const small = text.normalize('NFC').toLowerCase();
  const folded = small.includes('ı') ? small.split('ı').map(upAndDown).join('ı') : upAndDown(small);
  return folded.replaceAll('ς', 'σ').normalize('NFC');
}

const isAscii = /^[\0-\x7f]*$/;

function upAndDown(text: string): string {
  return text.toUpperCase().toLowerCase();
}
