import type { CompiledQuery } from '../../model/filter/compiled.ts';
import type { Cell } from '../records.ts';

/** The SQL of a filter as a person reads it: before the query each SELECT whose rows scripts are run on, and the values of all question marks in order. */
export function shownSql({ sql, parameters, stages }: Pick<CompiledQuery, 'sql' | 'parameters' | 'stages'>): {
  readonly sql: string;
  readonly values: readonly Cell[];
} {
  const sources = stages.map(({ table, source, stage }) => {
    const names = stage.columns.map(({ name }) => name.replace(/\s+/g, ' ')).join(', ');
    return `-- "${table}": what the scripts of ${names} are run on\n${source.sql};\n\n`;
  });
  return { sql: `${sources.join('')}${sql}`, values: [...stages.flatMap(({ source }) => source.parameters), ...parameters] };
}
