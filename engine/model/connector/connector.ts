import type { JsonNode } from '../text/json.ts';
import type { Name, Span } from '../text/problem.ts';
import type { Template } from './template.ts';

/** The types a column can have in the vault. `list` is a multi-value: a JSON array, compared as a set. */
export type ColumnType = 'text' | 'number' | 'boolean' | 'date' | 'datetime' | 'list';

/**
 * Where a column comes from: a resource of the answer; `base` of an iteration call; the reference of a child table to its parent; or the
 * name of a child table in its parent, which is mapped to but never collected.
 */
export type ColumnSource = 'resource' | 'base' | 'parent-key' | 'child-table';

export interface Column {
  /** The name after NIM's rule: the leaf name, or with `_:` the whole path joined by `_`. */
  readonly name: string;
  /** The property names from the row down to the value. */
  readonly path: readonly string[];
  readonly type: ColumnType;
  /** The type specifier as written, e.g. `_:string*`; empty where there is none. */
  readonly specifier: string;
  /** Collected unless an author says otherwise (`*`). */
  readonly selected: boolean;
  readonly source: ColumnSource;
  /** Where the column is declared: its property name. */
  readonly span: Span;
  /** The file of the declaration where it is another than the connector's: the system's overlay. */
  readonly file?: string;
  /** Where its specifier stands, if it has one. */
  readonly specifierSpan?: Span;
  /** A secret that can be written but is never read (`^`): it is not collected. */
  readonly writeOnly?: boolean;
}

/** A table of the connector: one object under `crud_objects`, or a child table made from an array in one. */
export interface Table {
  readonly name: string;
  readonly span: Span;
  /** As that of a column. */
  readonly file?: string;
  readonly key?: Name;
  readonly columns: readonly Column[];
  readonly operations: readonly Operation[];
  readonly membership?: Membership;
  /** Set on a child table: whose array it is, and at which path of the parent's row the array stands. */
  readonly parent?: { readonly table: string; readonly path: readonly string[]; readonly column: string };
  readonly node: JsonNode;
}

export type CallMode = 'normal' | 'iteration' | 'constant';

export interface NamedTemplate {
  readonly name: Name;
  readonly template: Template;
}

export interface Call {
  readonly mode: CallMode;
  /** Absent means: the table's name is the path. */
  readonly path?: Template;
  /** Iteration: the table, one call sequence per row of it, and the column whose value is `{iterator}`. */
  readonly table?: Name;
  readonly iterator?: Name;
  /** Further columns of that row that the call may use. */
  readonly iteratorColumns: readonly Name[];
  /** Columns added to each row. */
  readonly base: readonly NamedTemplate[];
  readonly query: readonly NamedTemplate[];
  /** Constant mode: the rows themselves. */
  readonly values?: JsonNode;
  readonly node?: JsonNode;
}

/** What an operation may do: `get` reads; everything else writes, whatever HTTP verb it uses (safety contract, 1). */
export type OperationRole = 'get' | 'write';

export type Semantics = 'create' | 'update' | 'delete' | 'set' | 'memberships-update';
export type Allowance = 'optional' | 'mandatory' | 'prohibited';

export interface Operation {
  readonly name: Name;
  readonly table: string;
  readonly role: OperationRole;
  /** `get`, `post`, `put`, `patch`, `delete`, in lower case; undefined when missing or no text. */
  readonly method?: string;
  /** The HTTP verb to send, in upper case. */
  readonly verb: string;
  readonly call: Call;
  /** Dotted path of the rows in the answer; undefined means the body itself (`null` and `"null"`). */
  readonly outputField?: string;
  readonly stringArrayColumn?: Name;
  readonly semantics?: Semantics;
  readonly allowanceDefault: Allowance;
  readonly mandatory: readonly Name[];
  readonly prohibited: readonly Name[];
  readonly warningOnly: readonly number[];
  readonly body?: JsonNode;
  /** False where the operation makes one call without pages. */
  readonly paging: boolean;
  /** Replaces `rest.config.get.pagination` as a whole. */
  readonly ownPaging?: Paging;
  readonly maxPageCount?: number;
  readonly maxSessionCount?: number;
  readonly auth?: OperationAuth;
  readonly node: JsonNode;
}

/** `authOptions` of an operation: what its token is asked for in place of the connector's own. */
export interface OperationAuth {
  readonly scopes?: readonly Template[];
  /** `JWT.sub`: in whose name the token is. */
  readonly subject?: Template;
}

/** `groupmembership`: how a membership table adds and removes one member of one group. */
export interface Membership {
  readonly addOperation?: Name;
  readonly removeOperation?: Name;
  readonly memberTable?: Name;
  readonly groupTable?: Name;
  /** Column of the member table → resource name of the add and remove operations. */
  readonly memberAttributes: readonly AttributePair[];
  readonly groupAttributes: readonly AttributePair[];
  readonly span: Span;
}

export interface AttributePair {
  readonly column: Name;
  readonly resource: Name;
}

/** `rest.config` and `rest.authOptions`, as far as they steer calls; what is not modelled yet is read from `node`. */
export interface Rest {
  readonly baseUrl?: Template;
  readonly authentication?: Name;
  readonly callHandling?: Name;
  readonly accept?: Template;
  readonly headers: readonly NamedTemplate[];
  readonly query: readonly NamedTemplate[];
  readonly socketTimeout?: number;
  readonly maxPageCount?: number;
  readonly paging?: Paging;
  readonly selector?: Selector;
  readonly retry: readonly RetryRule[];
  readonly testUrl?: Template;
  readonly auth: AuthOptions;
  readonly node?: JsonNode;
}

