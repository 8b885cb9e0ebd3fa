import { describe, expect, test } from 'vitest';
import { bindFilter } from '../../../engine/model/filter/bind.ts';
import { bindOnce } from '../../../engine/model/filter/bind-once.ts';
import { readFilter } from '../../../engine/model/filter/filter.ts';
import { noLibrary } from '../../../engine/model/filter/library.ts';
import { tokenize } from '../../../engine/model/filter/tokens.ts';
import { catalogOf, joinParts } from '../../../engine/model/system/catalog.ts';
import { catalog } from './catalog.ts';

const script = 'return p.mail + Helper.suffix';

/** Codes and places of what is wrong with the script column. */
function problemsOf(text: string, known = catalog, scriptGlobals: readonly string[] = ['Helper']): readonly string[] {
  const { problems } = bindFilter(readFilter(text), known, { ...noLibrary, scriptGlobals });
  return problems.filter(({ code }) => code.startsWith('script-')).map(({ code, span }) => `${code} ${span.offset}`);
}

describe('a script that was read before', () => {
  const text = `select script $$ ${script} $$ as a from hr.persons as p`;
  const at = (name: string, within = text): number => within.indexOf(name);

  test('has its problems where it stands now', () => {
    const mistaken = text.replace('p.mail', 'p.male');
    expect(problemsOf(mistaken)).toEqual([`script-unknown-column ${at('male', mistaken)}`]);
    const moved = `-- what was above\n${mistaken}`;
    expect(problemsOf(moved)).toEqual([`script-unknown-column ${at('male', moved)}`]);
  });

  test('is read anew when its tables have other columns, another name, or perhaps no row', () => {
    expect(problemsOf(text)).toEqual([]);
    const others = catalogOf([{ system: 'hr', table: 'persons', columns: [{ name: 'id', type: 'text' }] }], []);
    expect(problemsOf(text, others)).toEqual([`script-unknown-column ${at('mail')}`]);
    const renamed = text.replace('as p', 'as q');
    expect(problemsOf(renamed)).toEqual([`script-unknown-name ${at('p.mail')}`]);
    const left = `select script $$ ${script} $$ as a from hr.departments as d left join hr.persons as p on p.departmentId = d.id`;
    expect(problemsOf(left)).toEqual([`script-unguarded ${at('mail', left)}`]);
    expect(problemsOf(text)).toEqual([]);
  });

  test('is read anew when there are other libraries', () => {
    expect(problemsOf(text)).toEqual([]);
    expect(problemsOf(text, catalog, [])).toEqual([`script-unknown-name ${at('Helper')}`]);
  });

  test('is checked anew when a system that it asks the vault for has other columns', () => {
    const document = readFilter(
      "select script $$ return vaultObjectExistsByRef('directory', 'users', 'mail', p.mail) $$ as a from hr.persons as p",
    );
    expect(bindOnce(document, catalog).problems).toEqual([]);
    const directory = catalog.parts.get('directory');
    const tables = directory?.tables.map((table) => ({ ...table, columns: table.columns.filter(({ name }) => name !== 'mail') })) ?? [];
    const parts = new Map(catalog.parts).set('directory', { tables, relations: directory?.relations ?? [] });
    const others = joinParts(parts, catalog.between);
    expect(bindOnce(document, others).problems.map(({ code }) => code)).toEqual(['script-unknown-table']);
  });

  test('reads from the tables of its own filter', () => {
    const [first, second] = [text, `\n${text}`].map((one) =>
      bindFilter(readFilter(one), catalog, { ...noLibrary, scriptGlobals: ['Helper'] }),
    );
    expect(first?.columns[0]?.script?.reads[0]?.table).toBe(first?.from);
    expect(second?.columns[0]?.script?.reads[0]?.table).toBe(second?.from);
    expect(second?.from).not.toBe(first?.from);
  });
});

describe('tokens', () => {
  test.each([
    ['a word goes on after its ASCII letters', 'namé', ['namé']],
    ['a combining mark belongs to its letter', 'nae\u0301x.y', ['nae\u0301x', '.', 'y']],
    ['a blank that is no ASCII parts words', 'a\u00a0b\ufeffc', ['a', 'b', 'c']],
    ['a dot before a digit begins a number', 't.5', ['t', '.5']],
    ['a sign that is no word ends one', 'a😀b', ['a', '😀', 'b']],
    ['a minus is no comment, two are', 'a-b--c', ['a', '-', 'b']],
    ['a slash is no comment', 'a/b/*c*/d', ['a', '/', 'b', 'd']],
  ])('%s', (_, text, values) => {
    const own = tokenize(text).tokens.filter(({ kind }) => kind !== 'end');
    expect(own.map(({ value }) => value)).toEqual(values);
    expect(own.map(({ span }) => text.slice(span.offset, span.offset + span.length))).toEqual(values);
  });

  test('of one text are not those of the next', () => {
    const [one, other] = [tokenize('a b'), tokenize('a c')];
    expect([one, other].map(({ tokens }) => tokens[1]?.value)).toEqual(['b', 'c']);
  });
});
