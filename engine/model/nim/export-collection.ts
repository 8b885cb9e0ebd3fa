import type { ColumnType } from '../connector/connector.ts';
import type { CatalogTable } from '../system/catalog.ts';
import type { SystemTable } from '../system/system.ts';
import { scriptOf } from './import-script.ts';
import { isRecord, recordOf, recordsOf, textOf, textsOf, valueOf, type JsonRecord } from './json-value.ts';

/** What a table of a system's file says, in words that can be compared. */
interface TableSaid {
  readonly key: string;
  readonly display: string;
  /** Absent where the connector's own are collected. */
  readonly columns?: ReadonlyMap<string, ColumnType | undefined>;
  readonly scripts: ReadonlyMap<string, { readonly code: string; readonly type: ColumnType }>;
  readonly references: ReadonlySet<string>;
  readonly relations: ReadonlyMap<string, readonly string[]>;
}

function said(table: SystemTable | undefined): TableSaid {
  const relations = new Map<string, readonly string[]>();
  for (const { column, target } of table?.relations ?? []) relations.set(column.text, [...(relations.get(column.text) ?? []), target.text]);
  return {
    key: table?.key?.text ?? '',
    display: table?.display?.text ?? '',
    ...(table?.fields
      ? { columns: new Map(table.fields.map(({ name, type }) => [name.text, type])) }
      : table?.columns && { columns: new Map(table.columns.map(({ text }) => [text, undefined])) }),
    scripts: new Map(
      (table?.scripts ?? []).map(({ name, code, type }) => [name.text, { code: scriptOf(code), type: type === 'any' ? 'text' : type }]),
    ),
    references: new Set(table?.references.map(({ text }) => text)),
    relations,
  };
}

/** Whether a table says to NIM what it said before. */
export function isSameTable(one: SystemTable | undefined, other: SystemTable | undefined): boolean {
  const text = (table: SystemTable | undefined): string =>
    JSON.stringify(said(table), (_, value: unknown) =>
      value instanceof Map
        ? [...(value as ReadonlyMap<unknown, unknown>)]
        : value instanceof Set
          ? [...(value as ReadonlySet<unknown>)]
          : value,
    );
  return text(one) === text(other);
}

/** What making a collection rests on. */
export interface CollectionContext {
  /** The table as filters know it: columns that the connector gives, and their types. */
  readonly catalog: CatalogTable | undefined;
  /** Names of the system's tables: a relation may name one that has a dot in it. */
  readonly tables: ReadonlySet<string>;
}

/** NIM's collection with what was changed in the system's file between `before` and `now`; everything else of it stays. */
export function changeCollection(
  collection: JsonRecord,
  before: SystemTable | undefined,
  now: SystemTable,
  context: CollectionContext,
): JsonRecord {
  const [was, is] = [said(before), said(now)];
  const given = recordsOf(collection, 'fields');
  const names = new Set(given.map((field) => textOf(field, 'field_name')));
  const there = is.columns ?? (was.columns && new Map(context.catalog?.columns.map(({ name, type }) => [name, type])));
  const catalogNames = new Set(context.catalog?.columns.map(({ name }) => name));
  const gone = new Set([
    ...[...(was.columns?.keys() ?? [])].filter((name) => there && !there.has(name) && !catalogNames.has(name) && !is.scripts.has(name)),
    ...[...was.scripts.keys()].filter((name) => !is.scripts.has(name) && there?.has(name) !== true),
  ]);
  const added = [...(there?.keys() ?? [])].filter((name) => !names.has(name) && !is.scripts.has(name));
  const fields = [
    ...given.filter((field) => !gone.has(textOf(field, 'field_name'))).map(changed),
    ...added.map((name) => changed(newField(name, there?.get(name) ?? typeIn(context, name)))),
    ...[...is.scripts.keys()].filter((name) => !names.has(name)).map((name) => changed(newField(name, 'text'))),
  ];
  return {
    ...collection,
    ...(was.key !== is.key && { key: is.key }),
    ...(was.display !== is.display && { display: is.display }),
    fields,
    ...properties(collection, gone, added),
    ...validColumns(collection, gone),
  };

  function changed(field: JsonRecord): JsonRecord {
    const name = textOf(field, 'field_name');
    const [scriptWas, scriptIs] = [was.scripts.get(name), is.scripts.get(name)];
    const [typeWas, typeIs] = [was.columns?.get(name), is.columns?.get(name)];
    const [targetsWas, targetsIs] = [was.relations.get(name) ?? [], is.relations.get(name) ?? []];
    return {
      ...field,
      ...(scriptIs &&
        (scriptIs.code !== scriptWas?.code || scriptIs.type !== scriptWas.type) && {
          field_source: 'script',
          javascript: scriptIs.code,
          field_type: types[scriptIs.type],
        }),
      ...(scriptWas && !scriptIs && { field_source: 'data', javascript: '' }),
      ...(typeWas !== undefined && typeIs !== undefined && typeWas !== typeIs && { field_type: types[typeIs], field_format: '' }),
      ...(was.references.has(name) !== is.references.has(name) && { reference: is.references.has(name) }),
      ...(JSON.stringify(targetsWas) !== JSON.stringify(targetsIs) && relationOf(targetsIs, context.tables)),
    };
  }
}

