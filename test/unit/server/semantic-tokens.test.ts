import { describe, expect, it } from 'vitest';
import { indexLines } from '../../../engine/model/text/lines.ts';
import { connectorTokens } from '../../../server/capabilities/connector/semantic-tokens.ts';
import { encodeTokens, semanticLegend, type SemanticToken } from '../../../server/capabilities/semantic-tokens.ts';
import { openConnector } from '../../support/connector.ts';
import { sample } from '../../support/connector-language.ts';
import { openFilterText } from '../../support/filter-language.ts';

/** `text: type modifier`, in order, as an editor decodes them. */
function shown(text: string, tokens: readonly SemanticToken[], within?: { offset: number; length: number }): readonly string[] {
  const lines = indexLines(text);
  const data = encodeTokens(tokens, lines, within);
  const found: string[] = [];
  let [line, column] = [0, 0];
  for (let at = 0; at < data.length; at += 5) {
    const [lineStep = 0, step = 0, length = 0, type = 0, modifiers = 0] = data.slice(at, at + 5);
    column = lineStep === 0 ? column + step : step;
    line += lineStep;
    const offset = lines.offsetAt({ line, column });
    const modifier = semanticLegend.tokenModifiers.filter((_, bit) => (modifiers & (1 << bit)) !== 0);
    found.push([`${text.slice(offset, offset + length)}:`, semanticLegend.tokenTypes[type], ...modifier].join(' '));
  }
  return found;
}

describe('the colours of a connector', () => {
  const found = shown(sample, connectorTokens(openConnector(sample)));

  it('tell variables by where their value comes from', () => {
    expect(found).toContain('tenant_id: variable');
    expect(found).toContain('page_size: variable');
    expect(found).toContain('take_count: variable readonly');
    expect(found).toContain('iterator: parameter');
    expect(found).toContain('group_id: parameter');
    expect(found.filter((one) => one.startsWith('no_encode'))).toEqual(['no_encode: keyword']);
  });

  it('tell tables, operations and types', () => {
    expect(found.slice(0, 3)).toEqual(['users: class declaration', 'users_get: method declaration', 'user_update: method declaration']);
    expect(found).toContain('members_get: method declaration');
    expect(found.filter((one) => one === 'groups: class')).toHaveLength(2);
    expect(found).toContain('member_add: method');
    expect(found).toContain('_:string*: type');
    expect(found).toContain('emails: class declaration');
  });

  it('leave a variable without a value alone', () => {
    const text = sample.replace('/users/{id}', '/users/{nobody}');
    expect(shown(text, connectorTokens(openConnector(text))).filter((one) => one.startsWith('nobody'))).toEqual([]);
  });

  it('are those of a range only', () => {
    const range = { offset: sample.indexOf('"user_update"'), length: '"user_update": {'.length };
    expect(shown(sample, connectorTokens(openConnector(sample)), range)).toEqual(['user_update: method declaration']);
  });
});

describe('the colours of a filter', () => {
  const colours = (text: string): readonly string[] => shown(text, openFilterText(text).tokens());

  it('tell names by what they are bound to', () => {
    expect(
      colours(
        'parameter who text\nselect p.id, lower(p.mail) as m, p.nothing\nfrom hr.persons as p\nwhere p.id = @who\nlookup one include m in directory.users.id',
      ),
    ).toEqual([
      'who: parameter declaration',
      'p: class',
      'id: property',
      'lower: function',
      'p: class',
      'mail: property',
      'm: property',
      'p: class',
      'hr: namespace',
      'persons: class',
      'p: class declaration',
      'p: class',
      'id: property',
      '@who: parameter',
      'one: variable declaration',
      'm: property',
      'directory: namespace',
      'users: class',
      'id: property',
    ]);
  });

  it('are there while it is typed', () => {
    expect(colours('select p.\nfrom hr.persons as p')).toContain('persons: class');
    expect(colours('')).toEqual([]);
  });
});

describe('tokens', () => {
  const lines = indexLines('abc\ndef');

  it('never overlap, and never go over the end of a line', () => {
    const at = (offset: number, length: number): SemanticToken => ({ span: { offset, length }, type: 'class' });
    expect(encodeTokens([at(4, 2), at(0, 2), at(1, 2), at(2, 0), at(2, 3), at(6, 1)], lines)).toEqual([
      ...[0, 0, 2, 1, 0],
      ...[1, 0, 2, 1, 0],
      ...[0, 2, 1, 1, 0],
    ]);
  });
});
