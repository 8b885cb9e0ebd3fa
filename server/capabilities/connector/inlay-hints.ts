import type { InlayHint } from 'vscode-languageserver/node';
import { addressOf } from '../../../engine/model/connector/address.ts';
import type { Operation } from '../../../engine/model/connector/connector.ts';
import type { Span } from '../../../engine/model/text/problem.ts';
import type { Caller } from './callers.ts';
import { derive, type ConnectorDocument } from './document.ts';

/**
 * Behind the path of each operation, or behind its name where it has none, the address it calls: as the first system that uses the
 * connector would call it, else with the connector's own values. Only within `span`.
 */
export function inlayHints(document: ConnectorDocument, callers: readonly Caller[], span: Span): InlayHint[] {
  const { connector } = document;
  const [caller] = callers;
  return connector.tables.flatMap((table) =>
    table.operations.flatMap((operation): readonly InlayHint[] => {
      const at = placeOf(operation);
      if (at < span.offset || at > span.offset + span.length || operation.call.mode === 'constant') return [];
      const label = `${operation.verb} ${addressOf(connector, table, operation, caller?.values)}`;
      const who = caller ? `The system ${caller.system} calls` : 'It calls';
      return [{ position: derive(document).position(at), label, tooltip: `${who} ${label}`, paddingLeft: true }];
    }),
  );
}

function placeOf({ name, call }: Operation): number {
  const { offset, length } = call.path?.span ?? name.span;
  return offset + length;
}
