import { fold, singular } from '../../new-connector/names.ts';
import { objectOf, type Json, type JsonObject } from '../../new-connector/parsed.ts';
import { childOf } from '../../text/json.ts';
import type { Edit } from '../../text/problem.ts';
import { findColumn, findTable, getOperation, type Column, type Connector, type Operation, type Table } from '../connector.ts';
import { factsOf } from '../facts.ts';
import { variablesOf, type Variable } from '../template.ts';
import { addProperties, type Entry } from './insert.ts';
import { createOperationNames, kindOf, operationKinds, type OperationKind } from './operation-names.ts';
import { keyOf, namesIn, writePaths } from './table-paths.ts';

/** An operation that a table does not have and could have. */
export interface MissingOperation {
  readonly kind: OperationKind;
  readonly name: string;
  readonly value: JsonObject;
}

/** What a table lacks of get, create, update and delete, as far as the rest of the file says how they would be called. */
export function missingOperations(connector: Connector, table: Table): readonly MissingOperation[] {
  if (table.parent || table.node.type !== 'object') return [];
  const operations = childOf(table.node, 'operations');
  if (operations && operations.type !== 'object') return [];
  const nameFor = createOperationNames(connector, table);
  const has = new Set(table.operations.map(kindOf));
  return operationKinds.flatMap((kind): readonly MissingOperation[] => {
    if (has.has(kind)) return [];
    const value = kind === 'get' ? getOf(connector, table) : writeOf(connector, table, kind);
    return value ? [{ kind, name: nameFor(kind), value }] : [];
  });
}

/** The edit that adds operations to a table. */
export function addOperations(text: string, table: Table, added: readonly Pick<MissingOperation, 'name' | 'value'>[]): Edit {
  const operations = childOf(table.node, 'operations');
  const entries = added.map(({ name, value }): Entry => [name, value]);
  return operations
    ? addProperties(text, operations, entries)
    : addProperties(text, table.node, [['operations', objectOf(entries)]], ['key']);
}

/** A write of one kind; undefined where no address can be worked out for it. */
function writeOf(connector: Connector, table: Table, kind: 'create' | 'update' | 'delete'): JsonObject | undefined {
  const key = keyOf(table);
  const paths = writePaths(connector, table);
  const path = kind === 'create' ? paths?.rows : paths?.row;
  if (!paths || (kind !== 'create' && path === undefined)) return undefined;
  // Where the rows belong to, another table writes; only a row with an address of its own is written here.
  if (paths.ofParent && kind !== 'update' && (kind === 'create' || path === paths.rows)) return undefined;
  const inPath = table.columns.filter(({ name }) => path !== undefined && namesIn(path).includes(name)).map(({ name }) => name);
  const must = new Set([...inPath, ...(kind === 'create' ? givenBy(table) : inPath.length === 0 && key !== undefined ? [key] : [])]);
  if (kind === 'create' && key !== undefined && findColumn(table, key)?.source === 'resource' && !isGiven(key)) must.add(key);
  const prohibited =
    kind === 'delete'
      ? []
      : table.columns.filter((column) => !must.has(column.name) && isReadOnly(column, kind, key)).map(({ name }) => name);
  return objectOf([
    ['method', methodOf(connector, kind)],
    ['call', callOf(connector, path)],
    ['semantics', kind],
    ['resource_allowance_default', kind === 'delete' ? 'prohibited' : 'optional'],
    ['resource_mandatory', must.size > 0 ? [...must] : undefined],
    ['resource_prohibited', prohibited.length > 0 ? prohibited : undefined],
  ]);
}

/** The columns that say what a row belongs to. */
function givenBy(table: Table): readonly string[] {
  return (getOperation(table)?.call.base ?? []).filter(({ template }) => template.variables.length > 0).map(({ name }) => name.text);
}

/** Whether a key of that name is one that servers make up, so that nobody can choose it. */
function isGiven(key: string): boolean {
  return !/sourced/i.test(key) && /(?:^|[a-z_])(?:id|guid|uuid|identifier)$/i.test(key);
}

