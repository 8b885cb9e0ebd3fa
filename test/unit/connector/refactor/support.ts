import { expect } from 'vitest';
import { findTable, type Connector, type Table } from '../../../../engine/model/connector/connector.ts';
import { applyEdits } from '../../../../engine/model/text/edits.ts';
import type { Edit, Problem } from '../../../../engine/model/text/problem.ts';
import { parseJson, valueOf } from '../../../../engine/model/text/json.ts';
import { checkText, openConnector } from '../../../support/connector.ts';

/** The text with edits made; fails where it is no JSON any more, or has an error or warning it did not have before. */
export function applySoundly(text: string, edits: readonly Edit[]): string {
  const after = applyEdits(text, edits);
  expect(parseJson(after, { strict: true }).problems, after).toEqual([]);
  expect(newProblems(text, after)).toEqual([]);
  return after;
}

/** Errors and warnings of a text that another one did not have. */
export function newProblems(before: string, after: string): readonly string[] {
  const known = new Set(checkText(before).map(said));
  return checkText(after)
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(said)
    .filter((one) => !known.has(one));
}

function said({ code, message }: Problem): string {
  return `${code}: ${message}`;
}

/** A connector and one of its tables. */
export function openTable(text: string, name: string): { readonly connector: Connector; readonly table: Table } {
  const { connector } = openConnector(text);
  const table = findTable(connector, name);
  if (!table) throw new Error(`The fixture has no table ${name}.`);
  return { connector, table };
}

/** The plain value of a table of a connector's text. */
export function tableValue(text: string, name: string): Readonly<Record<string, unknown>> {
  const root = valueOf(parseJson(text, { strict: true }).root) as {
    readonly schema: { readonly crud_objects: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
  };
  return root.schema.crud_objects[name] ?? {};
}

const rest =
  '"rest": { "config": { "baseUrl": "https://{tenant_id}", "authentication": "client_credentials", "call_handling": "generic" } }';

/** A whole connector of tables, given as the plain values of `crud_objects`. */
export function connectorOf(tables: Readonly<Record<string, unknown>>, indent: string | number = 2): string {
  const whole = { schema: { crud_objects: tables }, ...(JSON.parse(`{${rest}}`) as object) };
  return `${JSON.stringify(whole, undefined, indent)}\n`;
}
