import type { ColumnStatistics, TableStatistics } from '../../../engine/run/records.ts';
import type { KeyColumn } from '../../webviews/run/filter/questions.ts';

/** More would not be looked through. */
const mostColumns = 8;

/**
 * The columns by which a person can name a row of a table: those of which nearly every row has a value of its own. First those that the filter
 * shows, since that is what a person has before their eyes, then the key.
 */
export function keyColumns(
  key: string | undefined,
  statistics: TableStatistics | undefined,
  shown: ReadonlySet<string>,
): readonly KeyColumn[] {
  const looked = statistics?.looked ?? 0;
  const telling = (statistics?.columns ?? []).filter((column) => column.name === key || tellsApart(column, looked));
  const rank = ({ name }: ColumnStatistics): number => (shown.has(name) ? 0 : name === key ? 1 : 2);
  const found = telling
    .map((column, index) => ({ column, index }))
    .sort((left, right) => rank(left.column) - rank(right.column) || left.index - right.index)
    .slice(0, mostColumns)
    .map(({ column: { name, samples } }) => ({ column: name, values: samples }));
  return found.length > 0 || key === undefined ? found : [{ column: key, values: [] }];
}

/** A few rows may share a value: that is what somebody asks about. */
function tellsApart({ filled, distinct, more, secret }: ColumnStatistics, looked: number): boolean {
  return secret !== true && filled * 2 > looked && (more === true || distinct >= filled * 0.95);
}
