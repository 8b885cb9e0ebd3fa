import type { ColumnType } from '../connector/connector.ts';
import { isSecretName } from '../connector/rules/rest/secrets.ts';
import { csvLine } from './csv.ts';
import type { ModelTable } from './data-model.ts';
import { flagOf, isRecord, jsonText, recordsOf, textOf, valueOf, type JsonRecord } from './json-value.ts';

export interface ImportedLookup {
  readonly json: string;
  readonly csv: string;
  /** Columns whose values were left out, since they look like secrets. */
  readonly secrets: readonly string[];
}

/** A lookup table as its two files. `table`: what the data model makes of it. */
export function importLookup(data: JsonRecord, table: ModelTable): ImportedLookup {
  const columns = recordsOf(data, 'columns').map((column) => ({ name: textOf(column, 'name'), auto: flagOf(column, 'auto') }));
  const rows = valueOf(data, 'rows');
  const all: readonly unknown[] = Array.isArray(rows) ? rows : [];
  const names = columns.map(({ name }) => name);
  const secrets = new Set<string>();
  const cellOf = (row: unknown, name: string, index: number): string => {
    const value: unknown = Array.isArray(row) ? row[index] : isRecord(row) ? valueOf(row, name) : undefined;
    const text = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
    if (text === '' || !isSecretName(name)) return text;
    secrets.add(name);
    return '';
  };
  // A date that is kept with its time is one point in time, and only the place it is read in says on which day.
  const typeFrom = (name: string, index: number): ColumnType => {
    const type = table.columns.get(name) ?? 'text';
    return type === 'date' && all.some((row) => /\dT\d/.test(cellOf(row, name, index))) ? 'datetime' : type;
  };
  const lines = all.map((row) => csvLine(names.map((name, index) => cellOf(row, name, index))));
  return {
    json: jsonText({
      columns: Object.fromEntries(
        columns.map(({ name, auto }, index) => {
          const type = typeFrom(name, index);
          return [name, auto && (type === 'number' || type === 'text') ? { type, auto: true } : { type }];
        }),
      ),
      ...(table.key !== undefined && { key: table.key }),
      ...(table.display !== undefined && { display: table.display }),
    }),
    csv: csvLine(names) + lines.join(''),
    secrets: [...secrets],
  };
}
