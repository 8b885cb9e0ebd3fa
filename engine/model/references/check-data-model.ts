import { findTable, type ColumnType, type Connector } from '../connector/connector.ts';
import { addToList } from '../connector/refactor/insert.ts';
import { isImplied } from '../internal/internal-system.ts';
import { collectedColumns, resolveTarget } from '../system/build-catalog.ts';
import { findCatalogTable, type Catalog, type ColumnRef } from '../system/catalog.ts';
import { keyColumns } from '../system/key-columns.ts';
import type { InterSystemRelation, RelationSide } from '../system/read-relations.ts';
import type { System, SystemTable } from '../system/system.ts';
import { systemConnector } from '../system/system-connector.ts';
import { childOf } from '../text/json.ts';
import type { Fix, Name, Problem, Severity } from '../text/problem.ts';
import { identifyFile } from '../workspace/file-kind.ts';
import type { FileOf, Workspace } from '../workspace/workspace.ts';
import { isHalfRead } from './resolve.ts';

/**
 * What is wrong with keys and relations whose names are all right. A reference that leads round to its own table is none of it. Nothing for
 * files of another kind, and nothing of a system whose files are being typed.
 */
export function checkDataModel(workspace: Workspace, path: string): readonly Problem[] {
  const identity = identifyFile(path);
  if (identity?.kind === 'relations') return workspace.relations ? checkInterSystem(workspace.relations.model, workspace) : [];
  const file = identity?.kind === 'system' ? workspace.systems.get(identity.name) : undefined;
  return file?.path === path && !isHalfRead(workspace, file.name) ? checkSystem(file, workspace) : [];
}

function checkSystem(file: FileOf<System>, workspace: Workspace): readonly Problem[] {
  const system = file.model;
  const connector = systemConnector(system, workspace);
  const context: Context = {
    file,
    connector,
    catalog: workspace.catalog,
    keys: new Set(keyColumns(system, connector).map(idOf)),
  };
  return system.tables
    .filter(({ name }) => !isImplied(name))
    .flatMap((table) => [...checkRelations(table, context), ...checkCollected(table, connector), ...checkLink(table, context)]);
}

interface Context {
  readonly file: FileOf<System>;
  readonly connector: Connector | undefined;
  readonly catalog: Catalog;
  /** The keys and reference keys of the system. */
  readonly keys: ReadonlySet<string>;
}

function checkRelations(table: SystemTable, context: Context): readonly Problem[] {
  const { file, connector } = context;
  const system = file.model;
  const parent = connector && findTable(connector, table.name.text)?.parent;
  const seen = new Set<string>();
  return table.relations.flatMap(({ column, target }): readonly Problem[] => {
    if (isImplied(column)) return [];
    const to = resolveTarget(system, target.text, connector);
    if (!to) return withoutKey(target, system, connector);
    const from: ColumnRef = { system: system.name, table: table.name.text, column: column.text };
    const id = `${column.text}\n${idOf(to)}`;
    if (seen.has(id))
      return [problem('duplicate-relation', 'warning', `"${column.text}" refers to ${nameOf(to)} twice. Take one out.`, target)];
    seen.add(id);
    if (parent?.column === column.text && parent.table === to.table) {
      const message = `"${table.name.text}" is a child table of "${parent.table}" and refers to it by "${column.text}" anyway. Take this relation out.`;
      return [problem('duplicate-relation', 'warning', message, target)];
    }
    return [...plainColumn(to, target, context), ...unlikeTypes(from, to, column, context.catalog)];
  });
}

/** A table that is there, and that nothing tells the rows of apart; a table that is not there is another matter. */
function withoutKey(target: Name, system: System, connector: Connector | undefined): readonly Problem[] {
  const table = system.tables.find(({ name }) => name.text === target.text);
  // Of a table that nobody can see the key may be there.
  if (!table || !connector || !findTable(connector, target.text)) return [];
  const message = `"${target.text}" has no key, so it is not known which of its columns is meant. Give it a "key", or write "${target.text}.<column>".`;
  return [problem('relation-without-key', 'error', message, target)];
}

function plainColumn(to: ColumnRef, target: Name, { keys, catalog, file }: Context): readonly Problem[] {
  const table = findCatalogTable(catalog, to.system, to.table);
  // A column that is not there is told as an unknown name.
  if (keys.has(idOf(to)) || !table?.columns.some(({ name }) => name === to.column)) return [];
  const key = table.key === undefined ? 'It has no key' : `Its key is "${table.key}"`;
  const message = `"${to.column}" is neither the key nor a reference key of "${to.table}": its values may repeat, and a join would give rows several times. ${key}; or add "${to.column}" to its "references".`;
  const fix = addReference(file, to);
  return [{ ...problem('relation-to-plain-column', 'warning', message, target), ...(fix && { fixes: [fix] }) }];
}

