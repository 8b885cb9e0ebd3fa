import { describe, expect, it } from 'vitest';
import { parseJson, valueOf } from '../../../engine/model/text/json.ts';
import type { Fix } from '../../../engine/model/text/problem.ts';
import { checkText, fixtureFiles, readSections, wrapTables } from '../../support/connector.ts';
import { parseAnnotations } from '../../support/marks.ts';

/** All edits of a fix made at once; fails where two of them overlap. */
function apply(text: string, fix: Fix): string {
  const edits = [fix, ...(fix.more ?? [])].sort((a, b) => a.span.offset - b.span.offset);
  let result = '';
  let end = 0;
  for (const { span, text: replacement } of edits) {
    expect(span.offset, `${fix.title}: edits overlap`).toBeGreaterThanOrEqual(end);
    result += text.slice(end, span.offset) + replacement;
    end = span.offset + span.length;
  }
  return result + text.slice(end);
}

function fixesOf(text: string, code: string): readonly Fix[] {
  return checkText(text)
    .filter((problem) => problem.code === code)
    .flatMap(({ fixes }) => fixes ?? []);
}

describe('the fixtures of the rules', () => {
  for (const file of fixtureFiles('rules/')) {
    it(`${file} is JSON, and stays so with each repair`, () => {
      const code = file.replace('.txt', '');
      for (const { kind, title, body } of readSections(`rules/${file}`)) {
        const { text } = parseAnnotations(wrapTables(body));
        expect(parseJson(text, { strict: true }).problems, `${title}: the fixture itself`).toEqual([]);
        if (kind !== 'finds') continue;
        for (const problem of checkText(text)) {
          if (problem.code !== code) continue;
          const told = (from: string): number =>
            checkText(from).filter(({ code, message }) => code === problem.code && message === problem.message).length;
          for (const fix of problem.fixes ?? []) {
            const repaired = apply(text, fix);
            expect(parseJson(repaired, { strict: true }).problems, `${title}: ${fix.title}\n${repaired}`).toEqual([]);
            expect(told(repaired), `${title}: ${fix.title}`).toBeLessThan(told(text));
          }
        }
      }
    });
  }
});

describe('a repair that moves a property', () => {
  it('takes it over as it is laid out, indented anew', () => {
    const text = `{
  "schema": { "crud_objects": {} },
  "rest": {
    "retry": [
      { "type": "connectionError" }
    ],
    "config": {
      "get": {},
      "baseUrl": "https://x",
      "authentication": "basic_auth",
      "call_handling": "generic"
    }
  }
}`;
    const [fix] = fixesOf(text, 'misplaced-property');
    expect(fix && apply(text, fix)).toBe(`{
  "schema": { "crud_objects": {} },
  "rest": {
    "config": {
      "get": {},
      "baseUrl": "https://x",
      "authentication": "basic_auth",
      "call_handling": "generic",
      "retry": [
        { "type": "connectionError" }
      ]
    }
  }
}`);
  });

  it('makes the objects that are missing on the way', () => {
    const text = wrapTables(
      '"users": { "operations": { "g": { "method": "get", "output_field": "items" } }, "resources": { "id": "string*" } }',
    );
    const [fix] = fixesOf(text, 'misplaced-property');
    expect(fix && apply(text, fix)).toContain('{ "method": "get", "processing_options": { "output_field": "items" } }');
  });

  it('offers nothing where the place is taken', () => {
    const text = wrapTables(
      '"users": { "operations": { "g": { "method": "get", "path": "/a", "call": { "path": "/b" } } }, "resources": { "id": "string*" } }',
    );
    expect(checkText(text).filter(({ code }) => code === 'misplaced-property')).toHaveLength(1);
    expect(fixesOf(text, 'misplaced-property')).toEqual([]);
  });
});

describe('a repair of many places', () => {
  it('takes all of them out, with the commas that become too many', () => {
    const text = wrapTables(
      '"users": { "operations": { "a": { "method": "get", "warning_only": [], "query_parameters": {} }, "b": { "query_parameters": {}, "method": "post" }, "c": { "query_parameters": {} } }, "resources": { "id": "string*" } }',
    );
    const fix = fixesOf(text, 'empty-property').find(({ title }) => title === 'Remove all 3');
    const document = parseJson(fix ? apply(text, fix) : '', { strict: true });
    expect(document.problems).toEqual([]);
    expect(valueOf(document.root)).toMatchObject({
      schema: { crud_objects: { users: { operations: { a: { method: 'get', warning_only: [] }, b: { method: 'post' }, c: {} } } } },
    });
    expect(document.text).not.toContain('query_parameters');
  });
});
