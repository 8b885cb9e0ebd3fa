import type { Evidence } from '../../engine/run/records.ts';

/** Evidence of a table that was collected whole, in one page; `more` says what is different about it. */
export function evidenceOf(rows: number, more: Partial<Evidence> = {}): Evidence {
  return {
    rows,
    pages: 1,
    calls: 1,
    retries: 0,
    rowsPerPage: [rows],
    end: 'single',
    duplicates: { count: 0, samples: [] },
    caps: [],
    complete: true,
    notes: [],
    assumed: [],
    startedAt: 0,
    endedAt: 1,
    ...more,
  };
}
