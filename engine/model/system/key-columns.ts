import { namesOf } from '../connector/read-operation.ts';
import { childOf } from '../text/json.ts';
import { findTable, type Connector } from '../connector/connector.ts';
import type { ColumnRef } from './catalog.ts';
import type { System } from './system.ts';

/** A column that relations may lead to. */
export interface KeyColumn extends ColumnRef {
  readonly kind: 'key' | 'reference';
}

/** The keys and reference keys of a system's tables, in the order of its file; a key that is also a reference key counts once. */
export function keyColumns(system: System, connector: Connector | undefined): readonly KeyColumn[] {
  return system.tables.flatMap((table): readonly KeyColumn[] => {
    const of = (column: string, kind: KeyColumn['kind']): KeyColumn => ({ system: system.name, table: table.name.text, column, kind });
    const declared = connector && findTable(connector, table.name.text);
    const key = table.key?.text ?? declared?.key?.text;
    const keyRefs = declared ? namesOf(childOf(declared.node, 'keyRefs')).map(({ text }) => text) : [];
    const references = [...table.references.map(({ text }) => text), ...keyRefs];
    return [
      ...(key === undefined ? [] : [of(key, 'key')]),
      ...[...new Set(references)].filter((name) => name !== key).map((name) => of(name, 'reference')),
    ];
  });
}
