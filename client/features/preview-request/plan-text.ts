import type { CollectionPlan, PlannedCalls, PlannedTable } from '../../../engine/run/plan/preview-collection.ts';

/** What a collection would ask for, as a document: notes behind `#`, requests as they would go over the wire. */
export function planText({ system, connector, tables }: CollectionPlan): string {
  const head = `# What a collection of ${system ?? connector ?? 'this connector'} would ask for. Nothing was called.`;
  return [head, ...tables.map(tableText)].join('\n\n').concat('\n');
}

function tableText(planned: PlannedTable): string {
  const { table, operation, request, problem, calls, childTables, missing, assumed, outputField } = planned;
  const note = (label: string, text: string): readonly string[] => (text === '' ? [] : [`# ${label}: ${oneLine(text)}`]);
  return [
    `### ${table}${operation === undefined ? '' : ` (${operation})`}`,
    ...note('Problem', problem ?? ''),
    ...note('Calls', calls ? callsText(calls, planned) : ''),
    ...note('Rows', request ? (outputField === undefined ? 'the answer itself' : `"${outputField}" of the answer`) : ''),
    ...note('Child tables', childTables.join(', ')),
    ...note('Values missing here', missing.join(', ')),
    ...assumed.flatMap((text) => note('Assumed', text)),
    ...(request
      ? [
          `${request.verb} ${oneLine(request.url)}`,
          ...Object.entries(request.headers).map(([name, value]) => oneLine(`${name}: ${value}`)),
          ...(request.body === undefined ? [] : ['', request.body]),
        ]
      : []),
  ].join('\n');
}

function callsText(calls: PlannedCalls, { paging }: PlannedTable): string {
  const size = paging?.pageSize === undefined ? '' : `, ${String(paging.pageSize)} rows a page`;
  const pages = !paging || paging.mode === 'none' ? 'one call' : `pages (${paging.mode}${size}; next: ${paging.next}; end: ${paging.end})`;
  switch (calls.kind) {
    case 'constant':
      return `none, ${String(calls.rows)} rows stand in the connector`;
    case 'pages':
      return pages;
    case 'per-row':
      return `${pages} for each row of ${calls.of}, by ${calls.columns.join(', ')}`;
  }
}

/** What a file says must not begin a line of its own. */
function oneLine(text: string): string {
  return text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ');
}
