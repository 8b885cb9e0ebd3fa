import { expect, test } from 'vitest';
import { openFilterText } from '../../support/filter-language.ts';
import { parseCaret } from '../../support/marks.ts';

/** The signature at the caret, the part the caret is in between » and «. */
function signatureAt(marked: string): string | undefined {
  const { text, caret } = parseCaret(marked);
  const help = openFilterText(text).signature(caret);
  const chosen = help?.signatures[help.activeSignature ?? 0];
  const at = chosen?.parameters?.[help?.activeParameter ?? 0]?.label;
  if (!chosen || at === undefined || typeof at === 'string') return chosen?.label;
  return `${chosen.label.slice(0, at[0])}»${chosen.label.slice(...at)}«${chosen.label.slice(at[1])}`;
}

test.each([
  ['substr(<|>', 'substr(»text«, start [, count])'],
  ['substr(p.lastName, <|>', 'substr(text, »start« [, count])'],
  ['substr(p.lastName, 1, <|>)', 'substr(text, start [, »count«])'],
  ["lower('<|>", 'lower(»text«)'],
  ["coalesce(a, lower(b), '(,', <|>", 'coalesce(value, »other«, …)'],
  ['coalesce(a, lower(<|>', 'lower(»text«)'],
  ['today(<|>)', 'today()'],
  ['group_concat(distinct p.id, <|>', 'group_concat([distinct] value [, »separator«])'],
  ['count(*<|>)', 'count(»*«)'],
  ['count(<|>)', 'count(»[distinct] value«)'],
  ['cast(<|>', 'cast(»value as type«)'],
  ['case when matched(<|>', 'matched(»alias«)'],
])('in select %s', (written, expected) => {
  expect(signatureAt(`select ${written}`)).toBe(expected);
});

test('a link table, with what its columns refer to', () => {
  const start = 'select p.id from hr.persons as p join directory.groups as g via directory.members(';
  expect(signatureAt(`${start}<|>`)).toBe('via members(»near«, far)');
  expect(signatureAt(`${start}user_id, <|>)`)).toBe('via members(near, »far«)');
  const { text, caret } = parseCaret(`${start}<|>`);
  expect(JSON.stringify(openFilterText(text).signature(caret))).toContain('`directory.members.');
});

test('distinct on', () => {
  expect(signatureAt('select distinct on (<|>')).toBe('distinct on (»column«)');
});

test.each(['select (<|>', 'select p.id in (<|>', 'select lower(a) <|>', 'select 1 -- lower(<|>', 'select script $$ lower(<|> $$ as x'])(
  'nothing in %s',
  (marked) => {
    expect(signatureAt(marked)).toBeUndefined();
  },
);
