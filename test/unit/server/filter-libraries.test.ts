import { describe, expect, it } from 'vitest';
import type { MarkupContent } from 'vscode-languageserver-types';
import { libraryMembers } from '../../../engine/model/script/library-members.ts';
import { filterLanguage, type FilterLanguage } from '../../../server/capabilities/filter/language.ts';
import { viewWith } from '../../support/filter-language.ts';
import { parseCaret } from '../../support/marks.ts';

const members = (text: string): readonly string[] =>
  libraryMembers({ path: 'libraries/Helper.js', name: 'Helper', text }).map(({ signature }) => signature);

describe('the members of a library', () => {
  it.each([
    [
      'return class { static up(text) { return text } static #own() {} low(text) {} static limit = 5; static get now() { return 1 } }',
      ['up(text)', 'limit', 'now'],
    ],
    ["class Names { static full(first, last = '') {} }\nreturn Names", ["full(first, last = '')"]],
    ['class Base { static one() {} static two() {} } class Names extends Base { static two(a) {} }\nreturn Names', ['two(a)', 'one()']],
    ['class Names { constructor(a) {} full(...parts) {} size = 1 }\nreturn new Names(1)', ['full(...parts)', 'size']],
    [
      "const short = (name) => name[0];\nreturn { short, long(name,\n  more) {}, 'odd key': 1, pi: 3.14 }",
      ['short(name)', 'long(name, more)', 'odd key', 'pi'],
    ],
    ['const names = Object.freeze({ a() {} });\nreturn names', ['a()']],
    ['return make()', []],
    ['return class {', []],
    ["return 'example.test'", []],
    ['const a = b; const b = a; return a', []],
  ])('%s', (text, expected) => {
    expect(members(text)).toEqual(expected);
  });
});

const open = (text: string): FilterLanguage => {
  const path = 'filters/Test.filter';
  const library = 'return class { static fullName(first, last) { return first + last } static limit = 5 }';
  return filterLanguage('file:///test.filter', text, { view: viewWith({ [path]: text, 'libraries/Helper.js': library }), path });
};

describe('in a script column', () => {
  const script = (code: string): string => `select script $$ return ${code} $$ as x from hr.persons as p`;
  const offered = (code: string): readonly (string | undefined)[] => {
    const { text, caret } = parseCaret(script(code));
    return open(text)
      .complete(caret)
      .map(({ label, detail }) => `${label}: ${detail ?? ''}`);
  };
  it.each(['Helper.<|>', 'Helper.fu<|>', 'p.mail + Helper?.<|>'])('they are offered behind the dot: %s', (code) => {
    expect(offered(code)).toEqual(['fullName: fullName(first, last)', 'limit: limit']);
  });
  it.each(['Nobody.<|>', 'x.Helper.<|>', "Helper['<|>"])('and nowhere else: %s', (code) => {
    expect(offered(code)).toEqual([]);
  });
  it('a hover tells how one is called', () => {
    const { text, caret } = parseCaret(script('Helper.full<|>Name(p.mail)'));
    const shown = open(text).hover(caret)?.contents as MarkupContent | undefined;
    expect(shown?.value).toBe('```js\nHelper.fullName(first, last)\n```\n\nOf `libraries/Helper.js`.');
  });
});
