import { childOf, elementsOf, stringOf, type JsonNode } from '../text/json.ts';
import type { Name } from '../text/problem.ts';
import type { ConnectorNames, Note } from './connector-names.ts';
import { itemEntity } from './connector-variables.ts';

/** Notes the tables, columns and connection items that `config_scenarios` names. */
export function scenarioNames(home: string, names: ConnectorNames, note: Note): void {
  for (const scenario of elementsOf(childOf(names.connector.root, 'config_scenarios'))) {
    for (const entry of elementsOf(childOf(scenario, 'name_values'))) {
      const name = stringOf(childOf(entry, 'name'));
      if (name?.text === 'collections') for (const table of textsOf(childOf(entry, 'value'))) note(table, names.table(table.text));
      else note(name, itemEntity(home, names, name?.text ?? ''));
    }
    for (const collection of elementsOf(childOf(scenario, 'collections'))) noteCollection(names, collection, note);
  }
}

function noteCollection(names: ConnectorNames, collection: JsonNode, note: Note): void {
  const table = stringOf(childOf(collection, 'col_name'));
  const tableName = (name: Name | undefined): void => note(name, names.table(name?.text));
  const column = (name: Name | undefined): void => note(name, names.column(table?.text, name?.text ?? ''));
  tableName(table);
  for (const property of ['key', 'display']) column(stringOf(childOf(collection, property)));
  for (const field of elementsOf(childOf(collection, 'fields'))) {
    column(stringOf(childOf(field, 'field_name')));
    textsOf(childOf(field, 'ref_col')).forEach(tableName);
  }
  for (const entry of elementsOf(childOf(collection, 'name_values'))) {
    if (stringOf(childOf(entry, 'name'))?.text === 'properties') textsOf(childOf(entry, 'value')).forEach(column);
  }
  for (const relation of elementsOf(childOf(collection, 'sys_nn'))) {
    for (const property of ['field_a', 'field_b']) column(stringOf(childOf(relation, property)));
    for (const property of ['col_a', 'col_b']) tableName(stringOf(childOf(relation, property)));
  }
}

function textsOf(node: JsonNode | undefined): readonly Name[] {
  return elementsOf(node).flatMap((element) => stringOf(element) ?? []);
}
