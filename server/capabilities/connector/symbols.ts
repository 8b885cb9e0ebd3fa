import type { DocumentSymbol, SymbolKind as Kind } from 'vscode-json-languageservice';
import type { Connector, Table } from '../../../engine/model/connector/connector.ts';
import { childOf, spanOf } from '../../../engine/model/text/json.ts';
import type { Span } from '../../../engine/model/text/problem.ts';
import { derive, type ConnectorDocument } from './document.ts';
import { SymbolKind } from './json-service.ts';

/** The outline: tables with their operations, columns (folded into one entry) and child tables, then the connection items. */
export function symbols(document: ConnectorDocument): DocumentSymbol[] {
  const { range } = derive(document);
  const symbol = (name: string, detail: string, kind: Kind, whole: Span, own: Span, children: DocumentSymbol[] = []): DocumentSymbol => ({
    // The protocol refuses an empty name.
    name: name === '' ? '(no name)' : name,
    detail,
    kind,
    range: range(whole),
    selectionRange: range(own),
    children,
  });
  const columns = (table: Table, holder: Span | undefined): DocumentSymbol[] => {
    const declared = table.columns.filter(
      ({ source, span }) => (source === 'resource' || source === 'child-table') && holder && within(span, holder),
    );
    if (!holder || declared.length === 0) return [];
    const children = declared.map((column) =>
      symbol(column.name, column.specifier || column.type, SymbolKind.Field, column.span, column.span),
    );
    return [symbol('columns', String(declared.length), SymbolKind.Struct, holder, { offset: holder.offset, length: 1 }, children)];
  };
  const tableSymbol = (table: Table, connector: Connector): DocumentSymbol => {
    const resources = table.parent ? table.node : childOf(table.node, 'resources');
    const holder = resources?.type === 'object' ? spanOf(resources) : undefined;
    const whole = cover(table.span, spanOf(table.node));
    return symbol(table.name, table.key?.text ?? '', SymbolKind.Class, whole, table.span, [
      ...table.operations.map(({ name, node, verb }) =>
        symbol(name.text, verb, SymbolKind.Method, cover(name.span, spanOf(node)), name.span),
      ),
      ...columns(table, holder),
      // Where two tables have one name, each has its own.
      ...connector.tables
        .filter(({ parent, span, node }) => parent?.table === table.name && within(cover(span, spanOf(node)), whole))
        .map((child) => tableSymbol(child, connector)),
    ]);
  };
  const { connector } = document;
  return [
    ...connector.tables.filter(({ parent }) => !parent).map((table) => tableSymbol(table, connector)),
    ...connector.items.map(({ name, label, node }) => symbol(name.text, label ?? '', SymbolKind.Variable, spanOf(node), name.span)),
  ];
}

function cover(first: Span, last: Span): Span {
  return { offset: first.offset, length: last.offset + last.length - first.offset };
}

function within(inner: Span, outer: Span): boolean {
  return outer.offset <= inner.offset && inner.offset + inner.length <= outer.offset + outer.length;
}
