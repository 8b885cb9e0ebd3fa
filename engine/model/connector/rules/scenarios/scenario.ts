import { childOf, elementsOf, stringOf, type JsonNode } from '../../../text/json.ts';
import type { Name } from '../../../text/problem.ts';
import type { Connector } from '../../connector.ts';

/** One table of a scenario's data model, as far as it names things of the schema. */
export interface ScenarioTable {
  readonly name: Name | undefined;
  /** Columns it lists by name; those a script makes are apart. */
  readonly columns: readonly Name[];
  readonly scripts: ReadonlySet<string>;
  /** `key` and `display`: columns or scripts of the table; empty where there is none. */
  readonly roles: readonly Name[];
  /** Tables that columns and n-n relations refer to. */
  readonly tables: readonly Name[];
  /** Columns of n-n relations. */
  readonly links: readonly Name[];
}

/** The tables of every scenario, and the names in its list of tables to collect. */
export interface Scenario {
  readonly collected: readonly Name[];
  readonly tables: readonly ScenarioTable[];
}

const memory = new WeakMap<Connector, readonly Scenario[]>();

/** The scenarios of a connector; read once for all rules. */
export function scenariosOf(connector: Connector): readonly Scenario[] {
  const known = memory.get(connector) ?? readScenarios(connector);
  memory.set(connector, known);
  return known;
}

function readScenarios({ root }: Connector): readonly Scenario[] {
  return elementsOf(childOf(root, 'config_scenarios')).map((node) => ({
    collected: namesOf(namedValue(node, 'collections')),
    // A lookup table is none of the schema's.
    tables: elementsOf(childOf(node, 'collections'))
      .filter((table) => (stringOf(childOf(table, 'source'))?.text ?? 'data') === 'data')
      .map(readTable),
  }));
}

function readTable(node: JsonNode): ScenarioTable {
  const fields = elementsOf(childOf(node, 'fields'));
  const isScript = (field: JsonNode): boolean => (stringOf(childOf(field, 'field_source'))?.text ?? 'data') !== 'data';
  const names = (list: readonly JsonNode[], ...properties: readonly string[]): readonly Name[] =>
    list.flatMap((entry) => properties.flatMap((property) => written(childOf(entry, property))));
  const links = elementsOf(childOf(node, 'sys_nn'));
  return {
    name: stringOf(childOf(node, 'col_name')),
    columns: [
      ...names(
        fields.filter((field) => !isScript(field)),
        'field_name',
      ),
      ...namesOf(namedValue(node, 'properties')),
    ],
    scripts: new Set(names(fields.filter(isScript), 'field_name').map(({ text }) => text)),
    roles: names([node], 'key', 'display'),
    tables: [...fields.flatMap((field) => namesOf(childOf(field, 'ref_col'))), ...names(links, 'col_a', 'col_b')],
    links: names(links, 'field_a', 'field_b'),
  };
}

function namedValue(node: JsonNode, name: string): JsonNode | undefined {
  return childOf(
    elementsOf(childOf(node, 'name_values')).find((entry) => stringOf(childOf(entry, 'name'))?.text === name),
    'value',
  );
}

function namesOf(node: JsonNode | undefined): readonly Name[] {
  return elementsOf(node).flatMap(written);
}

/** The name that stands there; an empty text stands for none. */
function written(node: JsonNode | undefined): readonly Name[] {
  const name = stringOf(node);
  return name && name.text !== '' ? [name] : [];
}
