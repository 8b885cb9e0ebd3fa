import type { DryRunReport, RowSet } from '../engine/host/protocol.ts';
import { isSecretName, sampleOf, type SeenAnswer } from '../engine/model/connector/knowledge.ts';
import type { Cell, ColumnStatistics, TableStatistics } from '../engine/run/records.ts';
import type { TableFacts } from './known-facts.ts';

/** What is kept of a dry run: never its rows. */
export interface DryRunFacts {
  readonly table: string;
  readonly facts: TableFacts;
  /** Absent where no rows came. */
  readonly statistics?: TableStatistics;
  readonly answer?: { readonly table: string; readonly at: number; readonly seen: SeenAnswer };
}

export function dryRunFacts({ system, table, endedAt, outcome, rowSet, seen }: DryRunReport): DryRunFacts {
  const { evidence } = outcome;
  return {
    table,
    facts: {
      system,
      from: 'dry run',
      rows: evidence?.rows ?? 0,
      at: endedAt,
      complete: evidence?.complete === true,
      notes: [...(evidence?.caps ?? []), ...(evidence?.notes ?? [])],
    },
    ...(evidence && { statistics: statisticsOf(rowSet) }),
    ...(seen && { answer: { table: seen.table, at: endedAt, seen } }),
  };
}

/** Rows that are looked at; a dry run seldom has more. */
const mostRows = 1_000;

const shownValues = 3;

function statisticsOf({ columns, rows, total }: RowSet): TableStatistics {
  const some = rows.slice(0, mostRows);
  return {
    rows: total,
    looked: some.length,
    columns: columns.map(({ name, type }, i): ColumnStatistics => {
      const values = some.flatMap((row) => {
        const value = row[i] ?? null;
        return value === null || value === '' ? [] : [value];
      });
      const different = [...new Set(values)];
      const shown = (value: Cell): string =>
        type === 'boolean' && (value === 0 || value === 1) ? String(value === 1) : sampleOf(String(value));
      return {
        name,
        filled: values.length,
        distinct: different.length,
        ...(isSecretName(name) ? { samples: [], secret: true } : { samples: different.slice(0, shownValues).map(shown) }),
      };
    }),
  };
}
