import { describe, expect, it } from 'vitest';
import { callersOf } from '../../../server/capabilities/connector/callers.ts';
import { inlayHints } from '../../../server/capabilities/connector/inlay-hints.ts';
import { openConnector } from '../../support/connector.ts';
import { language, sample, sampleWith } from '../../support/connector-language.ts';
import { viewWith } from '../../support/filter-language.ts';
import { parseCaret } from '../../support/marks.ts';

const path = 'connectors/sample.json';

function system(connection: object): string {
  return JSON.stringify({ connector: 'sample', connection });
}

const one = { 'systems/first.json': system({ tenant_id: 'first.example', client_secret: 'hush', page_size: 5 }) };
const two = { ...one, 'systems/second.json': system({ tenant_id: { env: 'SECOND' }, page_size: { secret: 'size' } }) };

async function hover(marked: string, systems: Readonly<Record<string, string>>, environment?: string): Promise<string> {
  const { text, caret } = parseCaret(marked);
  const callers = callersOf(viewWith({ ...systems, [path]: text }), path, environment);
  const contents = (await language.hover(openConnector(text), caret, callers))?.contents;
  return contents !== undefined && typeof contents === 'object' && 'value' in contents ? contents.value : '';
}

describe('the hover of a path', () => {
  const marked = sampleWith('"path": "/users"', '"path": "/us<|>ers"');
  const query = '/api/users?expand=all&take={take_count}&skip={skip_count}';

  it('shows what the system calls', async () => {
    expect(await hover(marked, one)).toContain(`System \`first\` calls \`GET https://first.example${query}\``);
  });

  it('shows what each system calls, and what an environment makes of it', async () => {
    const shown = await hover(marked, two);
    expect(shown).toContain(`- System \`first\` calls \`GET https://first.example${query}\``);
    expect(shown).toContain(`- System \`second\` calls \`GET https://<SECOND>${query}\``);
    const settings = {
      'sollist.json': JSON.stringify({ environments: { test: { connections: { second: { tenant_id: 'test.example' } } } } }),
    };
    expect(await hover(marked, { ...two, ...settings }, 'test')).toContain(`System \`second\` calls \`GET https://test.example${query}\``);
    expect(await hover(marked, { ...two, ...settings })).toContain('<SECOND>');
  });

  it('is cut short where many systems use the connector', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`systems/s${index + 10}.json`, system({ tenant_id: `t${index}` })]),
    );
    const shown = await hover(marked, many);
    expect(shown).toContain('- and 12 more');
    expect(shown.match(/System `/g)).toHaveLength(8);
  });

  it('never shows a secret', async () => {
    const secret = sampleWith('"path": "/users"', '"path": "/us<|>ers/{client_secret}"');
    expect(await hover(secret, one)).toContain('https://first.example/api/users/***?');
    expect(await hover(secret, one)).not.toContain('hush');
  });
});

describe('the hover of an operation', () => {
  it('has its addresses, too', async () => {
    const shown = await hover(sampleWith('"user_update"', '"user_<|>update"'), one);
    expect(shown).toContain('Updates a row of `users`: `PUT https://{tenant_id}/api/users/{id}`');
    expect(shown).toContain('System `first` calls `PUT https://first.example/api/users/{id}`');
  });

  it('calls nothing where the rows are constant', async () => {
    const constant = sampleWith('"users_get": {', '"users<|>_get": {').replace('"mode": "normal"', '"mode": "constant"');
    const shown = await hover(constant, one);
    expect(shown).toContain('nothing is called');
    expect(shown).not.toContain('calls `');
  });
});

describe('inlay hints', () => {
  const everything = (text: string): { offset: number; length: number } => ({ offset: 0, length: text.length });
  /** `line: what stands before … hint`. */
  const hints = (text: string, systems: Readonly<Record<string, string>>, span = everything(text)): readonly string[] => {
    const callers = callersOf(viewWith({ ...systems, [path]: text }), path);
    const lines = text.split('\n');
    return inlayHints(openConnector(text), callers, span).map(({ position, label }) => {
      const before = (lines[position.line] ?? '').slice(0, position.character);
      return `${before.slice(-10)} → ${typeof label === 'string' ? label : '?'}`;
    });
  };

  it('stand behind each path, with the values of the first system', () => {
    expect(hints(sample, two)).toEqual([
      ': "/users" → GET https://first.example/api/users?expand=all&take={take_count}&skip={skip_count}',
      'sers/{id}" → PUT https://first.example/api/users/{id}',
      ' "/groups" → GET https://first.example/api/groups?take={take_count}&skip={skip_count}',
      '}/members" → GET https://first.example/api/groups/{iterator}/members?take={take_count}&skip={skip_count}',
      '}/members" → POST https://first.example/api/groups/{group_id}/members',
      'bers/{id}" → DELETE https://first.example/api/groups/{group_id}/members/{id}',
    ]);
  });

  it('stand behind the name of an operation without a path, and nowhere where nothing is called', () => {
    const text = sampleWith('"mode": "normal", "path": "/users", ', '').replace('"path": "/groups"', '"mode": "constant", "values": []');
    const shown = hints(text, {});
    expect(shown[0]).toBe('users_get" → GET https://{tenant_id}/api/users?expand=all&take={take_count}&skip={skip_count}');
    expect(shown.filter((hint) => hint.includes('/api/groups?'))).toEqual([]);
  });

  it('are those of the range', () => {
    const offset = sample.indexOf('"/groups"');
    expect(hints(sample, one, { offset, length: 20 })).toHaveLength(1);
    expect(hints(sample, one, { offset: 0, length: 10 })).toEqual([]);
  });
});