/** `rest.config.get.pagination`, or the `pagination` of one operation. */
export interface Paging {
  readonly mode?: Name;
  readonly pageSize?: Template;
  readonly params: readonly NamedTemplate[];
  readonly zeroBased?: boolean;
  /** Mode `url`: dotted path of the next page's address in the answer. */
  readonly field?: string;
  /** Mode `url`: the number of the page stands in the path. */
  readonly replaceInUrl: boolean;
  /** Mode `url`, older spelling: what is appended to the path for a page. */
  readonly urlPart?: Template;
  /** Mode `url`: `query_params`, which the answer before fills. */
  readonly answerParams: readonly PageParameter[];
  /** The last page is known by a property that is true on it, or by a token that is missing. `path` is dotted. */
  readonly lastPage?: { readonly type: 'field' | 'token'; readonly path: string };
  readonly node: JsonNode;
}

/** A query parameter from the second page on: from a field of the answer before (dotted path), or always the same. */
export type PageParameter = { readonly name: Name } & ({ readonly field: string } | { readonly template: Template });

/** `rest.config.get.selector`: the API is asked only for the columns that are collected; `name` is that of the query parameter. */
export interface Selector {
  readonly mode: 'array' | 'objects';
  readonly name: Name;
}

/** One entry of `rest.config.retry`. Waiting times in milliseconds. */
export interface RetryRule {
  readonly on: { readonly kind: 'status'; readonly status: number } | { readonly kind: 'connection' };
  readonly policy?:
    | { readonly kind: 'simple'; readonly maxCount: number; readonly wait: number }
    | { readonly kind: 'exponential'; readonly maxCount: number; readonly ceiling: number; readonly slice: number };
  readonly node: JsonNode;
}

export interface AuthOptions {
  readonly authUrl?: Template;
  /** The page where a person signs in. */
  readonly loginUrl?: Template;
  readonly scopes: readonly string[];
  /** Claims of the signed token, as a template tree: texts with variables, and `{"name": …}` for values of the engine. */
  readonly jwt?: JsonNode;
  /** The request that gets the token, as a template tree of the same kind. */
  readonly postData?: JsonNode;
  /** Where the token stands in the answer, dotted. */
  readonly tokenPath?: string;
  readonly directToken: boolean;
  readonly useBasicAuthPost: boolean;
  readonly treat500AsAuthError: boolean;
  readonly allowedHosts: readonly string[];
  readonly node?: JsonNode;
}

/** One entry of `connection.items`: an input of the connection, and a variable of that name. */
export interface ConnectionItem {
  readonly name: Name;
  readonly type?: string;
  readonly label?: string;
  readonly value?: string;
  readonly required: boolean;
  readonly password: boolean;
  readonly node: JsonNode;
}

/** A connector as its author wrote it: what is there is modelled, what is missing is absent, every name keeps its place. */
export interface Connector {
  readonly root: JsonNode | undefined;
  /** Tables in the order of the file, each followed by its child tables. */
  readonly tables: readonly Table[];
  readonly rest: Rest;
  readonly items: readonly ConnectionItem[];
}

interface TableIndex {
  readonly byName: ReadonlyMap<string, Table>;
  readonly byParent: ReadonlyMap<string, readonly Table[]>;
}

const tableIndexes = new WeakMap<Connector, TableIndex>();
const columnIndexes = new WeakMap<Table, ReadonlyMap<string, Column>>();

/** Lookups by name, made once: rules and scopes ask thousands of times. Of two things with one name the first is found. */
function tableIndex(connector: Connector): TableIndex {
  const known = tableIndexes.get(connector);
  if (known) return known;
  const byName = new Map<string, Table>();
  const byParent = new Map<string, Table[]>();
  for (const table of connector.tables) {
    if (!byName.has(table.name)) byName.set(table.name, table);
    if (!table.parent) continue;
    const siblings = byParent.get(table.parent.table);
    if (siblings) siblings.push(table);
    else byParent.set(table.parent.table, [table]);
  }
  const index = { byName, byParent };
  tableIndexes.set(connector, index);
  return index;
}

export function findTable(connector: Connector, name: string): Table | undefined {
  return tableIndex(connector).byName.get(name);
}

/** The child tables made from the arrays of a table. */
export function childTables(connector: Connector, name: string): readonly Table[] {
  return tableIndex(connector).byParent.get(name) ?? [];
}

export function findColumn(table: Table, name: string): Column | undefined {
  let index = columnIndexes.get(table);
  if (!index) {
    // From the last to the first, so that the first stays.
    index = new Map(table.columns.toReversed().map((column) => [column.name, column]));
    columnIndexes.set(table, index);
  }
  return index.get(name);
}

export function findOperation(table: Table, name: string): Operation | undefined {
  return table.operations.find((operation) => operation.name.text === name);
}

/** The one operation that collects a table; NIM allows a single one. */
export function getOperation(table: Table): Operation | undefined {
  return table.operations.find((operation) => operation.role === 'get');
}
