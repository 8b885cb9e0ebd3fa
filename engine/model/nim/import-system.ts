import { authenticationInputs } from '../connector/authentication.ts';
import type { ColumnType, Connector } from '../connector/connector.ts';
import { isSecretName } from '../connector/rules/rest/secrets.ts';
import { builtInTable } from '../internal/built-in.ts';
import { internalName } from '../internal/internal-system.ts';
import type { ModelTable } from './data-model.ts';
import { scriptOf } from './import-script.ts';
import { jsonText, recordsOf, textOf, valueOf, type JsonRecord } from './json-value.ts';

export interface ImportedSystem {
  /** Absent where there is nothing to say, as of NIM's own tables. */
  readonly text?: string;
  readonly attention: readonly string[];
}

/**
 * A system with its data model as `systems/<name>.json`. Without its connector in the workspace the columns stand in it, so that filters can be checked
 * though nothing can be collected. `data`: its own resource, where the export has it.
 */
export function importSystem(
  name: string,
  tables: ReadonlyMap<string, ModelTable>,
  data: JsonRecord | undefined,
  connectors: ReadonlyMap<string, Connector>,
): ImportedSystem {
  if (name === internalName) return internalSystem(tables);
  const type = data ? textOf(data, 'system_type_name') : '';
  const connector = type === '' ? undefined : connectors.get(type);
  const attention: string[] = [];
  if (!connector)
    attention.push(
      type === ''
        ? `The system "${name}" is not in the export: systems/${name}.json describes what its filters name, and nothing is collected.`
        : `There is no connectors/${type}.json: systems/${name}.json describes the tables, and nothing is collected. Put the connector there and import again, or add "connector" and replace "fields" by "columns".`,
    );
  const connection = connector ? connectionOf(name, data ?? {}, connector, attention) : {};
  return {
    text: jsonText({
      ...(connector && { connector: type }),
      ...(Object.keys(connection).length > 0 && { connection }),
      tables: Object.fromEntries(
        [...tables.values()].map((table) => [
          table.name,
          {
            ...keysOf(table),
            ...(connector ? columnsOf(table) : { fields: Object.fromEntries(collected(table)) }),
            ...scriptsOf(table),
            ...(table.references.length > 0 && { references: table.references }),
            ...relationsOf(table),
          },
        ]),
      ),
    }),
    attention,
  };
}

/** The internal system knows NIM's own tables, and lookup tables have files of their own: what is left are relations. */
function internalSystem(tables: ReadonlyMap<string, ModelTable>): ImportedSystem {
  const more = [...tables.values()].flatMap((table): readonly (readonly [string, object])[] => {
    const known = builtInTable(table.name)?.relations ?? [];
    const own = table.relations.filter((one) => !known.some(([column, target]) => column === one.column && target === one.table));
    // What is said of a column replaces what was known of it.
    const columns = new Set(own.map(({ column }) => column));
    const relations = relationsOf({ ...table, relations: table.relations.filter(({ column }) => columns.has(column)) });
    const scripts = scriptsOf(table);
    return own.length > 0 || 'scripts' in scripts ? [[table.name, { ...scripts, ...relations }]] : [];
  });
  return { ...(more.length > 0 && { text: jsonText({ tables: Object.fromEntries(more) }) }), attention: [] };
}

function keysOf(table: ModelTable): object {
  return { ...(table.key !== undefined && { key: table.key }), ...(table.display !== undefined && { display: table.display }) };
}

function columnsOf(table: ModelTable): object {
  return table.columns.size > 0 ? { columns: collected(table).map(([name]) => name) } : {};
}

/** What is collected; the others are computed. */
function collected({ columns, scripts }: ModelTable): readonly (readonly [string, ColumnType])[] {
  return [...columns].filter(([column]) => !scripts.some(({ name }) => name === column));
}

/** The scripts that NIM runs when it collects the table. */
function scriptsOf({ columns, scripts }: ModelTable): { readonly scripts?: object } {
  const made = scripts.flatMap(({ name, code }) => {
    const body = scriptOf(code);
    const type = columns.get(name) ?? 'text';
    const lines = body.split('\n');
    return body.trim() === ''
      ? []
      : [[name, { code: lines.length > 1 ? lines : body, ...(type !== 'text' && type !== 'list' && { type }) }] as const];
  });
  return made.length > 0 ? { scripts: Object.fromEntries(made) } : {};
}

function relationsOf({ relations }: Pick<ModelTable, 'relations'>): { readonly relations?: Record<string, string | readonly string[]> } {
  if (relations.length === 0) return {};
  const targets = new Map<string, string[]>();
  for (const { column, table, targetColumn } of relations) {
    const target = targetColumn === undefined ? table : `${table}.${targetColumn}`;
    targets.set(column, [...(targets.get(column) ?? []), target]);
  }
  return {
    relations: Object.fromEntries([...targets].map(([column, all]) => [column, all.length === 1 ? (all[0] ?? '') : [...new Set(all)]])),
  };
}

/** The values the connector asks for. A secret is named, never written. */
function connectionOf(system: string, data: JsonRecord, connector: Connector, attention: string[]): Record<string, unknown> {
  const asked = new Set([...connector.items.map((item) => item.name.text), ...inputsOf(connector)]);
  const secret = new Set(connector.items.filter(({ password }) => password).map((item) => item.name.text));
  const values: Record<string, unknown> = {};
  for (const pair of recordsOf(data, 'name_values')) {
    const [name, value] = [textOf(pair, 'name'), valueOf(pair, 'value')];
    if (!asked.has(name)) continue;
    if (secret.has(name) || isSecretName(name)) {
      values[name] = { secret: `${system}-${name}` };
      attention.push(`"${name}" of ${system} is a secret: give it under the name ${system}-${name}.`);
    } else if ((typeof value === 'string' && value !== '') || typeof value === 'number' || typeof value === 'boolean') values[name] = value;
  }
  return values;
}

function inputsOf(connector: Connector): readonly string[] {
  return authenticationInputs(connector.rest.authentication?.text);
}
