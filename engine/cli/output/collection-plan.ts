import type { CollectionPlan, PlannedCalls, PlannedTable } from '../../run/plan/preview-collection.ts';
import { createStyle, type Style } from './style.ts';
import { plain } from './table.ts';

/** The calls of a collection for a person, or as the record itself. */
export function printCollectionPlan(plan: CollectionPlan, format: string, colour: boolean): string {
  if (format === 'json') return `${JSON.stringify({ version: 1, ...plan }, undefined, 2)}\n`;
  const style = createStyle(colour);
  const name = plan.system ?? plan.connector ?? '';
  const head = `${style.bold(plain(name))} ${style.dim('what a collection would ask for; nothing was called')}\n`;
  return `${head}${plan.tables.map((table) => `\n${tableText(table, style)}`).join('')}`;
}

function tableText(planned: PlannedTable, style: Style): string {
  const { table, operation, request, problem, calls } = planned;
  const heading = `${style.bold(plain(table))}${operation === undefined ? '' : `  ${style.dim(plain(operation))}`}`;
  const line = (label: string, text: string): readonly string[] => (text === '' ? [] : [`  ${style.dim(`${label}:`)} ${plain(text)}`]);
  const lines = [
    ...(problem === undefined ? [] : [`  ${style.red(plain(problem))}`]),
    ...(request
      ? [
          `  ${request.verb} ${plain(request.url)}`,
          ...Object.entries(request.headers).map(([name, value]) => `  ${plain(`${name}: ${value}`)}`),
          ...(request.body === undefined ? [] : [`  ${plain(request.body)}`]),
        ]
      : []),
    ...line('calls', calls ? callsText(calls, planned) : ''),
    ...(request ? line('rows', planned.outputField === undefined ? 'the answer itself' : `"${planned.outputField}" of the answer`) : []),
    ...line('child tables', planned.childTables.join(', ')),
    ...line('values missing here', planned.missing.map((name) => `{${name}}`).join(', ')),
    ...planned.assumed.flatMap((text) => line('assumed', text)),
  ];
  return `${heading}\n${lines.join('\n')}\n`;
}

function callsText(calls: PlannedCalls, { paging, onlyAsParent }: PlannedTable): string {
  const size = paging?.pageSize === undefined ? '' : `, ${paging.pageSize} rows a page`;
  const pages =
    !paging || paging.mode === 'none'
      ? 'one call'
      : `one sequence of pages (${paging.mode}${size}; next: ${paging.next}; end: ${paging.end})`;
  const why = onlyAsParent ? '; only needed because another table iterates over it, and not called where the vault has it' : '';
  switch (calls.kind) {
    case 'constant':
      return `none, ${calls.rows} rows stand in the connector${why}`;
    case 'pages':
      return `${pages}${why}`;
    case 'per-row':
      return `${pages} for each row of ${calls.of}, by ${calls.columns.join(', ')}, ${calls.sessions === 1 ? 'one after the other' : `${calls.sessions} at the same time`}${why}`;
  }
}
