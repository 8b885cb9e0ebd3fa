import { addressOf } from '../../../engine/model/connector/address.ts';
import type { Connector, Operation, Table } from '../../../engine/model/connector/connector.ts';
import { shownValues, type ShownValue } from '../../../engine/model/system/shown-values.ts';
import type { FolderView } from '../../workspaces.ts';
import { code } from '../filter/describe.ts';

/** A system that uses a connector, with its connection values as they may be shown. */
export interface Caller {
  readonly system: string;
  readonly values: ReadonlyMap<string, ShownValue>;
}

/** The systems that use the connector at this path, by name; the values of an environment replace their own, as in a run. */
export function callersOf({ workspace }: FolderView, path: string, environment?: string): readonly Caller[] {
  const connector = [...workspace.connectors.values()].find((file) => file.path === path);
  if (!connector) return [];
  const overrides = workspace.settings.environments.find(({ name }) => name === environment)?.connections;
  return [...workspace.systems.values()]
    .filter(({ model }) => model.connector.text === connector.name)
    .map(({ name, model }) => ({
      system: name,
      values: shownValues(connector.model, new Map([...model.connection, ...(overrides?.get(name) ?? [])])),
    }));
}

/** A hover is no list of all customers. */
const mostSystems = 8;

/** What each system would call, as Markdown; empty where no system uses the connector, or nothing is called. */
export function describeCalls(connector: Connector, table: Table, operation: Operation, callers: readonly Caller[]): string {
  if (operation.call.mode === 'constant') return '';
  const call = ({ values }: Caller): string => code(`${operation.verb} ${addressOf(connector, table, operation, values)}`);
  const [only, ...others] = callers;
  if (!only) return '';
  if (others.length === 0) return `System ${code(only.system)} calls ${call(only)}`;
  const lines = callers.slice(0, mostSystems).map((caller) => `- System ${code(caller.system)} calls ${call(caller)}`);
  const more = callers.length - lines.length;
  return [...lines, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n');
}