/** A collection for a table that NIM does not have yet. */
export function newCollection(now: SystemTable, source: 'data' | 'lookup', context: CollectionContext): JsonRecord {
  const scripts = new Set(now.scripts?.map(({ name }) => name.text));
  const columns =
    now.fields?.map(({ name }) => name.text) ??
    now.columns?.map(({ text }) => text) ??
    context.catalog?.columns.map(({ name }) => name).filter((name) => !scripts.has(name)) ??
    [];
  const made = changeCollection(
    {
      col_name: now.name.text,
      key: context.catalog?.key ?? '',
      display: '',
      source,
      container: '',
      fields: [...new Set([...(context.catalog?.columns.map(({ name }) => name) ?? []), ...columns])]
        .filter((name) => !scripts.has(name))
        .map((name) => newField(name, now.fields?.find((field) => field.name.text === name)?.type ?? typeIn(context, name))),
      name_values: source === 'data' ? [{ name: 'properties', value: columns }] : [],
      sys_nn: [],
      guard: noGuard,
    },
    undefined,
    now,
    context,
  );
  return made;
}

export const noGuard: JsonRecord = { enabledFlag: false, subColumnsUseFlag: false, supColumnsUseFlag: false };

const types: Readonly<Record<ColumnType, string>> = {
  text: 'string',
  list: 'string',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'date-time',
};

function typeIn({ catalog }: CollectionContext, name: string): ColumnType {
  return catalog?.columns.find((column) => column.name === name)?.type ?? 'text';
}

function newField(name: string, type: ColumnType): JsonRecord {
  return {
    field_name: name,
    field_type: types[type],
    include: true,
    field_format: '',
    field_source: 'data',
    javascript: '',
    ref_col: [],
    reference: false,
    ref_col_fields: [],
  };
}

/** A relation to a table's key names the table; one to another column names both. */
function relationOf(targets: readonly string[], tables: ReadonlySet<string>): JsonRecord {
  const toKeys = targets.filter((target) => tables.has(target) || !target.includes('.'));
  const toFields = targets.filter((target) => !toKeys.includes(target));
  return {
    ref_col: toKeys,
    ref_col_fields: toFields.map((target) => {
      const dot = target.lastIndexOf('.');
      return { col: target.slice(0, dot), field: target.slice(dot + 1) };
    }),
  };
}

/** The list of columns to collect, where the collection has one. */
function properties(collection: JsonRecord, gone: ReadonlySet<string>, added: readonly string[]): JsonRecord {
  const pairs = valueOf(collection, 'name_values');
  if (!Array.isArray(pairs)) return {};
  return {
    name_values: pairs.map((pair: unknown) => {
      if (!isRecord(pair) || textOf(pair, 'name') !== 'properties') return pair;
      const list = textsOf(pair, 'value').filter((name) => !gone.has(name));
      return { ...pair, value: [...list, ...added.filter((name) => !list.includes(name))] };
    }),
  };
}

function validColumns(collection: JsonRecord, gone: ReadonlySet<string>): JsonRecord {
  const guard = recordOf(collection, 'guard');
  if (valueOf(guard, 'validColumnsSet') === undefined || gone.size === 0) return {};
  return { guard: { ...guard, validColumnsSet: textsOf(guard, 'validColumnsSet').filter((name) => !gone.has(name)) } };
}
