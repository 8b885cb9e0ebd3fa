import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { readYaml } from '../../../engine/cli/read-yaml.ts';
import { makeConnector, type MadeConnector, type NewConnectorWish } from '../../../engine/model/new-connector/make-connector.ts';
import { checkText } from '../../support/connector.ts';

/** A connector's JSON as tests look at it. */
export interface ConnectorJson {
  readonly schema: { readonly crud_objects: Readonly<Record<string, TableJson>> };
  readonly rest: {
    readonly config: Readonly<Record<string, unknown>> & {
      readonly baseUrl: string;
      readonly get?: { readonly pagination?: Readonly<Record<string, unknown>>; readonly queryParameters?: unknown };
    };
    readonly authOptions?: Readonly<Record<string, unknown>>;
  };
  readonly connection?: { readonly items: readonly (Readonly<Record<string, unknown>> & { readonly name: string })[] };
}

export interface TableJson {
  readonly key?: string;
  readonly operations: Readonly<Record<string, Readonly<Record<string, unknown>> & { readonly call: Readonly<Record<string, unknown>> }>>;
  readonly groupmembership?: Readonly<Record<string, unknown>>;
  readonly resources: Readonly<Record<string, unknown>>;
}

/** A connector that was made, with its JSON read. */
export type Made = MadeConnector & { readonly json: ConnectorJson };

/** Makes a connector and asserts that a check finds nothing in it, not even a hint. */
export function make(wish: Partial<NewConnectorWish>): Made {
  const made = makeConnector({ name: 'Test', ...wish }, readYaml);
  if (made.kind === 'refused') throw new Error(`Refused: ${made.message}`);
  expect(checkText(made.text).map(({ severity, code, message }) => `${severity} ${code}: ${message}`)).toEqual([]);
  expect(made.problems).toBe(0);
  return { ...made, json: JSON.parse(made.text) as ConnectorJson };
}

/** The sentence with which something is refused. */
export function refusal(wish: Partial<NewConnectorWish>): string {
  const made = makeConnector({ name: 'Test', ...wish }, readYaml);
  if (made.kind !== 'refused') throw new Error(`Not refused: ${made.text}`);
  return made.message;
}

export function fixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/openapi/${name}`, import.meta.url), 'utf8');
}

/** The tables of a connector by name. */
export function tablesOf({ json }: Made): ConnectorJson['schema']['crud_objects'] {
  return json.schema.crud_objects;
}

/** The connection items by name. */
export function itemsOf({ json }: Made): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  return Object.fromEntries((json.connection?.items ?? []).map((item) => [item.name, item]));
}
