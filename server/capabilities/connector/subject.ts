import { findColumn, findTable, type Column, type Table } from '../../../engine/model/connector/connector.ts';
import { caretAt } from './caret.ts';
import type { ConnectorDocument } from './document.ts';
import { slotAt } from './name-slot.ts';

/** A table, or a column of one, that a name in a connector stands for. */
export interface Subject {
  readonly table: Table;
  readonly column?: Column;
}

/** What is named at `offset`, where it is a table or a column. */
export function subjectAt({ connector, text }: ConnectorDocument, offset: number): Subject | undefined {
  const caret = caretAt(text, offset);
  if (!caret.quoted) return undefined;
  const [first, second, name, section] = caret.path;
  const inside = text.slice(caret.span.offset + 1, caret.span.offset + caret.span.length - 1);
  if (first === 'schema' && second === 'crud_objects' && section === undefined) {
    const table = caret.atKey && typeof name === 'string' ? findTable(connector, name) : undefined;
    return table && { table };
  }
  if (section === 'resources' && caret.atKey) {
    for (const table of connector.tables) {
      const column = table.columns.find(({ span, source }) => span.offset === caret.span.offset && source === 'resource');
      if (column) return { table, column };
    }
    const child = connector.tables.find(({ parent, span }) => parent && span.offset === caret.span.offset);
    if (child) return { table: child };
  }
  const slot = slotAt(connector, caret.path, caret.atKey);
  if (slot?.kind === 'table') {
    const table = findTable(connector, inside);
    return table && { table };
  }
  const column = slot?.kind === 'column' ? findColumn(slot.table, inside) : undefined;
  return column && slot?.kind === 'column' ? { table: slot.table, column } : undefined;
}