function isReadOnly({ name, specifier, source }: Column, kind: 'create' | 'update', key: string | undefined): boolean {
  if (source !== 'resource') return false;
  const type = specifier.replace(/^_:|[*^]+$/g, '');
  return type === '_nim' || type === 'etag' || (kind === 'create' && name === key && isGiven(name));
}

/** The method that the file's other operations of the kind have. */
function methodOf(connector: Connector, kind: 'create' | 'update' | 'delete'): string {
  if (kind !== 'update') return kind === 'create' ? 'post' : 'delete';
  const used = factsOf(connector).operations.filter(({ operation }) => kindOf(operation) === 'update');
  const count = (method: string): number => used.filter(({ operation }) => operation.method === method).length;
  if (count('put') === count('patch')) return connector.rest.accept?.text.includes('scim') === true ? 'patch' : 'put';
  return count('patch') > count('put') ? 'patch' : 'put';
}

/** A call with its mode, where the file writes that. */
export function callOf(connector: Connector, path: string | undefined, more: readonly Entry[] = []): Json | undefined {
  const calls = factsOf(connector).operations.flatMap(({ operation }) => operation.call.node ?? []);
  const saysMode = calls.length === 0 || calls.some((call) => childOf(call, 'mode')?.value === 'normal');
  if (path === undefined && !saysMode) return undefined;
  return objectOf([['mode', more.length > 0 ? 'iteration' : saysMode ? 'normal' : undefined], ['path', path], ...more]);
}

/** A get: at the address the table's writes have, else at one made as those of the other gets are. */
function getOf(connector: Connector, table: Table): JsonObject | undefined {
  const own = writePaths(connector, table)?.rows;
  const path = own ?? likeOthers(connector, table.name);
  const variables = namesIn(path).filter((name) => findColumn(table, name));
  if (variables.length > 1) return undefined;
  const [column] = variables;
  const parent = column === undefined ? undefined : parentOf(connector, table, column);
  if (column !== undefined && !parent) return undefined;
  const call =
    column !== undefined && parent
      ? callOf(connector, path.replaceAll(`{${column}}`, '{iterator}'), [
          ['table', parent.table],
          ['iterator', parent.column],
          ['base', { [column]: '{iterator}' }],
        ])
      : callOf(connector, path);
  return objectOf([
    ['method', 'get'],
    ['call', call],
    ['processing_options', outputOf(connector, table.name)],
  ]);
}

/** The table whose rows a column refers to by its name. */
function parentOf(connector: Connector, table: Table, column: string): { readonly table: string; readonly column: string } | undefined {
  for (const other of factsOf(connector).declaredTables) {
    const key = other.key?.text;
    if (other === table || key === undefined || !findTable(connector, other.name)) continue;
    const one = fold(singular(other.name));
    const names = [`${one}${fold(key)}`, `${one}id`];
    if (names.includes(fold(column)) || (fold(column) === fold(key) && !['id', 'name', 'key'].includes(fold(key))))
      return { table: other.name, column: key };
  }
  return undefined;
}

/** The path of another get with this table's name in place of its own, where it ends with that. */
function likeOthers(connector: Connector, name: string): string {
  for (const { table, operation } of factsOf(connector).operations) {
    const path = operation.role === 'get' && operation.call.mode === 'normal' ? operation.call.path : undefined;
    if (path && variablesOf(path).every(isShared(connector)) && path.text.endsWith(`/${table.name}`))
      return path.text.slice(0, -table.name.length) + name;
  }
  return `/${name}`;
}

function isShared({ items }: Connector): (variable: Variable) => boolean {
  return ({ name }) => items.some((item) => item.name.text === name);
}

/** Where the rows stand in the answer, if all other gets agree: in one field, or in the field of the table's name. */
function outputOf(connector: Connector, name: string): Json | undefined {
  const gets: readonly { readonly table: Table; readonly operation: Operation }[] = factsOf(connector).operations.filter(
    ({ operation }) => operation.role === 'get' && operation.call.mode !== 'constant',
  );
  const fields = new Set(gets.map(({ table, operation }) => (operation.outputField === table.name ? '\0' : operation.outputField)));
  const [only] = fields;
  return fields.size === 1 && only !== undefined ? { output_field: only === '\0' ? name : only } : undefined;
}
