import type { CodeLens, Range } from 'vscode-languageserver/node';
import type { Connector } from '../../engine/model/connector/connector.ts';
import type { FileIdentity } from '../../engine/model/workspace/file-kind.ts';
import { indexLines } from '../../engine/model/text/lines.ts';
import { rangeOf } from '../convert.ts';

/** *Dry run* on each operation that collects a table. */
export function connectorLenses(uri: string, text: string, connector: Connector): CodeLens[] {
  const lines = indexLines(text);
  return connector.tables.flatMap((table) =>
    table.operations
      .filter(({ role }) => role === 'get')
      .map(({ name }) =>
        lens(
          rangeOf(lines, name.span),
          '$(play) Dry run',
          'sollist.dryRun',
          uri,
          table.name,
          `Run ${name.text} with a limit and show the rows; nothing is stored or written`,
        ),
      ),
  );
}

const top: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** What can be run of a file as a whole stands on its first line. */
export function fileLenses(uri: string, identity: FileIdentity): CodeLens[] {
  switch (identity.kind) {
    case 'mapping':
      return [
        lens(
          top,
          '$(preview) Preview',
          'sollist.previewMapping',
          uri,
          identity.name,
          'Show what this mapping would change, and every request; nothing is sent',
        ),
      ];
    case 'filter':
      return [lens(top, '$(play) Run', 'sollist.runFilter', uri, identity.name, 'Show the rows of this filter')];
    case 'role-model':
      return [
        lens(
          top,
          '$(organization) Inspect roles',
          'sollist.inspectRoles',
          uri,
          identity.name,
          'Show who would be added, removed and stay; nothing is sent',
        ),
      ];
    case 'role':
      return [
        lens(
          top,
          '$(organization) Inspect roles',
          'sollist.inspectRoles',
          uri,
          identity.model ?? '',
          'Show who would be added, removed and stay; nothing is sent',
        ),
      ];
    default:
      return [];
  }
}

function lens(range: Range, title: string, command: string, uri: string, name: string, tooltip: string): CodeLens {
  return { range, command: { title, tooltip, command, arguments: [uri, name] } };
}
