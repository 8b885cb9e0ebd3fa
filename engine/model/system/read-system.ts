import { childOf, elementsOf, propertiesOf, stringOf, type JsonNode } from '../text/json.ts';
import { namesOf } from '../connector/read-operation.ts';
import { readColumnSettings, readFilesSource } from '../files/source.ts';
import { readTableScripts } from '../script/table-scripts.ts';
import { readCollapse, readKeep } from '../settings/settings.ts';
import { readConnectionValue, readConnectionValues } from './connection-values.ts';
import type { System, SystemTable } from './system.ts';

/** Builds the model of a configured system; `name` is its file's name. Never fails: what cannot be understood is absent. */
export function readSystem(name: string, root: JsonNode | undefined): System {
  const proxyNode = childOf(root, 'proxy');
  const proxy = proxyNode && readConnectionValue(proxyNode);
  const failedParents = stringOf(childOf(root, 'failedParents'))?.text;
  const files = readFilesSource(childOf(root, 'files'));
  const keep = readKeep(childOf(root, 'keep'));
  return {
    name,
    ...(files && { files }),
    connector: stringOf(childOf(root, 'connector')) ?? { text: '', span: { offset: 0, length: 1 } },
    connection: readConnectionValues(childOf(root, 'connection')),
    allowedHosts: elementsOf(childOf(root, 'allowedHosts')).flatMap((host) => stringOf(host)?.text ?? []),
    ...(proxy && { proxy }),
    ...((failedParents === 'skip' || failedParents === 'fail') && { failedParents }),
    ...(keep !== undefined && { keep }),
    ...(childOf(root, 'guards') && { collapse: readCollapse(root) }),
    tables: propertiesOf(childOf(root, 'tables')).map(({ name: table, value }): SystemTable => {
      const key = stringOf(childOf(value, 'key'));
      const display = stringOf(childOf(value, 'display'));
      const columns = childOf(value, 'columns');
      const fields = childOf(value, 'fields');
      return {
        name: table,
        ...(key && { key }),
        ...(display && { display }),
        ...(columns && { columns: namesOf(columns) }),
        ...(fields && { fields: readColumnSettings(fields) }),
        ...(childOf(value, 'guards') && { collapse: readCollapse(value) }),
        ...(childOf(value, 'scripts') && { scripts: readTableScripts(childOf(value, 'scripts')) }),
        references: namesOf(childOf(value, 'references')),
        relations: propertiesOf(childOf(value, 'relations')).flatMap((relation) => {
          const several = elementsOf(relation.value).flatMap((target) => stringOf(target) ?? []);
          const one = stringOf(relation.value);
          return (one ? [one] : several).map((target) => ({ column: relation.name, target }));
        }),
      };
    }),
  };
}
