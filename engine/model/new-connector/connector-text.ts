import type { NewItem, SignIn } from './sign-in.ts';
import type { Paging } from './paging.ts';
import { objectOf, type Json, type JsonObject } from './parsed.ts';

/** One table of a new connector. */
export interface NewTable {
  readonly name: string;
  readonly key?: string | undefined;
  readonly operations: JsonObject;
  readonly groupmembership?: JsonObject | undefined;
  readonly resources: JsonObject;
}

/** Everything a new connector says. */
export interface ConnectorParts {
  readonly tables: readonly NewTable[];
  readonly baseUrl: string;
  readonly accept?: string | undefined;
  readonly postAsForm?: boolean;
  readonly testUrl: string;
  readonly signIn: SignIn;
  readonly paging: Paging;
  /** Query parameters of every get call. */
  readonly query?: JsonObject | undefined;
  /** Inputs besides those of the sign-in and of paging. */
  readonly items?: readonly NewItem[];
}

/** The text of a connector, in the order and with the indentation of the shipped ones. */
export function connectorText(parts: ConnectorParts): string {
  const { signIn, paging } = parts;
  const get = objectOf([
    ['queryParameters', parts.query],
    ['pagination', paging.pagination],
  ]);
  const items = itemsOf(parts);
  const connector: JsonObject = {
    schema: { crud_objects: objectOf(parts.tables.map((table) => [table.name, tableJson(table)])) },
    rest: objectOf([
      [
        'config',
        objectOf([
          ['baseUrl', parts.baseUrl],
          ['authentication', signIn.authentication],
          ['call_handling', 'generic'],
          ['accept', parts.accept ?? 'application/json'],
          ['test_connection', { url: parts.testUrl }],
          ['headers', signIn.headers],
          ['postAsForm', parts.postAsForm === true ? true : undefined],
          ['get', Object.keys(get).length === 0 ? undefined : get],
          ['retry', retry],
        ]),
      ],
      ['authOptions', signIn.authOptions],
    ]),
    ...(items.length > 0 && { connection: { items } }),
  };
  return `${write(connector, '')}\n`;
}

function tableJson({ key, operations, groupmembership, resources }: NewTable): JsonObject {
  return objectOf([
    ['operations', operations],
    ['key', key],
    ['groupmembership', groupmembership],
    ['resources', resources],
  ]);
}

/** Too many requests and a server that is busy pass; so does a lost connection. Every kind of failure ends some time. */
const retry: Json = [
  { type: 'statusCode', statusCode: 429, retry: { type: 'exponential', maxCount: 7, ceiling: 5, timeSlice: 1000 } },
  { type: 'statusCode', statusCode: 503, retry: { type: 'simple', maxCount: 5, waitTime: 5 } },
  { type: 'connectionError', retry: { type: 'simple', maxCount: 5, waitTime: 5 } },
];

function itemsOf({ items = [], signIn, paging, baseUrl }: ConnectorParts): readonly JsonObject[] {
  const host: readonly NewItem[] = baseUrl.includes('{tenant_id}')
    ? [{ name: 'tenant_id', label: 'Host:', tooltip: 'The host name of the API, without https://', required: true }]
    : [];
  const page: readonly NewItem[] =
    paging.pageSize === undefined ? [] : [{ name: 'page_size', label: 'Page size:', value: String(paging.pageSize), required: true }];
  // Two that have one name are one variable: the first says what it is.
  const byName = new Map([...host, ...signIn.items, ...items, ...page].reverse().map((item) => [item.name.toLowerCase(), item]));
  return [...byName.values()].reverse().map((item, index) =>
    objectOf([
      ['name', item.name],
      ['type', 'textbox'],
      ['label', item.label],
      ['value', item.value],
      ['tooltip', item.tooltip],
      ['password', item.password],
      ['required', item.required],
      ['order', index + 1],
    ]),
  );
}

const widest = 120;

/** JSON with two spaces; lists of plain values stay on one line where they fit. */
function write(value: Json, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const lines = Array.isArray(value)
    ? (value as readonly Json[]).map((element) => inner + write(element, inner))
    : Object.entries(value).map(([name, property]) => `${inner}${JSON.stringify(name)}: ${write(property, inner)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (lines.length === 0) return open + close;
  if (Array.isArray(value) && value.every((element) => typeof element !== 'object' || element === null)) {
    const line = `${open}${value.map((element) => JSON.stringify(element)).join(', ')}${close}`;
    if (indent.length + line.length <= widest) return line;
  }
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}
