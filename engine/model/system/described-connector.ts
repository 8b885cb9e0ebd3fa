import type { Column, Connector, Table } from '../connector/connector.ts';
import { readConnector } from '../connector/read-connector.ts';
import { writtenType } from '../connector/written-type.ts';
import { parseJson } from '../text/json.ts';
import type { System } from './system.ts';

/** Whether a system has neither connector nor files, and says itself which columns its tables have: filters know it, nothing collects it. */
export function isDescribed(system: System): boolean {
  return system.connector.text === '' && !system.files && system.tables.some(({ fields }) => fields !== undefined);
}

const known = new WeakMap<System, Connector>();

/** A described system as a connector that cannot read, so that the catalog and navigation know one kind of system only. Made once for a system. */
export function describedConnector(system: System): Connector {
  const connector = known.get(system) ?? make(system);
  known.set(system, connector);
  return connector;
}

/** Read like any other, so that every part of it is what a connector's reader makes. */
function make({ tables }: System): Connector {
  const objects = tables.map(({ name, fields = [] }) => {
    const resources = fields.map((field) => `${JSON.stringify(field.name.text)}:${JSON.stringify(writtenType[field.type])}`);
    return `${JSON.stringify(name.text)}:{"resources":{${resources.join(',')}},"operations":{}}`;
  });
  const { root } = parseJson(`{"schema":{"crud_objects":{${objects.join(',')}}}}`, { strict: true });
  const read = readConnector(root);
  return {
    ...read,
    tables: read.tables.map((table): Table => {
      const own = tables.find(({ name }) => name.text === table.name);
      return {
        ...table,
        // The names stand in the system's own file.
        span: own?.name.span ?? { offset: 0, length: 0 },
        columns: table.columns.map((column): Column => {
          const { specifierSpan, ...rest } = column;
          const field = own?.fields?.find(({ name }) => name.text === column.name);
          return { ...rest, span: field?.name.span ?? specifierSpan ?? { offset: 0, length: 0 } };
        }),
      };
    }),
  };
}
