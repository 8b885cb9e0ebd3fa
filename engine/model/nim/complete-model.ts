import type { ColumnType } from '../connector/connector.ts';
import { internalName } from '../internal/internal-system.ts';
import { builtInModel, type DataModel, type ModelTable } from './data-model.ts';
import type { NimFilter, NimItem, NimReference } from './nim-filter.ts';
import { readFunction } from './operators.ts';
import type { AliasedTable } from './relations.ts';

/**
 * Adds what filters tell and the export does not describe: systems that were not exported with them, with the columns that are named, and relations
 * that items use. A system that is described gets no tables and columns: what a filter names beside them is a problem of the filter. Gives what was assumed,
 * in sentences.
 */
export function completeModel(model: DataModel, filters: readonly NimFilter[]): readonly string[] {
  const assumed: string[] = [];
  for (const filter of filters) useTables(model, filter);
  for (const filter of filters) useRelations(model, filter, assumed);
  return [...new Set(assumed)];
}

/** The table, made where its system is not described. */
function tableOf(model: DataModel, system: string, name: string): ModelTable | undefined {
  const known = model.systems.get(system)?.get(name);
  if (known || system === '' || name === '' || model.complete.has(system)) return known;
  const made: ModelTable = (system === internalName ? builtInModel(name) : undefined) ?? {
    name,
    columns: new Map(),
    references: [],
    relations: [],
    from: 'use',
    scripts: [],
  };
  const tables = model.systems.get(system) ?? new Map<string, ModelTable>();
  model.systems.set(system, tables.set(name, made));
  return made;
}

function useColumn(model: DataModel, { system, table }: Omit<AliasedTable, 'alias'>, column: string, type?: ColumnType): void {
  const found = tableOf(model, system, table);
  if (!found || found.from !== 'use' || column === '') return;
  const known = found.columns.get(column);
  if (known === undefined || (type !== undefined && known === 'text')) found.columns.set(column, type ?? 'text');
}

function useTables(model: DataModel, filter: NimFilter): void {
  const { start } = filter;
  if (!start) return;
  const tables: AliasedTable[] = [start];
  const look = (item: NimItem, near: AliasedTable): void => {
    if (item.type === 'expression' && !item.leftIsParameter) useColumn(model, near, item.field, typeByUse(item, filter));
    if (item.type === 'reference') {
      tables.push(item);
      const { relation } = item;
      switch (relation.kind) {
        case 'n-1':
        case '1-n':
          useColumn(model, relation.kind === 'n-1' ? near : item, relation.field);
          break;
        case 'inter-system':
          useColumn(model, near, relation.near);
          useColumn(model, item, relation.far);
          break;
        case 'link':
          useColumn(model, relation, relation.near);
          useColumn(model, relation, relation.far);
      }
      tableOf(model, item.system, item.table);
    }
    for (const child of item.children) look(child, item.type === 'reference' ? item : near);
  };
  tableOf(model, start.system, start.table);
  for (const item of start.children) look(item, start);
  for (const column of filter.columns) {
    const table = column.kind === 'data' ? tables.find(({ alias }) => alias === column.alias) : undefined;
    if (table && column.kind === 'data') useColumn(model, table, column.field);
    if (column.kind === 'script')
      for (const one of tables) for (const field of scriptColumns(column.code, one.alias)) useColumn(model, one, field);
  }
  for (const { system, table, field } of filter.lookups) useColumn(model, { system, table }, field);
}

/** What a column must hold so that the comparison makes sense. */
function typeByUse(item: Extract<NimItem, { type: 'expression' }>, filter: NimFilter): ColumnType | undefined {
  if (readFunction(item.function)?.kind === 'today') return 'date';
  const { operand } = item;
  if (operand.kind === 'parameter')
    return filter.parameters.find(({ name }) => name === operand.name)?.type === 'number' ? 'number' : undefined;
  return typeof operand.value === 'boolean' ? 'boolean' : typeof operand.value === 'number' ? 'number' : undefined;
}

