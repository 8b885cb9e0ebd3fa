import { allowanceOf } from '../../model/connector/allowance.ts';
import type { Connector, Operation, Table } from '../../model/connector/connector.ts';
import { operationTemplates } from '../../model/connector/templates.ts';
import { variablesOf } from '../../model/connector/template.ts';
import type { System } from '../../model/system/system.ts';
import { propertiesOf, elementsOf, type JsonNode } from '../../model/text/json.ts';
import type { VariableValue } from '../collect/variables.ts';
import type { Cell } from '../records.ts';
import { isEmpty } from './cells.ts';
import { createMarks, type Marks } from './marks.ts';
import type { WireRequest } from './plan.ts';
import { previewConnection } from './preview-connection.ts';
import { resourceTree, wireValue } from './resource-tree.ts';
import { requestText } from './request-text.ts';
import { renderWrite } from './wire-request.ts';

/** What a preview of one request is made from. */
export interface PreviewInput {
  readonly connector: Connector;
  /** Its connection values show in the request; without one, each shows as its name. */
  readonly system?: System;
  readonly table: Table;
  readonly operation: Operation;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A row to take values from; without one, or where it has none, a column's name stands for its value. */
  readonly row?: Readonly<Record<string, Cell>>;
}

/** The request an operation would send. It is never sent. */
export interface RequestPreview {
  readonly table: string;
  readonly operation: string;
  readonly system?: string;
  /** Absent where none can be built; the notes say why. */
  readonly request?: WireRequest;
  /** The request as one reads it: the first line, headers, the body, and below it the notes as comments. */
  readonly text: string;
  readonly notes: readonly string[];
}

type Values = Map<string, Cell>;

/** Renders the request of an operation with the values of a row, or with `‹column›` where there is none. Credentials are masked. */
export function previewRequest(input: PreviewInput): RequestPreview {
  const { connector, table, operation, system } = input;
  const marks = createMarks();
  const connection = previewConnection(input, marks);
  const values: Values = new Map();
  const valueOf = (name: string): Cell => {
    const own = input.row?.[name];
    const value = own === undefined || isEmpty(own) ? marks.of(name) : own;
    values.set(name, value);
    return value;
  };
  for (const { template } of operationTemplates(operation))
    for (const { name } of variablesOf(template)) if (!connection.variables.has(name)) valueOf(name);
  for (const { text } of operation.mandatory) valueOf(text);
  const body = bodyColumns(input);
  const attributes = new Map(body.columns.map((name) => [name, values.get(name) ?? valueOf(name)]));
  const variables = new Map([...values].map(([name, value]): [string, VariableValue] => [name, wireValue({ table }, name, value)]));
  const rendered = renderWrite({
    connector,
    operation,
    connection,
    variables,
    ...(operation.role === 'write' && { attributes: resourceTree({ table }, attributes) }),
  });
  const notes = [
    ...('blocked' in rendered ? [marks.show(rendered.blocked)] : []),
    ...(input.row && system ? [`Values are those of the first row of ${system.name}.${table.name}.`] : []),
    ...body.notes,
    ...(system ? [] : ['No system is given, so connection values show as their names.']),
  ];
  const request = 'request' in rendered ? shownRequest(rendered.request, marks) : undefined;
  return {
    table: table.name,
    operation: operation.name.text,
    ...(system && { system: system.name }),
    ...(request && { request }),
    text: requestText(`${operation.name.text} of ${system ? `${system.name}.` : ''}${table.name}`, request, notes),
    notes,
  };
}

function shownRequest({ verb, url, headers, body }: WireRequest, { show }: Marks): WireRequest {
  return {
    verb,
    url: show(url),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, show(value)])),
    ...(body !== undefined && { body: show(body) }),
  };
}

/** Which columns stand in the body: a mapping decides that, so these are the ones it cannot leave out, or some of those it may send. */
function bodyColumns({ table, operation }: PreviewInput): { readonly columns: readonly string[]; readonly notes: readonly string[] } {
  if (operation.role !== 'write' || !takesAttributes(operation)) return { columns: [], notes: [] };
  const names = table.columns.filter(({ source }) => source === 'resource').map(({ name }) => name);
  const isNew = operation.semantics === 'create' || (operation.semantics === undefined && operation.method === 'post');
  const own = (name: string): boolean => isNew || name !== table.key?.text;
  const mandatory = operation.mandatory.map(({ text }) => text).filter((name) => own(name) && names.includes(name));
  const optional = [...new Set(names)].filter(
    (name) => own(name) && !mandatory.includes(name) && allowanceOf(operation, name) !== 'prohibited',
  );
  if (mandatory.length > 0)
    return { columns: mandatory, notes: optional.length > 0 ? [`A mapping may send too: ${listed(optional)}.`] : [] };
  return {
    columns: optional.slice(0, 5),
    notes: optional.length > 0 ? [`Which columns are sent, a mapping decides. It may send: ${listed(optional)}.`] : [],
  };
}

function listed(names: readonly string[]): string {
  return names.length <= 20 ? names.join(', ') : `${names.slice(0, 20).join(', ')} and ${names.length - 20} more`;
}

function takesAttributes({ body, verb }: Operation): boolean {
  return body ? merges(body) : verb !== 'DELETE';
}

function merges(node: JsonNode): boolean {
  return (
    propertiesOf(node).some(({ name, value }) => (name.text === '_nim_merge_attributes_' && value.value === true) || merges(value)) ||
    elementsOf(node).some(merges)
  );
}
