import { describe, expect, it } from 'vitest';
import { foldText } from '../../../engine/model/filter/fold.ts';

/** Every character that has a case, or is composed of others. */
const characters: readonly string[] = Array.from({ length: 0x20000 }, (_, code) => code)
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code))
  .filter((one) => /[\p{Changes_When_Casemapped}\p{Changes_When_Casefolded}\p{Changes_When_NFKC_Casefolded}\p{M}]/u.test(one));

describe('folding case', () => {
  it('is the same the second time, for every character', () => {
    const unstable = characters.filter((one) => foldText(foldText(one)) !== foldText(one));
    expect(unstable).toEqual([]);
  });
  it('makes no two letters one that Unicode tells apart', () => {
    // Regular expressions fold one letter to one, as CaseFolding.txt has it; composed letters are another matter.
    const differing = characters.filter((one) => {
      const folded = foldText(one);
      return (
        Array.from(folded).length === 1 &&
        folded !== one &&
        one.normalize('NFC') === one &&
        !new RegExp(`^\\u{${(one.codePointAt(0) ?? 0).toString(16)}}$`, 'iu').test(folded)
      );
    });
    expect(differing).toEqual([]);
  });
  it.each([
    ['Straße', 'STRASSE'],
    ['STRAẞE', 'strasse'],
    ['ΣΟΦΟΣ', 'σοφος'],
    ['É', 'e\u0301'],
    ['İzmir', 'i\u0307zmir'],
    ['ﬁn', 'FIN'],
  ])('lets %s meet %s', (one, other) => {
    expect(foldText(one)).toBe(foldText(other));
  });
  it.each([
    ['Işık', 'IŞIK'],
    ['Yıldız', 'Yildiz'],
    ['İsmail', 'Ismail'],
    ['Müller', 'Muller'],
    ['Ørsted', 'Orsted'],
  ])('tells %s from %s', (one, other) => {
    expect(foldText(one)).not.toBe(foldText(other));
  });
});
