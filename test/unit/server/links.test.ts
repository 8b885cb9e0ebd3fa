import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../engine/model/text/json.ts';
import { webLinks } from '../../../server/capabilities/json/links.ts';
import { fileLinks } from '../../../server/capabilities/workspace/links.ts';
import { openFilterText, viewWith } from '../../support/filter-language.ts';

function web(text: string): readonly string[] {
  return webLinks(text, parseJson(text, { strict: false }).root).map(({ span, target, isSchema }) => {
    expect(text.slice(span.offset, span.offset + span.length)).toBe(target);
    return `${isSchema ? 'schema ' : ''}${target}`;
  });
}

describe('web addresses', () => {
  it('are links where they are whole', () => {
    expect(
      web(
        '{ "$schema": "https://schemas.example/c.json", "a": { "$schema": "http://x.example" }, "url": "https://{host}/x", ' +
          '"doc": "See https://docs.example/a?b=1#c, or (http://docs.example/d).", "https://no.example": ["https://h.example/{id}", "x"] }',
      ),
    ).toEqual(['schema https://schemas.example/c.json', 'http://x.example', 'https://docs.example/a?b=1#c', 'http://docs.example/d']);
  });

  it('are none in a text that is broken', () => {
    expect(web('{ "a": "https://')).toEqual([]);
    expect(web('{ "a": "https://x.exam')).toEqual(['https://x.exa']);
    expect(web('')).toEqual([]);
  });
});

/** `name → file` for every link of a file of the sample workspace. */
function files(path: string, text?: string): readonly string[] {
  const view = viewWith(text === undefined ? {} : { [path]: text });
  return fileLinks(view, path).map(
    ({ span, path: target }) => `${(view.files.get(path) ?? '').slice(span.offset, span.offset + span.length)} → ${target}`,
  );
}

describe('names of files', () => {
  it('are links in our own files', () => {
    expect(files('systems/hr.json')).toEqual(['hr → connectors/hr.json']);
    expect(files('mappings/New accounts.json')).toEqual([
      'Employees[without_account] → filters/Employees.filter',
      'directory → systems/directory.json',
    ]);
    expect(files('relations.json').every((link) => /→ systems\/(hr|directory)\.json$/.test(link))).toBe(true);
    expect(files('roles/development/IT.json')).toContain('directory → systems/directory.json');
  });

  it('are none where there is no such file', () => {
    expect(files('systems/hr.json', '{ "connector": "nobody" }')).toEqual([]);
    expect(files('systems/hr.json', '{ "connector": "h')).toEqual([]);
  });

  it('are links in filters', () => {
    expect(openFilterText('extends Employees\nappend Nobody').links()).toEqual([
      { span: { offset: 8, length: 9 }, path: 'filters/Employees.filter' },
    ]);
  });
});
