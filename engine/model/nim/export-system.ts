import { internalName } from '../internal/internal-system.ts';
import { findCatalogTable } from '../system/catalog.ts';
import { isDescribed } from '../system/described-connector.ts';
import { readSystem } from '../system/read-system.ts';
import type { System, SystemTable } from '../system/system.ts';
import { parseJson } from '../text/json.ts';
import { changeCollection, isSameTable, newCollection, noGuard, type CollectionContext } from './export-collection.ts';
import type { Exporting } from './exporting.ts';
import { recordsOf, textOf, textsOf, valueOf, type JsonRecord } from './json-value.ts';
import { category, type NimResource } from './resources.ts';

/** NIM's system with the data model and the connection values that were changed here. Tables that changed are noted. */
export function changeSystem(exporting: Exporting, path: string, original: NimResource): NimResource {
  const { workspace, before, files, note } = exporting;
  const name = path.slice('systems/'.length, -'.json'.length);
  const text = files.get(path);
  const now = text === undefined ? undefined : workspace.systems.get(name)?.model;
  if (!now) return original;
  const was = readSystem(name, parseJson(before.files.get(path) ?? '{}', { strict: false }).root);
  const isInternal = name === internalName;
  const [then, there] = [tablesOf(was, before.renamed.lookups), tablesOf(now, before.renamed.lookups)];
  const context = (table: string): CollectionContext => ({
    catalog: findCatalogTable(workspace.catalog, name, before.renamed.lookups.get(table) ?? table),
    tables: new Set([...there.keys(), ...collections.map((one) => textOf(one, 'col_name'))]),
  });
  const collections = recordsOf(original.data, 'collections');
  const known = new Set(collections.map((one) => textOf(one, 'col_name')));
  // What stands in the internal system's file comes on top of what is there: a table that it does not name is not gone.
  const gone = isInternal ? [] : [...then.keys()].filter((table) => !there.has(table));
  const changed = [...there].flatMap(([table, one]) => (isSameTable(then.get(table), one) ? [] : [table]));
  const added = changed.filter((table) => !known.has(table) && (!isInternal || there.get(table)?.fields !== undefined));
  const kept = collections.flatMap((one): readonly JsonRecord[] => {
    const table = textOf(one, 'col_name');
    const is = there.get(table);
    if (gone.includes(table)) return [];
    if (!is && !then.has(table)) return [one];
    const empty: SystemTable = { name: { text: table, span: { offset: 0, length: 0 } }, references: [], relations: [] };
    return [isSameTable(then.get(table), is) ? one : changeCollection(one, then.get(table), is ?? empty, context(table))];
  });
  const made = added.flatMap((table) => {
    const one = there.get(table);
    return one ? [newCollection(one, 'data', context(table))] : [];
  });
  const connection = changedConnection(original.data, was, now);
  if (changed.length + gone.length > 0)
    note(
      path,
      'info',
      `The data model that goes out is NIM's with what was changed here: ${[...changed, ...gone.map((table) => `${table} (taken out)`)].join(', ')}.`,
    );
  noteOwn(exporting, path, was, now);
  const type = textOf(original.data, 'system_type_name');
  if (now.connector.text !== '' && now.connector.text !== type)
    note(path, 'warning', `In NIM "${original.name}" is of the type "${type}", which an export cannot change to "${now.connector.text}".`);
  return {
    ...original,
    data: {
      ...original.data,
      ...withLists(original.data, connection, gone, added),
      collections: [...kept, ...made].map((one) => withoutLinks(one, gone)),
    },
  };
}

/** A system that was set up here, as NIM keeps it; undefined, with the reason noted, where it cannot be one there. */
export function newSystem(exporting: Exporting, path: string): NimResource | undefined {
  const { workspace, note } = exporting;
  const name = path.slice('systems/'.length, -'.json'.length);
  const system = workspace.systems.get(name)?.model;
  if (!system) return undefined;
  const connector = system.connector.text;
  if (system.files || isDescribed(system) || !workspace.connectors.has(connector)) {
    const why = system.files
      ? 'it reads files, and no public export shows how NIM keeps that'
      : connector === ''
        ? 'it names no connector'
        : `there is no connectors/${connector}.json`;
    note(path, 'info', `"${name}" is not in the export, since ${why}. Set it up in NIM.`);
    return undefined;
  }
  const tables = new Set(system.tables.map((table) => table.name.text));
  const secrets = [...system.connection].filter(([, value]) => value.kind !== 'literal').map(([item]) => item);
  note(
    path,
    'warning',
    `No public export shows a system that was set up outside NIM: look at "${name}" after importing it there, with connectors/${connector}.json among NIM's connectors.${secrets.length > 0 ? ` Give it there: ${secrets.join(', ')}.` : ''}`,
  );
  noteOwn(exporting, path, undefined, system);
  return {
    name,
    category: category.system,
    data: {
      system_name: name,
      system_type_category: 'rest',
      system_type_name: connector,
      name_values: [
        { name: 'collections', value: [...tables] },
        ...[...system.connection].flatMap(([item, value]) => (value.kind === 'literal' ? [{ name: item, value: value.value }] : [])),
      ],
      collections: system.tables.map((table) =>
        newCollection(table, 'data', { catalog: findCatalogTable(workspace.catalog, name, table.name.text), tables }),
      ),
      guard: noGuard,
      mru_config_scenario_name: '',
    },
    processValue: 0,
  };
}

