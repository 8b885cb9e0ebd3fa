import type { Catalog } from '../system/catalog.ts';
import type { System } from '../system/system.ts';
import type { Problem, Span } from '../text/problem.ts';
import { checkScript } from './check-script.ts';
import type { TableScript } from './table-scripts.ts';

/** What is wrong with the scripts of a system's tables. `columnsOf` gives the columns that are collected of a table; none where unknown. */
export function checkTableScripts(
  { tables }: System,
  columnsOf: (table: string) => readonly string[],
  globals: readonly string[],
  catalog: Catalog,
): readonly Problem[] {
  return tables.flatMap(({ name: { text: table }, scripts = [] }) => {
    // A script sees what was collected, not what another one makes.
    const columns = columnsOf(table);
    const context = { aliases: [{ alias: table, columns, presence: 'always' as const }], globals, catalog };
    return scripts.flatMap((script) => [
      ...taken(script, table, columns),
      // Escapes make offsets within the file differ from those of the code, so nothing is offered to be replaced there.
      ...checkScript(script.code, context).map(({ fixes: _, span, ...problem }): Problem => ({ ...problem, span: lineAt(script, span) })),
    ]);
  });
}

/** A column that has the name of one that is collected would be there twice. */
function taken({ name }: TableScript, table: string, columns: readonly string[]): readonly Problem[] {
  if (!columns.some((column) => column.toLowerCase() === name.text.toLowerCase())) return [];
  const message = `The table "${table}" has a column "${name.text}" already, so the script is not run. Give its column another name.`;
  return [{ code: 'script-column-taken', severity: 'error', message, span: name.span }];
}

/** The line of the file that a place of the code is in. */
function lineAt({ lines, name }: TableScript, { offset }: Span): Span {
  return lines.findLast((line) => line.offset <= offset)?.span ?? name.span;
}
