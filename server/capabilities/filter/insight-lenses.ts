import type { CodeLens, Range } from 'vscode-languageserver/node';
import { rangeOf } from '../../convert.ts';
import type { LastRun } from '../../filter-insight.ts';
import { counted } from '../connector/collected.ts';
import type { OpenFilter } from './document.ts';

const top: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** Above a filter *Run* and *Explain*, with its last run, and above each of its lookups *Run [lookup]*. */
export function filterLenses(
  filter: Pick<OpenFilter, 'uri' | 'lines' | 'document'>,
  name: string,
  lastRun: (reference: string) => LastRun | undefined = () => undefined,
): CodeLens[] {
  const { uri, lines, document } = filter;
  const lens = (range: Range, title: string, tooltip: string, command: string, reference: string): CodeLens => ({
    range,
    command: { title, tooltip, command, arguments: [uri, reference] },
  });
  const run = (range: Range, title: string, tooltip: string, reference: string): CodeLens[] => {
    const last = lastRun(reference);
    return [
      lens(range, `$(play) ${title}`, tooltip, 'sollist.runFilter', reference),
      ...(last
        ? [lens(range, `${counted(last.rows)} · last run ${timeOf(last.at)}`, 'Click to run it again.', 'sollist.runFilter', reference)]
        : []),
    ];
  };
  const lookups = document.tree?.lookups.filter((lookup) => lookup.name.text !== '') ?? [];
  return [
    ...run(top, 'Run', 'Show the rows of this filter', name),
    lens(top, '$(list-tree) Explain', 'Show the SQL of this filter, and how the database would run it', 'sollist.explainFilter', name),
    ...lookups.flatMap((lookup) => {
      const own = lookup.name.text;
      return run(rangeOf(lines, lookup.name.span), `Run [${own}]`, `Show the rows that ${own} leaves`, `${name}[${own}]`);
    }),
  ];
}

/** `14:05`, on the clock of this machine. */
function timeOf(at: number): string {
  const date = new Date(at);
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
}
