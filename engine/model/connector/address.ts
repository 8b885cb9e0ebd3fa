import { addQuery, encodeQueryName, joinAddress } from './join-address.ts';
import { shownValues, type ShownValue } from '../system/shown-values.ts';
import type { Connector, NamedTemplate, Operation, Table } from './connector.ts';
import { mergeNamed } from './named-templates.ts';
import { pagingFor } from './paging.ts';
import { scopeAt, type Scope } from './scope.ts';
import type { Template } from './template.ts';

/**
 * The address an operation calls, as a run would write it: base address, path, query and paging parameters, the values of the connection put
 * in and encoded as there. Variables of the row, the iteration and the page stay, as `{name}`, and so do those without a value. Without a
 * connection the items' first values stand for it.
 */
export function addressOf(connector: Connector, table: Table, operation: Operation, connection?: ReadonlyMap<string, ShownValue>): string {
  const { rest } = connector;
  const { call, role } = operation;
  const values = connection ?? shownValues(connector);
  const known = connectionLookup(connector, table, operation, values);
  const base = rest.baseUrl ? trimSlashes(write(rest.baseUrl, (name) => filled(values.get(name)), plain, plain).trim()) : '';
  const path = call.path ? write(call.path, known, plain, encode) : encode(operation.table);
  const query = mergeNamed(role === 'get' ? rest.query : [], call.query, pageParameters(connector, operation, connection));
  const pairs = query.flatMap(({ name, template }) => {
    const text = write(template, known, encode, encode);
    // A parameter made of values that are all empty is not sent.
    return text === '' && template.parts.length > 0 ? [] : [`${encodeQueryName(name.text)}=${text}`];
  });
  return addQuery(joinAddress(base, path), pairs);
}

type Lookup = (name: string) => ShownValue | undefined;

/** Values of the connection, but not where a nearer variable has the name: that one is different in every call. */
function connectionLookup(connector: Connector, table: Table, operation: Operation, values: ReadonlyMap<string, ShownValue>): Lookup {
  let scope: Scope | undefined;
  return (name) => {
    const value = values.get(name);
    if (!value) return undefined;
    scope ??= scopeAt(connector, { kind: 'operation', table, operation });
    const kind = scope.get(name)?.kind;
    return kind === undefined || kind === 'item' || kind === 'authentication' ? value : undefined;
  };
}

/** In an address an empty value is a missing one. */
function filled(value: ShownValue | undefined): ShownValue | undefined {
  return value?.text === '' ? undefined : value;
}

type Encode = (text: string) => string;

const plain: Encode = (text) => text;
const encode: Encode = (text) => encodeURIComponent(text.toWellFormed());

function write({ parts }: Template, lookup: Lookup, literal: Encode, value: Encode): string {
  return parts
    .map((part) => {
      if (part.kind === 'text') return literal(part.text);
      const { name, modifier } = part.variable;
      const found = lookup(name);
      if (!found) return `{${name}}`;
      return found.literal && modifier !== 'no_encode' ? value(found.text) : found.text;
    })
    .join('');
}

/** The parameters of a page; one about a size that the connection does not give is not sent. */
function pageParameters(
  connector: Connector,
  operation: Operation,
  values: ReadonlyMap<string, ShownValue> | undefined,
): readonly NamedTemplate[] {
  const paging = operation.role === 'get' ? pagingFor(connector, operation) : undefined;
  const mode = paging?.mode?.text;
  if (!paging || mode === undefined || mode === 'none') return [];
  const { maxPageCount = connector.rest.maxPageCount } = operation;
  const size = values && (sizeOf(paging.pageSize, values) || values.get('page_size')?.text || String(maxPageCount ?? ''));
  return size === '' || size === '-1' || operation.maxPageCount === -1
    ? paging.params.filter(({ template }) => !/\{(take_count|page_size)\b/.test(template.text))
    : paging.params;
}

/** The page size as written in the paging; empty where one of its variables has no value. */
function sizeOf(template: Template | undefined, values: ReadonlyMap<string, ShownValue>): string {
  if (!template?.parts.every((part) => part.kind === 'text' || values.has(part.variable.name))) return '';
  return write(template, (name) => values.get(name), plain, plain);
}

/** A base address may be no more than `https://`, with the host in each path. */
function trimSlashes(address: string): string {
  return address.endsWith('://') ? address : address.replace(/\/+$/, '');
}