/** Where the table has a list of reference keys already. */
function addReference({ document }: FileOf<System>, { table, column }: ColumnRef): Fix | undefined {
  const list = childOf(childOf(childOf(document.root, 'tables'), table), 'references');
  return list?.type === 'array'
    ? { title: `Make "${column}" a reference key of "${table}"`, ...addToList(document.text, list, column) }
    : undefined;
}

function unlikeTypes(from: ColumnRef, to: ColumnRef, at: Name, catalog: Catalog): readonly Problem[] {
  const [left, right] = [typeOf(catalog, from), typeOf(catalog, to)];
  if (left === undefined || right === undefined || kindOf(left) === kindOf(right)) return [];
  const message = `${nameOf(from)} is a ${left} and ${nameOf(to)} a ${right}: they are never equal, so the relation finds nothing. Give both the same type.`;
  return [problem('relation-types-differ', 'warning', message, at)];
}

/** Columns that the data model names and a collection leaves out. The key is collected whatever is selected. */
function checkCollected(table: SystemTable, connector: Connector | undefined): readonly Problem[] {
  const declared = connector && findTable(connector, table.name.text);
  if (!declared || declared.columns.length === 0) return [];
  const collected = new Set(collectedColumns(declared, table).map(({ name }) => name));
  const known = new Set(declared.columns.map(({ name }) => name));
  const names = [...(table.display ? [table.display] : []), ...table.references, ...table.relations.map(({ column }) => column)];
  return [...new Map(names.map((name) => [name.text, name])).values()].flatMap((name): readonly Problem[] => {
    if (isImplied(name) || collected.has(name.text) || !known.has(name.text)) return [];
    const how = table.columns ? 'Add it to "columns"' : 'The connector does not select it (*): list it under "columns", or select it there';
    return [
      problem(
        'column-not-collected',
        'warning',
        `"${name.text}" is not collected into "${table.name.text}", so nothing can be found by it. ${how}.`,
        name,
      ),
    ];
  });
}

/** A table of memberships that refers to its groups and not to its members, or the other way round. */
function checkLink(table: SystemTable, { file, connector }: Context): readonly Problem[] {
  const membership = connector && findTable(connector, table.name.text)?.membership;
  const sides = [membership?.memberTable?.text, membership?.groupTable?.text];
  const collected = (name: string | undefined): boolean => file.model.tables.some((each) => each.name.text === name);
  const [first] = table.relations;
  if (!first || isImplied(first.column) || sides[0] === sides[1] || !sides.every(collected)) return [];
  const reached = new Set(table.relations.map(({ target }) => resolveTarget(file.model, target.text, connector)?.table));
  const missing = sides.filter((name) => !reached.has(name));
  if (missing.length !== 1) return [];
  const message = `"${table.name.text}" links members and groups, but has no relation to "${missing[0] ?? ''}": "via" cannot go through it. Add one under "relations".`;
  return [problem('link-side-missing', 'hint', message, table.name)];
}

function checkInterSystem(relations: readonly InterSystemRelation[], workspace: Workspace): readonly Problem[] {
  const seen = new Set<string>();
  return relations.flatMap(({ left, right }): readonly Problem[] => {
    const [one, other] = [refOf(left), refOf(right)];
    const id = [idOf(one), idOf(other)].sort().join('\n\n');
    if (seen.has(id)) {
      const message = `${nameOf(one)} and ${nameOf(other)} are related already; a relation between systems has no direction. Take this one out.`;
      return [problem('duplicate-relation', 'warning', message, left.system)];
    }
    seen.add(id);
    if (one.system === other.system) {
      const message = `Both sides are tables of "${one.system}". Write it as a relation of "${one.table}" in systems/${one.system}.json.`;
      return [problem('relation-within-system', 'warning', message, right.system)];
    }
    if ([one, other].some(({ system }) => isHalfRead(workspace, system))) return [];
    return unlikeTypes(one, other, right.column, workspace.catalog);
  });
}

function refOf({ system, table, column }: RelationSide): ColumnRef {
  return { system: system.text, table: table.text, column: column.text };
}

function typeOf(catalog: Catalog, { system, table, column }: ColumnRef): ColumnType | undefined {
  return findCatalogTable(catalog, system, table)?.columns.find(({ name }) => name === column)?.type;
}

/** Types whose values can be equal: a date is a text to the vault. */
function kindOf(type: ColumnType): string {
  return type === 'date' || type === 'datetime' ? 'text' : type;
}

function idOf({ system, table, column }: ColumnRef): string {
  return `${system}\n${table}\n${column}`;
}

function nameOf({ system, table, column }: ColumnRef): string {
  return `${system}.${table}.${column}`;
}

function problem(code: string, severity: Severity, message: string, { span }: Name): Problem {
  return { code, severity, message, span };
}
