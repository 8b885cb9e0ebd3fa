import { authenticationInputs, inputMeaning } from '../../../engine/model/connector/authentication.ts';
import { knownTypes } from '../../../engine/model/connector/columns.ts';
import type { Connector } from '../../../engine/model/connector/connector.ts';
import { describeColumn, describeOperation, describeTable } from './describe.ts';
import type { NameSlot } from './name-slot.ts';
import { statuses } from './statuses.ts';

/** A name that fits a place. `json` is what stands in the file for it. */
export interface NameItem {
  readonly label: string;
  readonly json: string;
  readonly kind: 'table' | 'column' | 'operation' | 'value';
  readonly detail: string;
  readonly documentation: string;
}

/** The names that fit a slot, the likeliest first. */
export function namesFor(connector: Connector, slot: NameSlot): readonly NameItem[] {
  switch (slot.kind) {
    case 'table':
      return connector.tables.map((table) => text(table.name, 'table', table.parent ? 'child table' : 'table', describeTable(table)));
    case 'column':
      return slot.table.columns
        .filter(({ name }, index, all) => !slot.taken.includes(name) && all.findIndex((other) => other.name === name) === index)
        .map((column) => text(column.name, 'column', `${column.type}, ${slot.table.name}`, describeColumn(slot.table, column)));
    case 'operation':
      return slot.table.operations
        .filter(({ role }) => role === 'write')
        .map((operation) =>
          text(operation.name.text, 'operation', operation.semantics ?? 'action', describeOperation(connector, slot.table, operation)),
        );
    case 'type':
      return offeredTypes.flatMap((type) =>
        (['*', ''] as const).flatMap((star) =>
          ['', '_:'].map((prefix) => text(prefix + type + star, 'value', type, describeType(type, prefix !== '', star !== ''))),
        ),
      );
    case 'status':
      return statuses.map(({ code, meaning }) => ({
        label: String(code),
        json: String(code),
        kind: 'value',
        detail: meaning,
        documentation: meaning,
      }));
    case 'input':
      return authenticationInputs(connector.rest.authentication?.text)
        .filter((input) => !connector.items.some(({ name }) => name.text === input))
        .map((input) =>
          text(
            input,
            'value',
            'input of the authentication',
            `Changes the label, order or default of an input there is already: ${inputMeaning(input)}.`,
          ),
        );
  }
}

const offeredTypes = knownTypes.filter((type) => !['etag', 'id', 'powerschool_extension_table', 'long'].includes(type));

function describeType(type: string, prefixed: boolean, selected: boolean): string {
  const name = prefixed ? 'Named after the whole path, joined by `_`.' : 'Named after the last name on its path.';
  const use = selected ? 'Collected unless somebody says otherwise.' : 'Collected only when asked for.';
  return `${type === '_nim' ? 'A value that NIM fills in itself, such as one of `base`.' : `A ${type}.`} ${name} ${use}`;
}

function text(label: string, kind: NameItem['kind'], detail: string, documentation: string): NameItem {
  return { label, json: JSON.stringify(label), kind, detail, documentation };
}
