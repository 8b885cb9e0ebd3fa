import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openFilterText } from '../../support/filter-language.ts';
import { parseCaret } from '../../support/marks.ts';

const text = `select script number $$
  // a ( in a comment
  if (p.mail) {
    return [
      p['mail'].length,
      '}',
    ][0];
  }
$$ as size
from hr.persons as p`;

describe('a script in a filter', () => {
  test('folds as a whole and by its brackets', () => {
    const folds = openFilterText(text)
      .folding()
      .map(({ startLine, endLine }) => `${startLine}-${endLine}`);
    expect(folds).toEqual(expect.arrayContaining(['2-6', '3-5']));
    expect(folds[0]).toMatch(/^0-/);
  });

  test('is selected word by word, bracket by bracket', () => {
    const { text: marked, caret } = parseCaret(text.replace('p.mail', 'p.ma<|>il'));
    const spans = openFilterText(marked)
      .selection(caret)
      .map(({ offset, length }) => marked.slice(offset, offset + length));
    expect(spans.slice(0, 3)).toEqual(['mail', 'p.mail', '(p.mail)']);
    expect(spans).toContain(marked.slice(marked.indexOf('$$') + 2, marked.lastIndexOf('$$')));
  });

  test('has the colours of tables and columns where it names them', () => {
    const tokens = openFilterText(text)
      .tokens()
      .filter(({ span }) => span.offset > text.indexOf('$$') && span.offset < text.lastIndexOf('$$'))
      .map(({ span, type }) => `${text.slice(span.offset, span.offset + span.length)} ${type}`);
    expect(tokens.sort()).toEqual(['mail property', 'mail property', 'p class', 'p class']);
  });

  test('is JavaScript for the grammar, with or without a type', () => {
    const grammar = JSON.parse(
      readFileSync(new URL('../../../client/languages/sollist-filter.tmLanguage.json', import.meta.url), 'utf8'),
    ) as { repository: { script: { begin: string; contentName: string; patterns: readonly { include: string }[] } } };
    const { begin, contentName, patterns } = grammar.repository.script;
    const regex = new RegExp(begin.replace('(?i)', ''), 'iu');
    expect(regex.exec('select script $$ return 1')?.slice(1)).toEqual(['script', undefined, '$$']);
    expect(regex.exec('SCRIPT Number $$')?.slice(1)).toEqual(['SCRIPT', 'Number', '$$']);
    expect(regex.test('select my_script $$')).toBe(false);
    expect([contentName, patterns]).toEqual(['meta.embedded.block.javascript', [{ include: 'source.js' }]]);
  });
});
