import { findOperation, findTable, type Connector, type Operation } from '../../../engine/model/connector/connector.ts';
import type { Place, VariableOrigin } from '../../../engine/model/connector/scope.ts';

type Path = readonly (string | number)[];

const onlyOfReads: ReadonlySet<string> = new Set(['verb', 'pagination', 'processing_options', 'maxPageCount', 'maxSessionCount']);
const onlyOfWrites: ReadonlySet<string> = new Set([
  'semantics',
  'resource_allowance_default',
  'resource_mandatory',
  'resource_prohibited',
  'mergeOutput',
  'removeBlankFields',
]);

/** Whether a property can do anything at this place: some belong to operations that read only, some to those that write. */
export function fitsMethod(
  connector: Connector,
  [first, second, table, section, name, property, ...rest]: Path,
): (label: string) => boolean {
  const inOperation =
    first === 'schema' && second === 'crud_objects' && section === 'operations' && property !== undefined && rest.length === 0;
  const found = inOperation ? operationAt(connector, String(table), String(name)) : undefined;
  if (found?.method === undefined) return () => true;
  const unfit = found.role === 'get' ? onlyOfWrites : onlyOfReads;
  return (label) => !unfit.has(label);
}

function operationAt(connector: Connector, tableName: string, name: string): Operation | undefined {
  const table = findTable(connector, tableName);
  return table && findOperation(table, name);
}

/** What an author most likely means in this place comes first: what the call is made for, then what every row of a write has. */
export function rankOf(name: string, origin: VariableOrigin, place: Place): string {
  if (origin.kind === 'column' && place.kind === 'operation') {
    const { table, operation } = place;
    const sure = origin.table === table && (table.key?.text === name || operation.mandatory.some(({ text }) => text === name));
    return sure ? '0' : origin.table === table ? '1' : '2';
  }
  return ranks[origin.kind];
}

const ranks = {
  iteration: '0',
  column: '1',
  membership: '1',
  handler: '1',
  base: '2',
  engine: '3',
  item: '4',
  authentication: '5',
} as const;
