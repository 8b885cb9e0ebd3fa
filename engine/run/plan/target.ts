import { findTable, findOperation, type Column, type Connector, type Operation, type Table } from '../../model/connector/connector.ts';
import type { Mapping } from '../../model/mapping/mapping.ts';
import type { System } from '../../model/system/system.ts';
import { didYouMean } from '../../model/text/nearest.ts';
import { SollistError } from '../error.ts';
import { systemToRun, type OpenWorkspace } from '../workspace/open-workspace.ts';
import type { ChangeKind } from './plan.ts';

/** A mapping's target, every name looked up. */
export interface Target {
  readonly system: System;
  readonly connector: Connector;
  readonly table: Table;
  readonly operation: Operation;
  readonly kind: ChangeKind;
  readonly compareKey: string;
  /** What was assumed to get here. */
  readonly assumed: readonly string[];
}

const kindByMethod: ReadonlyMap<string, ChangeKind> = new Map([
  ['post', 'create'],
  ['put', 'update'],
  ['patch', 'update'],
  ['delete', 'delete'],
]);

/** Looks up a mapping's target. Throws `unknown-…` for names that are none and `mapping-unusable` for operations no mapping can use. */
export function findTarget(open: OpenWorkspace, mapping: Mapping): Target {
  const { system, connector } = systemToRun(open, mapping.system.text);
  const path = `mappings/${mapping.name}.json`;
  const table = findTable(connector, mapping.table.text);
  if (!table) {
    const names = connector.tables.map(({ name }) => name);
    throw new SollistError(
      'unknown-table',
      `${path}: the connector of ${system.name} has no table "${mapping.table.text}".${didYouMean(mapping.table.text, names)}`,
    );
  }
  const operation = findOperation(table, mapping.operation.text);
  if (!operation) {
    const names = table.operations.map(({ name }) => name.text);
    throw new SollistError(
      'unknown-operation',
      `${path}: the table ${table.name} has no operation "${mapping.operation.text}".${didYouMean(mapping.operation.text, names)}`,
    );
  }
  const { kind, assumed } = kindOf(operation, path);
  const compareKey = mapping.compareKey?.text ?? system.tables.find(({ name }) => name.text === table.name)?.key?.text ?? table.key?.text;
  if (compareKey === undefined) {
    throw new SollistError(
      'mapping-unusable',
      `${path}: the table ${table.name} has no key, so rows cannot be found in it. Name one with "compareKey".`,
    );
  }
  if (!columnOf(table, compareKey)) {
    throw new SollistError(
      'mapping-unusable',
      `${path}: rows are found by "${compareKey}", but the table ${table.name} has no such column.${didYouMean(
        compareKey,
        table.columns.map(({ name }) => name),
      )}`,
    );
  }
  return { system, connector, table, operation, kind, compareKey, assumed };
}

function kindOf(operation: Operation, path: string): { readonly kind: ChangeKind; readonly assumed: readonly string[] } {
  const { name, semantics, role, method } = operation;
  if (role === 'get')
    throw new SollistError('mapping-unusable', `${path}: ${name.text} is the operation that collects the table. Choose one that writes.`);
  if (semantics === 'create' || semantics === 'update' || semantics === 'delete') return { kind: semantics, assumed: [] };
  if (semantics !== undefined)
    throw new SollistError(
      'mapping-unusable',
      `${path}: ${name.text} has the semantics "${semantics}", which a mapping cannot plan yet. Choose a create, update or delete operation.`,
    );
  const kind = kindByMethod.get(method ?? '') ?? 'update';
  return { kind, assumed: [`${name.text} says no semantics; from its method it is taken for ${kind}.`] };
}

/** The column of a name, or undefined. */
export function columnOf(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}
