import { childOf, elementsOf, stringOf, type JsonNode } from '../text/json.ts';
import type { Connector } from '../connector/connector.ts';

/** A pre-defined configuration of a connector: `config_scenarios`. */
export interface ScenarioModel {
  readonly name: string;
  readonly description: string;
  /** Connection values that it has; what it leaves to be filled in is not here. */
  readonly values: ReadonlyMap<string, string | number | boolean>;
  /** The tables to collect. */
  readonly tables: readonly ScenarioTableModel[];
}

/** The data model of one table. */
export interface ScenarioTableModel {
  readonly name: string;
  readonly key?: string;
  readonly display?: string;
  /** Columns to collect; empty where it does not say. */
  readonly columns: readonly string[];
  readonly references: readonly string[];
  readonly relations: readonly { readonly column: string; readonly table: string }[];
  /** Columns that a script computes. */
  readonly scripts: readonly string[];
}

/** The scenarios of a connector with all they say. Lookup tables are none of the connector's and are left out. */
export function scenarioModels({ root }: Connector): readonly ScenarioModel[] {
  return elementsOf(childOf(root, 'config_scenarios')).map((node) => {
    const named = new Map(elementsOf(childOf(node, 'name_values')).map((entry) => [textAt(entry, 'name'), childOf(entry, 'value')]));
    const listed = named.get('collections');
    const wanted = listed && new Set(textsOf(listed));
    const tables = elementsOf(childOf(node, 'collections'))
      .filter((table) => (textAt(table, 'source') || 'data') === 'data' && textAt(table, 'col_name') !== '')
      .map(readTable);
    const known = new Set(tables.map(({ name }) => name));
    const bare = [...(wanted ?? [])].filter((name) => !known.has(name));
    return {
      name: textAt(node, 'name'),
      description: textAt(node, 'description'),
      values: new Map(
        [...named].flatMap(([name, value]) => {
          const literal = value?.type === 'string' || value?.type === 'number' || value?.type === 'boolean' ? value.value : undefined;
          const isValue = typeof literal === 'number' || typeof literal === 'boolean' || (typeof literal === 'string' && literal !== '');
          return isValue ? [[name, literal] as const] : [];
        }),
      ),
      tables: [...tables, ...bare.map((name): ScenarioTableModel => ({ name, columns: [], references: [], relations: [], scripts: [] }))],
    };
  });
}

function readTable(node: JsonNode): ScenarioTableModel {
  const fields = elementsOf(childOf(node, 'fields'));
  const isScript = (field: JsonNode): boolean => textAt(field, 'field_source') === 'script';
  const own = fields.filter((field) => !isScript(field));
  const properties = elementsOf(childOf(node, 'name_values')).find((entry) => textAt(entry, 'name') === 'properties');
  const [key, display] = [textAt(node, 'key'), textAt(node, 'display')];
  return {
    name: textAt(node, 'col_name'),
    ...(key !== '' && { key }),
    ...(display !== '' && { display }),
    columns: textsOf(childOf(properties, 'value')),
    references: own.filter((field) => childOf(field, 'reference')?.value === true).map((field) => textAt(field, 'field_name')),
    relations: own.flatMap((field) => textsOf(childOf(field, 'ref_col')).map((table) => ({ column: textAt(field, 'field_name'), table }))),
    scripts: fields.filter(isScript).map((field) => textAt(field, 'field_name')),
  };
}

function textAt(node: JsonNode | undefined, name: string): string {
  return stringOf(childOf(node, name))?.text ?? '';
}

function textsOf(node: JsonNode | undefined): readonly string[] {
  return elementsOf(node).flatMap((element) => stringOf(element)?.text ?? []);
}
