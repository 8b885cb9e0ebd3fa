import type { Problem, Span } from '../text/problem.ts';
import { type BoundFilter, type BoundJoin, isGroup } from './bound.ts';
import type { Sql } from './sql.ts';

/** What can be written but not run yet. Each is an error, so that no rows are shown that something was left out of. */
export function findUnsupported(bound: BoundFilter): readonly Problem[] {
  const problems: Problem[] = [];
  const add = (what: string, span: Span): void =>
    void problems.push({
      code: 'filter-not-supported-yet',
      severity: 'error',
      message: `${what} not run yet by this version. Remove this to run the filter.`,
      span,
    });
  for (const join of everyJoin(bound.joins)) {
    const { node } = join;
    if (node.recursive && isGroup(join.source)) add('"recursive" before brackets is', node.span);
    else if (node.recursive && node.via) add('"recursive" together with "via" is', node.span);
  }
  if (bound.tables.length > 60)
    problems.push(large('The filter joins more than 60 tables, more than the database can.', bound.tables[60]?.span));
  if (bound.columns.length > 2000)
    problems.push(large('The filter has more than 2,000 columns, more than the database can.', bound.columns[2000]?.span));
  return problems;
}

function large(message: string, span: Span = { offset: 0, length: 0 }): Problem {
  return { code: 'filter-too-large', severity: 'error', message, span };
}

function everyJoin(joins: readonly BoundJoin[]): readonly BoundJoin[] {
  return joins.flatMap((join) => [join, ...(isGroup(join.source) ? everyJoin(join.source.joins) : [])]);
}

/** SQLite's own bounds, told before it is asked. */
export function tooLarge({ text, parameters }: Sql, span: Span): Problem | undefined {
  const message =
    parameters.length > 32_766
      ? `The filter holds ${parameters.length} values; the vault's database takes 32,766. Put long lists into a table and join it.`
      : text.length > 900_000
        ? 'The filter is too long for the database. Split it, or put long lists into a table and join it.'
        : undefined;
  return message === undefined ? undefined : large(message, span);
}
