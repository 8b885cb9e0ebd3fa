import type { RunOutcome } from '../../client/webviews/run/messages.ts';
import type { Cell } from '../../engine/run/records.ts';

/** As many rows and columns as a panel is ever given. */
export const wide = {
  kind: 'filter',
  parameters: {},
  report: {
    filter: 'Everything',
    milliseconds: 900,
    sql: 'select 1',
    rowSet: {
      columns: Array.from({ length: 60 }, (_, at) => ({
        name: `column${String(at)}`,
        type: at % 5 === 0 ? ('number' as const) : ('text' as const),
      })),
      rows: Array.from({ length: 20_000 }, (_, row): readonly Cell[] =>
        Array.from({ length: 60 }, (_cell, at) =>
          at % 5 === 0 ? (row * 7919 + at) % 10_007 : at % 7 === 3 && row % 3 === 0 ? null : `value ${String((row * 31 + at) % 997)}`,
        ),
      ),
      total: 20_000,
    },
  },
} as const satisfies RunOutcome;
