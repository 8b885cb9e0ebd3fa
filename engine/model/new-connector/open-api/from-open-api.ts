import { nearest } from '../../text/nearest.ts';
import { baseAddress, newConnector, type NewConnector, type Refused } from '../new-connector.ts';
import { pagingBy, type PagingKind } from '../paging.ts';
import { at, objectOf, textOf, type Json, type JsonObject } from '../parsed.ts';
import type { AuthenticationKind } from '../sign-in.ts';
import { baseOf } from './addresses.ts';
import { collectionsOf } from './collections.ts';
import { operationsOf, type ApiOperation, type OpenApi } from './document.ts';
import { createLedger } from './ledger.ts';
import { pagingOfDocument, type DocumentPaging } from './paging.ts';
import { planTables, type PlannedTable } from './plan.ts';
import { signInOfDocument } from './security.ts';
import { makeTables, type MadeTables } from './tables.ts';
import { notesOf } from './tell.ts';

export interface OpenApiOptions {
  /** Only these tables, and those they iterate. Default: all. */
  readonly tables?: readonly string[] | undefined;
  /** In place of what the document says. */
  readonly baseUrl?: string | undefined;
  readonly authentication?: AuthenticationKind | undefined;
  readonly paging?: PagingKind | undefined;
}

/**
 * A connector from an OpenAPI 3.0 or 3.1 document: a table for each list of rows, with create, update and delete where the document has
 * them, memberships where they are clear, and its paging, sign-in and address. What did not fit is told.
 */
export function fromOpenApi(document: OpenApi, options: OpenApiOptions = {}): NewConnector | Refused {
  const operations = operationsOf(document);
  if (operations.length === 0)
    return refused('The document describes no operations: it has no paths with a get, post, put, patch or delete.');
  const ledger = createLedger();
  const collections = collectionsOf(document, operations, ledger);
  const all = planTables(collections);
  const chosen = choose(all, options.tables);
  if ('kind' in chosen) return chosen;
  const address = baseOf(document);
  const given = textOf(options.baseUrl);
  const baseUrl = given === undefined ? address.url : baseAddress(given);
  const base = given === undefined ? address : { items: [], notes: [] };
  const sign = signInOfDocument(document, operations, baseUrl, options.authentication);
  const paging = pagingOfDocument(chosen.map(({ collection }) => collection));
  const asDocument = options.paging === undefined || options.paging === paging.details.kind;
  const details = asDocument ? paging.details : { kind: options.paging };
  const reserved = [
    'tenant_id',
    'client_id',
    'client_secret',
    'user_name',
    'password',
    ...[...base.items, ...sign.signIn.items].map(({ name }) => name),
  ];
  const made = makeTables(
    document,
    chosen,
    { unpaged: ({ collection }) => asDocument && details.kind !== 'none' && !paging.same.has(collection), query: sign.query, reserved },
    ledger,
  );
  if (made.tables.length === 0) return refused(noTables(operations));
  // The base address knows defaults of its variables that the address of the tokens only repeats.
  const known = new Set(base.items.map(({ name }) => name));
  const signIn = { ...sign.signIn, items: sign.signIn.items.filter(({ name }) => !known.has(name)) };
  return newConnector(
    {
      tables: made.tables,
      baseUrl,
      accept: acceptOf(made),
      postAsForm: postsForms(made.made.map(({ table }) => table)),
      testUrl: testUrlOf(made, paging, asDocument, sign.query),
      signIn,
      paging: pagingBy(details),
      query: Object.keys(sign.query).length > 0 ? sign.query : undefined,
      items: [...base.items, ...made.items],
    },
    {
      columns: made.columns,
      notes: [...base.notes, ...sign.notes, ...notesOf(made, paging, { asDocument, all: options.tables === undefined })],
      leftOut: [...ledger.leftOut(options.tables ? related(operations, chosen) : operations), ...made.leftOut],
    },
  );
}

function refused(message: string): Refused {
  return { kind: 'refused', message };
}

function noTables(operations: readonly ApiOperation[]): string {
  return `The document has ${operations.length} operations, but none of them answers a list of rows whose properties it describes. Start from a sample answer instead.`;
}

/** The tables asked for, with those they iterate. */
function choose(all: readonly PlannedTable[], wanted: readonly string[] | undefined): readonly PlannedTable[] | Refused {
  if (!wanted || wanted.length === 0) return all;
  const kept = new Set<PlannedTable>();
  for (const name of wanted) {
    const found = all.find((table) => table.name.toLowerCase() === name.toLowerCase());
    if (!found) return refused(unknownTable(name, all));
    for (let table: PlannedTable | undefined = found; table; table = table.parent?.table) kept.add(table);
  }
  return all.filter((table) => kept.has(table));
}

function unknownTable(name: string, all: readonly PlannedTable[]): string {
  const names = all.map((table) => table.name);
  const meant = nearest(name, names);
  const shown = names.slice(0, 30).join(', ');
  return `The document gives no table "${name}".${meant === undefined ? '' : ` Did you mean "${meant}"?`} There are: ${shown}${names.length > 30 ? ` and ${names.length - 30} more` : ''}.`;
}

/** The operations on paths of the tables chosen: only those are worth a word when the rest was not wanted. */
function related(operations: readonly ApiOperation[], chosen: readonly PlannedTable[]): readonly ApiOperation[] {
  return operations.filter(({ path }) =>
    chosen.some(({ collection }) => path === collection.path.text || path.startsWith(`${collection.path.text}/`)),
  );
}

/** The media type of most answers, where it is not plain JSON. */
function acceptOf({ made }: MadeTables): string | undefined {
  const types = made.map(({ table }) => table.collection.get.answer?.mediaType ?? '').filter((type) => type.endsWith('+json'));
  const [first] = types;
  return first !== undefined && types.length * 2 > made.length ? `${first}, application/json` : undefined;
}

function postsForms(tables: readonly PlannedTable[]): boolean {
  const bodies = tables
    .flatMap(({ collection }) => [...collection.on.values(), ...(collection.item?.on.values() ?? [])])
    .flatMap(({ method, body }) => (method !== 'get' && body ? [body.mediaType] : []));
  return bodies.length > 0 && bodies.every((type) => type === 'application/x-www-form-urlencoded');
}

/** One row of a table that needs no other: cheap, and it needs the sign-in. */
function testUrlOf({ made }: MadeTables, { details, same }: DocumentPaging, asDocument: boolean, key: JsonObject): string {
  const plain = made.filter(({ table }) => !table.parent);
  const best =
    plain.find(({ path, table }) => !path.includes('{') && same.has(table.collection)) ??
    plain.find(({ path }) => !path.includes('{')) ??
    plain[0];
  if (!best) return '/';
  const size = asDocument && same.has(best.table.collection) && typeof details.size === 'string' ? details.size : undefined;
  const query: JsonObject = objectOf([
    ...Object.entries(best.table.collection.query),
    ...(size === undefined ? [] : [[size, '1'] as const]),
  ]);
  const text = Object.entries(query).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(plainText(value))}`);
  // A key in the query is a variable, whose value is encoded when it is put in.
  const keys = Object.entries(key).map(([name, value]) => `${encodeURIComponent(name)}=${plainText(value)}`);
  return `${best.path}${[...text, ...keys].length > 0 ? `?${[...text, ...keys].join('&')}` : ''}`;
}

function plainText(value: Json): string {
  return typeof value === 'object' ? '' : String(value);
}

/** Whether a parsed document is OpenAPI 3. */
export function isOpenApi(document: unknown): document is OpenApi {
  return /^3\./.test(String(at(document, 'openapi')));
}
