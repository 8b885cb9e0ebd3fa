import type { ColumnType } from '../connector/connector.ts';
import type { Expectation, TableExpectations } from './expectations.ts';
import { judgeColumn } from './judge-column.ts';
import { judgeAbsent, judgeSample } from './judge-rows.ts';
import { countFailure } from './judge-count.ts';
import type { Failure, Verdict } from './result.ts';
import type { Value } from './value.ts';

/** A row by column names. */
export type Row = Readonly<Record<string, Value>>;

/** What is known of a collected table without looking at its rows. */
export interface CollectedTable {
  readonly rows: number;
  readonly calls: number;
  readonly complete: boolean;
  /** Why it is not complete, in words. */
  readonly notes: readonly string[];
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
}

/** How the rows of a table are reached. */
export interface CollectedRows {
  /** Every row once, with these columns of the table. */
  rows(columns: readonly string[]): Iterable<Row>;
  /** Values that more than one row has, the most frequent first, and how many such values there are; empty values do not count. */
  repeated(column: string): { readonly count: number; readonly samples: readonly { readonly value: Value; readonly rows: number }[] };
}

/** Looks at rows one by one and says at the end what is wrong. */
export interface Judge {
  /** Columns it wants to see; none where it looks at no row. */
  readonly columns: readonly string[];
  look(row: Row): void;
  failures(): readonly Failure[];
}

/**
 * Holds the rows of one table against what is expected of them. The rows are gone through once, and not at all where nothing asks for them.
 * Never fails for what data holds; what `rows` throws is thrown on.
 */
export function evaluateTable({ expectations }: TableExpectations, table: CollectedTable, rows: CollectedRows): readonly Verdict[] {
  const judged = expectations.map((expectation) => ({ expectation, judge: judgeOf(expectation, table, rows) }));
  const looking = judged.flatMap(({ judge }) => (judge.columns.length > 0 ? [judge] : []));
  const columns = [...new Set(looking.flatMap((judge) => judge.columns))];
  if (columns.length > 0) for (const row of rows.rows(columns)) for (const judge of looking) judge.look(row);
  return judged.map(({ expectation, judge }) => ({ expectation, failures: judge.failures() }));
}

function judgeOf(expectation: Expectation, table: CollectedTable, rows: CollectedRows): Judge {
  switch (expectation.kind) {
    case 'rows':
    case 'calls':
    case 'complete':
      return { columns: [], look: () => undefined, failures: () => countFailure(expectation, table) };
    case 'column':
      return judgeColumn(expectation, table, rows);
    case 'sample':
      return judgeSample(expectation, table);
    case 'absent':
      return judgeAbsent(expectation, table);
  }
}
