import type { BoundFilter, BoundTable } from '../../../model/filter/bound.ts';
import { sameName } from '../../../model/filter/words.ts';
import type { Mapping } from '../../../model/mapping/mapping.ts';
import type { WhyRowChoice } from '../filter-report.ts';
import { tablesWithRows } from '../named-filter.ts';
import type { Row } from './cut.ts';

/** The same row as an appended filter knows it; undefined where it has neither the table nor the columns. */
export function choiceWithin(outer: BoundFilter, inner: BoundFilter, choice: WhyRowChoice): WhyRowChoice | undefined {
  if (choice.kind === 'output') {
    const isThere = (name: string): boolean => inner.columns.some((column) => sameName(column.name, name));
    // What it does not have is null in its rows.
    if (Object.entries(choice.values).some(([name, value]) => value !== null && !isThere(name))) return undefined;
    const values = Object.entries(choice.values).filter(([name]) => isThere(name));
    return values.length > 0 ? { kind: 'output', values: Object.fromEntries(values) } : undefined;
  }
  const tables = tablesWithRows(outer);
  const table = choice.alias === undefined ? tables[0] : tables.find(({ alias }) => sameName(alias, choice.alias ?? ''));
  const same = table && tablesWithRows(inner).find((one: BoundTable) => one.system === table.system && one.table === table.table);
  return same && { ...choice, alias: same.alias };
}

/** An appended filter takes the values of the parameters that both have. */
export function sharedParameters(outer: BoundFilter, inner: BoundFilter, given: Mapping['parameters']): Mapping['parameters'] {
  const nowhere = { offset: 0, length: 0 };
  return inner.parameters.flatMap(({ name }) => {
    const own = outer.parameters.find((one) => sameName(one.name.text, name.text));
    if (!own) return [];
    const value = given.find((one) => sameName(one.name.text, name.text))?.value ?? own.default;
    return value === undefined ? [] : [{ name: { text: name.text, span: nowhere }, value }];
  });
}

/** A row of an appended filter under the names of the columns it is appended to. */
export function namedBy({ columns }: BoundFilter, row: Row): Row {
  const entries = Object.entries(row);
  return Object.fromEntries(columns.map(({ name }) => [name, row[name] ?? entries.find(([one]) => sameName(one, name))?.[1] ?? null]));
}
