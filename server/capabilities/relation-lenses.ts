import type { CodeLens } from 'vscode-languageserver/node';
import { isImplied } from '../../engine/model/internal/internal-system.ts';
import { resolveTarget } from '../../engine/model/system/build-catalog.ts';
import type { ColumnRef } from '../../engine/model/system/catalog.ts';
import type { RelationSide } from '../../engine/model/system/read-relations.ts';
import { systemConnector } from '../../engine/model/system/system-connector.ts';
import { indexLines } from '../../engine/model/text/lines.ts';
import type { Name } from '../../engine/model/text/problem.ts';
import { rangeOf } from '../convert.ts';
import type { OwnFile } from './workspace/language.ts';

/** *Match* above each relation of `relations.json` and of a system's file. */
export function relationLenses(uri: string, { view: { workspace }, identity, text }: OwnFile): CodeLens[] {
  const lines = indexLines(text);
  const lens = (name: Name, from: ColumnRef, to: ColumnRef): CodeLens => ({
    range: rangeOf(lines, name.span),
    command: {
      title: '$(git-compare) Match',
      tooltip: `Compare the collected values: ${from.table}.${from.column} alone, both, ${to.table}.${to.column} alone`,
      command: 'sollist.checkRelations',
      arguments: [uri, { from, to }],
    },
  });
  if (identity.kind === 'relations') {
    return (workspace.relations?.model ?? []).map(({ left, right }) => lens(left.system, refOf(left), refOf(right)));
  }
  const system = identity.kind === 'system' ? workspace.systems.get(identity.name)?.model : undefined;
  if (!system) return [];
  const connector = systemConnector(system, workspace);
  return system.tables.flatMap((table) =>
    table.relations.flatMap(({ column, target }) => {
      const to = isImplied(column) ? undefined : resolveTarget(system, target.text, connector);
      return to ? [lens(column, { system: system.name, table: table.name.text, column: column.text }, to)] : [];
    }),
  );
}

function refOf({ system, table, column }: RelationSide): ColumnRef {
  return { system: system.text, table: table.text, column: column.text };
}
