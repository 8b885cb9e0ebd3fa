import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../engine/model/text/json.ts';
import { foldJson } from '../../../server/capabilities/json/folding.ts';
import { openFilterText } from '../../support/filter-language.ts';

/** Each line with what its fold hides; a fold that is a comment begins with `#`. */
function shown(text: string, ranges: readonly { startLine: number; endLine: number; kind?: string }[]): readonly string[] {
  const lines = text.split('\n');
  return ranges.map(
    ({ startLine, endLine, kind }) => `${kind === 'comment' ? '#' : ''}${lines[startLine]?.trim() ?? ''} … ${lines[endLine]?.trim() ?? ''}`,
  );
}

function json(text: string): readonly string[] {
  return shown(text, foldJson(text, parseJson(text, { strict: false }).whole));
}

function filter(text: string): readonly string[] {
  return shown(text, openFilterText(text).folding());
}

describe('folds of JSON', () => {
  it('are objects and arrays over several lines, down to the line before they close', () => {
    expect(json('{\n  "a": {\n    "b": 1\n  },\n  "c": [1, 2],\n  "d": [\n  ],\n  "e": [{\n    "f": 1\n  }]\n}')).toEqual([
      '{ … }]',
      '"a": { … "b": 1',
      '"e": [{ … "f": 1',
    ]);
  });

  it('are comments, alone in their lines', () => {
    expect(json('// one\n// two\n{\n  "a": 1, // three\n  // four\n  "b": 2,\n  /* five\n   six */\n  "c": 3\n}')).toEqual([
      '#// one … // two',
      '{ … "c": 3',
      '#/* five … six */',
    ]);
  });

  it('stay right while a bracket is missing', () => {
    expect(json('{\n  "a": {\n    "b": {\n      "x": 1\n  },\n  "c": {\n    "d": 1\n  }\n}')).toEqual([
      '{ … }',
      '"a": { … "x": 1',
      '"c": { … "d": 1',
    ]);
    expect(json('{\n  "a": {\n    "b": 1\n    }\n  },\n  "c": {\n    "d": 1\n  }\n}')).toEqual(['{ … }', '"a": { … }', '"c": { … "d": 1']);
    expect(json('{\n  "a": [\n    1,\n  "c": {\n    "d": 1\n  }\n}')).toEqual(['{ … }', '"c": { … "d": 1']);
  });

  it('follow the brackets where the text is whole, whatever the indentation', () => {
    expect(json('{\n"a": {\n      "b": 1\n   }\n}')).toEqual(['{ … }', '"a": { … "b": 1']);
  });
});

const query = `-- What it is for.
-- And for whom.
parameter a text
parameter b text default 'x'

select p.id,
       case
         when p.x = (
           1
         ) then 2
       end as y,
       script $$
         return 1;
       $$ as z
from hr.persons as p
left join hr.contracts as c
  on c.personId = p.id
where p.status = 'active'
  /* not those
     who left */
  and p.x = 1
order by p.id

lookup one include id in directory.users.id
lookup two exclude id in directory.users.id
`;

describe('folds of a filter', () => {
  it('are clauses, brackets, cases, scripts and comments', () => {
    expect(filter(query)).toEqual([
      '#-- What it is for. … -- And for whom.',
      "parameter a text … parameter b text default 'x'",
      'select p.id, … $$ as z',
      'case … ) then 2',
      'when p.x = ( … 1',
      'script $$ … return 1;',
      'from hr.persons as p … on c.personId = p.id',
      "where p.status = 'active' … and p.x = 1",
      '#/* not those … who left */',
      'lookup one include id in directory.users.id … lookup two exclude id in directory.users.id',
    ]);
  });

  it('stay right while it is typed', () => {
    expect(filter('select p.id,\n  (p.x\nfrom hr.persons as p\njoin\nwhere p.x =\n  ')).toEqual([
      'select p.id, … (p.x',
      'from hr.persons as p … join',
    ]);
    expect(filter('select p.id,\n  p.\nfrom hr.persons as p\njoin hr.contracts as c')).toEqual([
      'select p.id, … p.',
      'from hr.persons as p … join hr.contracts as c',
    ]);
    expect(filter('select /* never closed\nfrom a')).toEqual([]);
    expect(filter('select script $$ x\nfrom a')).toEqual([]);
    expect(filter('')).toEqual([]);
  });
});
