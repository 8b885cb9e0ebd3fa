import type { DocumentSymbol, SymbolKind as Kind } from 'vscode-languageserver/node';
import type { Span } from '../../../engine/model/text/problem.ts';
import { rangeOf } from '../../convert.ts';
import { SymbolKind } from '../connector/json-service.ts';
import type { OpenFilter } from './document.ts';

/** The outline: parameters, the columns of the output, tables by alias, lookups. */
export function symbols({ document, bound, lines }: OpenFilter): DocumentSymbol[] {
  const symbol = (name: string, detail: string, kind: Kind, whole: Span, own: Span = whole): DocumentSymbol => ({
    // The protocol refuses an empty name.
    name: name === '' ? '(no name)' : name,
    detail,
    kind,
    range: rangeOf(lines, whole),
    selectionRange: rangeOf(lines, own),
  });
  const parameters = (document.tree?.parameters ?? []).map(({ name, type, span }) =>
    symbol(`@${name.text}`, type?.text ?? '', SymbolKind.Variable, span, name.span),
  );
  const columns = bound.columns.map(({ name, type, span }) => symbol(name, type, SymbolKind.Field, span));
  // What comes from the filter that is extended stands there.
  const own = bound.tables.filter(({ span }) => span.length > 0);
  const tables = own.map(({ alias, system, table, span }) => symbol(alias, `${system}.${table}`, SymbolKind.Class, span));
  const lookups = (document.tree?.lookups ?? []).map(({ name, include, span }) =>
    symbol(name.text, include ? 'include' : 'exclude', SymbolKind.Key, span, name.span),
  );
  return [...parameters, ...columns, ...tables, ...lookups];
}
