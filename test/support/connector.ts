import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { checkConnector } from '../../engine/model/connector/check-connector.ts';
import { readConnector } from '../../engine/model/connector/read-connector.ts';
import { parseJson } from '../../engine/model/text/json.ts';
import type { Problem } from '../../engine/model/text/problem.ts';
import type { ConnectorDocument } from '../../server/capabilities/connector/document.ts';
import { parseAnnotations } from './marks.ts';

export const connectorFixtures = new URL('../fixtures/connector/', import.meta.url);

/** Reads a connector's text as the server does. */
export function openConnector(text: string, uri = 'file:///connectors/test.json'): ConnectorDocument {
  const json = parseJson(text, { strict: true });
  return { uri, text, json, connector: readConnector(json.root) };
}

export function checkText(text: string): readonly Problem[] {
  const { json, connector } = openConnector(text);
  return checkConnector(json, connector);
}

/** One section of a fixture file: `=== finds: title` or `=== silent: title`, then a connector or the inside of its `crud_objects`. */
export interface Section {
  readonly kind: 'finds' | 'silent';
  readonly title: string;
  readonly body: string;
}

export function readSections(file: string): readonly Section[] {
  return readFileSync(new URL(file, connectorFixtures), 'utf8')
    .split(/^=== /m)
    .slice(1)
    .map((section) => {
      const [head = '', ...body] = section.trimEnd().split('\n');
      const [kind = '', title = ''] = head.split(': ');
      if (kind !== 'finds' && kind !== 'silent') throw new Error(`${file}: a section is "finds" or "silent", not "${kind}".`);
      return { kind, title, body: body.join('\n') };
    });
}

export function fixtureFiles(folder: string): readonly string[] {
  return readdirSync(new URL(folder, connectorFixtures)).sort();
}

const before = '{ "schema": { "crud_objects": {\n';
const after =
  '\n} }, "rest": { "config": { "baseUrl": "https://{tenant_id}", "authentication": "client_credentials", "call_handling": "generic" } } }';

/** A whole connector from the inside of `crud_objects`; a text that starts as a whole one stays as it is. */
export function wrapTables(body: string): string {
  return /^[{[]/.test(body) ? body : before + body + after;
}

/** Asserts that exactly the annotated problems are found, each in its place; with `code`, that those of this code are. */
export function expectProblems(body: string, code?: string): readonly Problem[] {
  const { text, expected } = parseAnnotations(wrapTables(body));
  const problems = checkText(text).filter((problem) => code === undefined || problem.code === code);
  const show = (offset: number, length: number, code: string): string =>
    `${code} at ${JSON.stringify(text.slice(offset, offset + length))} (${offset})`;
  expect(problems.map(({ span, code }) => show(span.offset, span.length, code)).sort()).toEqual(
    expected.map(({ offset, length, code }) => show(offset, length, code)).sort(),
  );
  for (const { offset, code, message } of expected) {
    const candidates = problems
      .filter((problem) => problem.span.offset === offset && problem.code === code)
      .map((problem) => problem.message);
    expect(candidates.join('\n')).toContain(message);
  }
  return problems;
}