/** The columns a script names in NIM's notation: `Users['mail']`, `data['Users']['mail']`. */
function scriptColumns(code: string, alias: string): readonly string[] {
  const name = alias.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(`(?:\\b|\\[['"])${name}(?:['"]\\])?\\s*\\??\\.?\\[\\s*(['"])([^'"\\]]+)\\1\\s*\\]`, 'g');
  return [...code.matchAll(pattern)].flatMap((match) => match[2] ?? []);
}

function useRelations(model: DataModel, { start, name }: NimFilter, assumed: string[]): void {
  if (!start) return;
  const look = (item: NimItem, near: AliasedTable): void => {
    if (item.type === 'reference') useRelation(model, item, near, name, assumed);
    for (const child of item.children) look(child, item.type === 'reference' ? item : near);
  };
  for (const item of start.children) look(item, start);
}

function useRelation(model: DataModel, item: NimReference, near: AliasedTable, filter: string, assumed: string[]): void {
  const { relation } = item;
  switch (relation.kind) {
    case 'inter-system': {
      const left = { system: near.system, table: near.table, column: relation.near };
      const right = { system: item.system, table: item.table, column: relation.far };
      const said = [left, right].map((side) => JSON.stringify(Object.values(side)));
      const known = model.interSystem.some((one) => {
        const sides = [one.left, one.right].map(({ system, table, column }) => JSON.stringify([system, table, column]));
        return said.every((side) => sides.includes(side));
      });
      if (!known && near.system !== item.system) model.interSystem.push({ left, right });
      break;
    }
    case 'n-1':
      refer(model, near, relation.field, item, filter, assumed);
      // To walk up a tree, its own rows must refer to each other in the same way.
      if (item.recursive && !isTree(model, item)) refer(model, item, relation.field, item, filter, assumed);
      break;
    case '1-n':
      refer(model, item, relation.field, near, filter, assumed);
      if (item.recursive && !isTree(model, item)) refer(model, item, relation.field, item, filter, assumed);
      break;
    case 'link':
      refer(model, relation, relation.near, near, filter, assumed);
      refer(model, relation, relation.far, item, filter, assumed);
  }
}

function isTree(model: DataModel, { system, table }: Place): boolean {
  return (
    model.systems
      .get(system)
      ?.get(table)
      ?.relations.some((one) => one.table === table) === true
  );
}

type Place = Pick<AliasedTable, 'system' | 'table'>;

function refer(model: DataModel, from: Place, column: string, to: Place, filter: string, assumed: string[]): void {
  const table = tableOf(model, from.system, from.table);
  const target = tableOf(model, to.system, to.table);
  if (!table || !target || from.system !== to.system || table.relations.some((one) => one.column === column && one.table === to.table))
    return;
  // A column that a described table does not have is a problem of the filter.
  if (table.from !== 'use' && !table.columns.has(column)) return;
  if (target.key === undefined && target.from === 'use') target.key = likelyKey(target);
  const known = wellKnown.get(column);
  const targetColumn = known !== undefined && target.columns.has(known) ? known : undefined;
  if (target.key === undefined && targetColumn === undefined) return;
  table.relations.push({ column, table: to.table, ...(targetColumn !== undefined && { targetColumn }) });
  // What is referred to is said to be a reference key.
  if (targetColumn !== undefined && !target.references.includes(targetColumn)) target.references.push(targetColumn);
  if (table.from === 'use' && !table.columns.has(column)) table.columns.set(column, 'text');
  assumed.push(
    `The data model does not say what ${from.system}.${from.table}.${column} refers to, which ${filter} uses: ${to.table}.${targetColumn ?? target.key ?? ''} is assumed. Look at systems/${from.system}.json.`,
  );
}

/** A directory's `path` names the entry above by its whole name. */
const wellKnown: ReadonlyMap<string, string> = new Map([['path', 'distinguishedName']]);

/** Of a table that nothing describes, the column that looks most like a key. */
function likelyKey({ columns }: ModelTable): string {
  const names = [...columns.keys()];
  const key =
    names.find((name) => /^(?:id|key|objectguid|guid)$/i.test(name)) ?? names.find((name) => /(?:id|guid|key)$/i.test(name)) ?? 'id';
  columns.set(key, columns.get(key) ?? 'text');
  return key;
}
