import type { Place } from '../../model/text/place.ts';
import type { TestReport } from '../../run/expect/test-report.ts';
import { command } from './github-command.ts';

/** Failed tests as GitHub workflow commands, which show them at their lines. Source: docs.github.com, "Workflow commands". */
export function testsForGithub({ systems }: TestReport): string {
  return systems
    .flatMap(({ file, error, tables }) =>
      error
        ? [command('error', { file, title: error.code }, error.message)]
        : tables.flatMap((table) =>
            table.error === undefined
              ? table.expectations.flatMap(({ title, failures }) =>
                  failures.map(({ message, place }) =>
                    command('error', { file, ...at(place), title: `${table.table}: ${title}` }, message),
                  ),
                )
              : [command('error', { file, ...at(table.place), title: table.table }, table.error)],
          ),
    )
    .join('');
}

function at({ line, endLine, column, endColumn }: Place): Readonly<Record<string, string>> {
  // GitHub takes columns only where a problem stays on one line.
  const columns = line === endLine ? { col: String(column), endColumn: String(endColumn) } : {};
  return { line: String(line), endLine: String(endLine), ...columns };
}
