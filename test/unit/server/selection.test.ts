import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../engine/model/text/json.ts';
import type { Span } from '../../../engine/model/text/problem.ts';
import { selectInJson } from '../../../server/capabilities/json/selection.ts';
import { openFilterText } from '../../support/filter-language.ts';
import { parseCaret } from '../../support/marks.ts';

function texts(text: string, spans: readonly Span[]): readonly string[] {
  return spans.map(({ offset, length }) => text.slice(offset, offset + length));
}

/** What a selection at the caret grows to. */
function json(marked: string, templates = true): readonly string[] {
  const { text, caret } = parseCaret(marked);
  return texts(text, selectInJson(text, parseJson(text, { strict: false }).root, caret, templates));
}

function filter(marked: string): readonly string[] {
  const { text, caret } = parseCaret(marked);
  return texts(text, openFilterText(text).selection(caret));
}

describe('a selection in JSON grows', () => {
  it('from a variable to the document', () => {
    expect(json('{ "call": { "path": "/u/{i<|>d}/x", "b": 1 } }')).toEqual([
      '{id}',
      '/u/{id}/x',
      '"/u/{id}/x"',
      '"path": "/u/{id}/x"',
      '"path": "/u/{id}/x", "b": 1',
      '{ "path": "/u/{id}/x", "b": 1 }',
      '"call": { "path": "/u/{id}/x", "b": 1 }',
      '{ "call": { "path": "/u/{id}/x", "b": 1 } }',
    ]);
    expect(json('["{i<|>d}"]', false)).toEqual(['{id}', '"{id}"', '["{id}"]']);
  });

  it('from a name, a number, and a blank', () => {
    expect(json('{ "a<|>b": 1 }\n')).toEqual(['ab', '"ab"', '"ab": 1', '{ "ab": 1 }', '{ "ab": 1 }\n']);
    expect(json('[1, 2<|>2]')).toEqual(['22', '1, 22', '[1, 22]']);
    expect(json('{ <|> "a": 1 }')).toEqual(['{  "a": 1 }']);
    expect(json('<|>')).toEqual([]);
  });

  it('in a text that is not finished', () => {
    expect(json('{ "a": "x{b<|>}\n}')[0]).toBe('{b}');
    expect(json('{ "a": [ { "b": "x<|>y" ').slice(0, 3)).toEqual(['xy', '"xy"', '"b": "xy"']);
  });
});

describe('a selection in a filter grows', () => {
  const text = "select p.id as x, lower(p.na<|>me || 'b')\nfrom hr.persons as p\nwhere p.id = 1\n";

  it('from a word over its expression and clause to the text', () => {
    expect(filter(text)).toEqual([
      'name',
      'p.name',
      "p.name || 'b'",
      "(p.name || 'b')",
      "lower(p.name || 'b')",
      "select p.id as x, lower(p.name || 'b')",
      "select p.id as x, lower(p.name || 'b')\nfrom hr.persons as p\nwhere p.id = 1",
      text.replace('<|>', ''),
    ]);
  });

  it('inside texts, scripts, joins and comments', () => {
    expect(filter("select p.x = 'a<|>b' from hr.persons as p").slice(0, 3)).toEqual(['ab', "'ab'", "p.x = 'ab'"]);
    expect(filter('select script $$ re<|>turn $$ as a from hr.persons as p').slice(0, 3)).toEqual(['return', ' return ', '$$ return $$']);
    expect(filter('select p.id from hr.persons as p left join hr.contracts as c on c.id = p.i<|>d').slice(0, 5)).toEqual([
      'id',
      'p.id',
      'c.id = p.id',
      'left join hr.contracts as c on c.id = p.id',
      'from hr.persons as p left join hr.contracts as c on c.id = p.id',
    ]);
    expect(filter('-- a <|>note\nselect p.id from hr.persons as p')[0]).toBe('-- a note');
  });

  it('in one that is not finished', () => {
    expect(filter('select p.<|>')).toEqual(['p.', 'select p.']);
    expect(filter("select 'a<|>b\nfrom")[0]).toBe("'ab");
  });
});
