import type { ColumnType } from '../connector/connector.ts';
import { builtInTables } from '../internal/built-in.ts';
import { internalName } from '../internal/internal-system.ts';
import { catalogOf, type Catalog, type Relation } from '../system/catalog.ts';
import { flagOf, recordsOf, textOf, textsOf, valueOf, type JsonRecord } from './json-value.ts';
import { category, type NimExport } from './resources.ts';

/** A table as an export describes it. */
export interface ModelTable {
  readonly name: string;
  readonly columns: Map<string, ColumnType>;
  key?: string;
  display?: string;
  readonly references: string[];
  readonly relations: ModelRelation[];
  /** `use`: known only by what filters name of it. */
  readonly from: 'model' | 'lookup' | 'built-in' | 'use';
  /** Columns that a script computes, with the script as NIM has it. */
  readonly scripts: readonly ModelScript[];
}

export interface ModelScript {
  readonly name: string;
  readonly code: string;
}

/** A column that refers to another table: to its key where `targetColumn` is absent. */
export interface ModelRelation {
  readonly column: string;
  readonly table: string;
  readonly targetColumn?: string;
}

export interface InterSystem {
  readonly left: { readonly system: string; readonly table: string; readonly column: string };
  readonly right: { readonly system: string; readonly table: string; readonly column: string };
}

/** Systems by name, their tables by name, and what relates them. */
export interface DataModel {
  readonly systems: Map<string, Map<string, ModelTable>>;
  readonly interSystem: InterSystem[];
  /** Systems whose data model is in the export. */
  readonly complete: ReadonlySet<string>;
}

/** The data model that the systems, lookup tables and relations of an export give. */
export function dataModelOf({ resources }: NimExport): DataModel {
  const systems = new Map<string, Map<string, ModelTable>>();
  const complete = new Set<string>();
  for (const { name, data } of resources.filter((one) => one.category === category.system)) {
    const system = textOf(data, 'system_name') || name;
    complete.add(system);
    systems.set(system, new Map(recordsOf(data, 'collections').map((one) => [textOf(one, 'col_name'), collectionOf(one)])));
  }
  const lookups = resources.filter((one) => one.category === category.lookup);
  const internal = systems.get(internalName) ?? new Map<string, ModelTable>();
  for (const { name, data } of lookups) {
    const table = textOf(data, 'name') || name;
    internal.set(table, lookupOf(table, data, internal.get(table)));
  }
  if (internal.size > 0) systems.set(internalName, internal);
  return {
    systems,
    interSystem: resources.filter((one) => one.category === category.relation).flatMap(({ data }) => relationOf(data)),
    complete,
  };
}

/** NIM's own tables, where an export names them without describing them. */
export function builtInModel(name: string): ModelTable | undefined {
  const table = builtInTables.find((one) => one.name === name);
  return (
    table && {
      name,
      columns: new Map(table.columns),
      ...(table.key !== undefined && { key: table.key }),
      references: [],
      relations: (table.relations ?? []).map(([column, target]) => ({ column, table: target })),
      from: 'built-in',
      scripts: [],
    }
  );
}

function collectionOf(collection: JsonRecord): ModelTable {
  const fields = recordsOf(collection, 'fields').filter((field) => textOf(field, 'field_type') !== 'password');
  const [key, display] = [textOf(collection, 'key'), textOf(collection, 'display')];
  return {
    name: textOf(collection, 'col_name'),
    columns: new Map(fields.map((field) => [textOf(field, 'field_name'), typeOfField(textOf(field, 'field_type'))])),
    ...(key !== '' && { key }),
    ...(display !== '' && { display }),
    references: fields.filter((field) => flagOf(field, 'reference')).map((field) => textOf(field, 'field_name')),
    relations: fields.flatMap((field): readonly ModelRelation[] => {
      const column = textOf(field, 'field_name');
      return [
        ...textsOf(field, 'ref_col').map((table) => ({ column, table })),
        ...recordsOf(field, 'ref_col_fields').map((to) => ({ column, table: textOf(to, 'col'), targetColumn: textOf(to, 'field') })),
      ];
    }),
    from: 'model',
    scripts: fields
      .filter((field) => textOf(field, 'field_source') === 'script')
      .map((field) => ({ name: textOf(field, 'field_name'), code: textOf(field, 'javascript') })),
  };
}

function typeOfField(type: string): ColumnType {
  return type === 'date-time' ? 'datetime' : type === 'number' || type === 'boolean' || type === 'date' ? type : 'text';
}

/** A lookup's own columns; the data model may know them better, as it tells dates from texts. */
function lookupOf(name: string, data: JsonRecord, known: ModelTable | undefined): ModelTable {
  const columns = recordsOf(data, 'columns').map((column): readonly [string, ColumnType] => {
    const field = textOf(column, 'name');
    const type = valueOf(column, 'type');
    return [field, known?.columns.get(field) ?? (type === 1 ? 'number' : type === 2 ? 'boolean' : 'text')];
  });
  const auto = recordsOf(data, 'columns').find((column) => flagOf(column, 'auto'));
  const key = known?.key ?? (known ? undefined : auto && textOf(auto, 'name'));
  return {
    name,
    columns: new Map(columns),
    ...(key !== undefined && { key }),
    ...(known?.display !== undefined && { display: known.display }),
    references: known?.references ?? [],
    relations: known?.relations ?? [],
    from: 'lookup',
    scripts: known?.scripts ?? [],
  };
}

function relationOf(data: JsonRecord): readonly InterSystem[] {
  const side = (end: 'a' | 'b'): InterSystem['left'] => ({
    system: textOf(data, `system_${end}`),
    table: textOf(data, `col_${end}`),
    column: textOf(data, `field_${end}`),
  });
  const [left, right] = [side('a'), side('b')];
  return [left, right].every(({ system, table, column }) => system !== '' && table !== '' && column !== '') ? [{ left, right }] : [];
}

/** Everything that filters may name. */
export function catalogOfModel({ systems, interSystem }: DataModel): Catalog {
  const relations: Relation[] = [];
  for (const [system, tables] of systems) {
    for (const { name, relations: own } of tables.values()) {
      for (const { column, table, targetColumn } of own) {
        const to = targetColumn ?? tables.get(table)?.key;
        if (to !== undefined)
          relations.push({ kind: 'reference', from: { system, table: name, column }, to: { system, table, column: to } });
      }
    }
  }
  return catalogOf(
    [...systems].flatMap(([system, tables]) =>
      [...tables.values()].map((table) => ({
        system,
        table: table.name,
        columns: [...table.columns].map(([name, type]) => ({ name, type })),
        ...(table.key !== undefined && { key: table.key }),
        ...(table.display !== undefined && { display: table.display }),
      })),
    ),
    [...relations, ...interSystem.map(({ left, right }): Relation => ({ kind: 'inter-system', from: left, to: right }))],
  );
}
