import type { Connector, Operation, Table } from '../../connector.ts';
import type { ConnectorFacts } from '../../facts.ts';
import { propertiesOf } from '../../../text/json.ts';

/** Whether no column of the table may be mapped to the operation. */
export function takesNothing(table: Table, { mandatory, prohibited, allowanceDefault }: Operation): boolean {
  if (mandatory.length > 0 || table.columns.length === 0) return false;
  if (allowanceDefault === 'prohibited') return true;
  if (prohibited.length < table.columns.length) return false;
  const names = new Set(prohibited.map(({ text }) => text));
  return table.columns.every(({ name }) => names.has(name));
}

/** What roles and element handlers hand to operations, beside what a mapping gives: names by table and operation. */
export interface HandedOver {
  has(operation: Operation, name: string): boolean;
  /** Whether something other than a mapping calls the operation. */
  takes(operation: Operation): boolean;
}

const memory = new WeakMap<Connector, HandedOver>();

export function handedOver(connector: Connector, facts: ConnectorFacts): HandedOver {
  const known = memory.get(connector) ?? collect(facts);
  memory.set(connector, known);
  return known;
}

function collect(facts: ConnectorFacts): HandedOver {
  const names = new Map<string, Set<string>>();
  const put = (table: string | undefined, operation: string | undefined, given: readonly string[]): void => {
    if (table === undefined || operation === undefined) return;
    const key = keyOf(table, operation);
    const list = names.get(key) ?? new Set<string>();
    for (const name of given) list.add(name);
    names.set(key, list);
  };
  for (const { name, membership } of facts.declaredTables) {
    if (!membership) continue;
    const given = [...membership.memberAttributes, ...membership.groupAttributes].map(({ resource }) => resource.text);
    put(name, membership.addOperation?.text, given);
    put(name, membership.removeOperation?.text, given);
  }
  for (const { table, calls } of facts.handlers) {
    for (const { operation, attributes } of calls) {
      put(
        table,
        operation?.text,
        propertiesOf(attributes).map(({ name }) => name.text),
      );
    }
  }
  return {
    has: ({ table, name }, given) => names.get(keyOf(table, name.text))?.has(given) ?? false,
    takes: ({ table, name }) => names.has(keyOf(table, name.text)),
  };
}

function keyOf(table: string, operation: string): string {
  return JSON.stringify([table, operation]);
}
