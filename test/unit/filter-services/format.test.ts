import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatEdits, formatFilter, isSame, writeFilter } from '../../../engine/model/filter/format.ts';
import { parseFilter } from '../../../engine/model/filter/parse.ts';
import { printFilter } from '../../../engine/model/filter/print.ts';
import { tokenize } from '../../../engine/model/filter/tokens.ts';
import { applyEdits } from '../../../engine/model/text/edits.ts';
import { filterTree } from '../filter/tree-arbitrary.ts';

const folder = join(import.meta.dirname, '../../fixtures/filter-services/format');

/** A text whose blanks between tokens are others: of the list where `pick` says. */
function respace(text: string, pick: (index: number) => string): string {
  const { tokens } = tokenize(text);
  let result = '';
  let end = 0;
  tokens.forEach(({ kind, span }, index) => {
    const gap = text.slice(end, span.offset);
    result += (gap === '' ? '' : pick(index)) + (kind === 'end' ? '' : text.slice(span.offset, span.offset + span.length));
    end = span.offset + span.length;
  });
  return `${result}\n`;
}

describe('formatting', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.filter'))) {
    it(`writes ${file} as expected`, () => {
      const formatted = formatFilter(readFileSync(join(folder, file), 'utf8'));
      const golden = join(folder, file.replace('.filter', '.txt'));
      if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(golden, formatted);
      expect(formatted).toBe(readFileSync(golden, 'utf8'));
      expect(formatFilter(formatted)).toBe(formatted);
    });
  }

  it('leaves a text alone that cannot be read to its end', () => {
    for (const text of ['select  p.id from', 'select  (p.id  from A.b as p', "select 'x from A.b", '', '-- nothing\n'])
      expect(formatFilter(text)).toBe(text);
  });

  it('keeps the case of words unless told otherwise, and never changes a name', () => {
    const text =
      'SELECT a.From AS "Select", a."X" As to_, b.id AS Group FROM A.From AS a JOIN A.B AS b VIA A.l(From, To) WHERE a.And = 1\n';
    expect(formatFilter(text, { keywords: 'lower' })).toBe(
      'select a.From as "Select", a."X" as to_, b.id as Group\nfrom   A.From as a\njoin A.B as b via A.l(From, To)\nwhere  a.And = 1\n',
    );
    expect(formatFilter(text)).toContain('SELECT a.From AS "Select"');
  });

  it('keeps the line ends, the mark at the beginning and lined-up comments', () => {
    expect(formatFilter('\uFEFFselect a.id   -- one\r\nfrom A.b as a      -- two\r\n')).toBe(
      '\uFEFFselect a.id   -- one\r\nfrom   A.b as a    -- two\r\n',
    );
  });

  it('ends lines as the text does, whatever line ends a name holds', () => {
    const text = 'select a.id as "a\rb"\nfrom   A.b as a\n';
    expect(formatFilter(text)).toBe(text);
  });

  it('does not count a comment at the end of a line for its width, in whichever line it stood', () => {
    const on = 'on a.someLongColumnName = b.anotherLongColumnName and b.x = 1';
    const formatted = `select a.id\nfrom   A.a as a\njoin A.b as b ${on} /* as agreed with them */\nwhere  a.x = 1\n`;
    expect(formatFilter(formatted.replace('*/\n', '*/ '))).toBe(formatted);
    expect(formatFilter(formatted)).toBe(formatted);
  });

  it('formats a text with two comments in one line', () => {
    const text = 'select a.id from A.a as a join A.b as b /* one */ -- two\n on  a.x = b.x';
    expect(formatFilter(text)).toBe('select a.id\nfrom   A.a as a\njoin A.b as b /* one */ -- two\n  on   a.x = b.x\n');
  });

  it('makes edits of the blanks alone, and of a range only those within', () => {
    const text = 'select  a.id\nfrom A.b  as a\nwhere   a.x=1\n';
    expect(applyEdits(text, formatEdits(text))).toBe(formatFilter(text));
    expect(
      formatEdits(text).every(({ span, text: written }) => `${text.slice(span.offset, span.offset + span.length)}${written}`.trim() === ''),
    ).toBe(true);
    expect(applyEdits(text, formatEdits(text, {}, { offset: text.indexOf('from'), length: 5 }))).toBe(
      'select  a.id\nfrom   A.b  as a\nwhere   a.x=1\n',
    );
  });

  it('changes no token, is settled after once, and does not depend on blanks', () => {
    fc.assert(
      fc.property(filterTree, fc.array(fc.constantFrom(' ', '  ', '\t'), { minLength: 1 }), (tree, blanks) => {
        const text = printFilter(tree);
        fc.pre(parseFilter(text).problems.length === 0);
        const formatted = writeFilter(text);
        expect(isSame(text, formatted), formatted).toBe(true);
        expect(writeFilter(formatted)).toBe(formatted);
        const oneLine = respace(text, () => ' ');
        expect(writeFilter(respace(oneLine, (index) => blanks[index % blanks.length] ?? ' '))).toBe(writeFilter(oneLine));
      }),
      { numRuns: 120 },
    );
  });

  it('keeps every comment wherever it stands', () => {
    const gaps = fc.constantFrom(
      ' ',
      '\n',
      '\n\n',
      ' -- note\n',
      '\n  -- own line\n',
      '\n-- two\n\n-- lines\n',
      ' /* in */ ',
      '\n/* long\n   one */\n',
      ' /* end */\n',
      ' /* a\nb */ ',
      ' /* one */ -- two\n',
      ' /* one */ /* two */ ',
    );
    fc.assert(
      fc.property(filterTree, fc.array(gaps, { minLength: 1 }), (tree, picked) => {
        const text = respace(printFilter(tree), (index) => picked[index % picked.length] ?? ' ');
        fc.pre(parseFilter(text).problems.length === 0);
        const formatted = writeFilter(text);
        expect(isSame(text, formatted), formatted).toBe(true);
        expect(writeFilter(formatted)).toBe(formatted);
        expect(applyEdits(text, formatEdits(text))).toBe(formatted);
      }),
      { numRuns: 200 },
    );
  });
});