/** By the names that NIM has for them. */
function tablesOf({ name, tables }: System, lookups: ReadonlyMap<string, string>): ReadonlyMap<string, SystemTable> {
  const theirs = new Map([...lookups].map(([nim, ours]) => [ours, nim] as const));
  if (name !== internalName || theirs.size === 0) return new Map(tables.map((table) => [table.name.text, table]));
  const inNim = (target: string): string => {
    const [table, column = ''] = theirs.has(target) ? [target] : [/^.*(?=\.)/s.exec(target)?.[0] ?? target, /\.[^.]*$/.exec(target)?.[0]];
    return `${theirs.get(table) ?? table}${column}`;
  };
  return new Map(
    tables.map((table) => {
      const relations = table.relations.map(({ column, target }) => ({ column, target: { ...target, text: inNim(target.text) } }));
      return [theirs.get(table.name.text) ?? table.name.text, { ...table, relations }];
    }),
  );
}

/** Connection values that are another text now. Secrets stay where they are. */
function changedConnection(data: JsonRecord, was: System, now: System): ReadonlyMap<string, string> {
  const given = new Map(recordsOf(data, 'name_values').map((pair) => [textOf(pair, 'name'), textOf(pair, 'value')] as const));
  return new Map(
    [...now.connection].flatMap(([item, value]) => {
      const before = was.connection.get(item);
      const isNew =
        value.kind === 'literal' && (before?.kind !== 'literal' || before.value !== value.value) && given.get(item) !== value.value;
      return isNew ? [[item, value.value] as const] : [];
    }),
  );
}

/** The system's own values: what it connects with, and the list of its tables. */
export function withLists(
  data: JsonRecord,
  connection: ReadonlyMap<string, string>,
  gone: readonly string[],
  added: readonly string[],
): JsonRecord {
  if (connection.size + gone.length + added.length === 0) return {};
  const pairs = recordsOf(data, 'name_values');
  const changed = pairs.map((pair) => {
    const name = textOf(pair, 'name');
    if (name === 'collections' || name === 'tables') {
      const list = textsOf(pair, 'value').filter((table) => !gone.includes(table));
      return { ...pair, value: [...list, ...added.filter((table) => !list.includes(table))] };
    }
    return connection.has(name) ? { ...pair, value: connection.get(name) } : pair;
  });
  const names = new Set(pairs.map((pair) => textOf(pair, 'name')));
  return {
    name_values: [...changed, ...[...connection].flatMap(([name, value]) => (names.has(name) ? [] : [{ name, value }]))],
  };
}

/** Relations through a link table end at tables that are there. */
function withoutLinks(collection: JsonRecord, gone: readonly string[]): JsonRecord {
  if (gone.length === 0 || valueOf(collection, 'sys_nn') === undefined) return collection;
  const ends = recordsOf(collection, 'sys_nn').filter(
    (one) => !gone.includes(textOf(one, 'col_a')) && !gone.includes(textOf(one, 'col_b')),
  );
  return { ...collection, sys_nn: ends };
}

/** What a system says to Sollist alone. */
function noteOwn({ note }: Exporting, path: string, was: System | undefined, now: System): void {
  const guards = (system: System | undefined): string =>
    JSON.stringify([system?.collapse, (system?.tables ?? []).flatMap(({ name, collapse }) => (collapse ? [[name.text, collapse]] : []))]);
  const own = [
    ...(guards(now) === guards(was) ? [] : ['guards']),
    ...(now.keep === was?.keep ? [] : ['keep']),
    ...(now.failedParents === was?.failedParents ? [] : ['failedParents']),
    ...(JSON.stringify(now.allowedHosts) === JSON.stringify(was?.allowedHosts ?? []) ? [] : ['allowedHosts']),
    ...(JSON.stringify(now.proxy) === JSON.stringify(was?.proxy) ? [] : ['proxy']),
  ];
  if (own.length > 0) note(path, 'info', `NIM keeps the like of ${own.join(', ')} otherwise: set that up there.`);
}
