import { resolve } from 'node:path';
import { SollistError } from '../../run/error.ts';
import { csvHead, csvLine } from '../../run/filter/export/csv.ts';
import { filterRows, withLeftOut, type FilterQuery, type FilterRow } from '../../run/filter/filter-rows.ts';
import { keyColumnOf, namedFilter } from '../../run/filter/named-filter.ts';
import { shownSql } from '../../run/filter/shown-sql.ts';
import { takeRows, type TakenRows } from '../../run/filter/take-rows.ts';
import { chooseParameters } from '../../run/filter/used-parameters.ts';
import { basisOf, staleNote } from '../../run/plan/basis.ts';
import { filterEnding, filterInputs } from '../../run/runs/outcome-of.ts';
import { kept } from '../../run/runs/record-run.ts';
import { systemClock } from '../../run/system-clock.ts';
import { todayIn } from '../../run/workspace/time-zone.ts';
import { environmentOf, recordingOf } from '../history.ts';
import { exitCodes, neverAborted, type Io } from '../io.ts';
import { rowAsJson, rowsAsTable } from '../output/rows.ts';
import { plain } from '../output/table.ts';
import { openResultFile } from '../result-file.ts';
import { withCollectedAsync } from '../vault.ts';
import type { AskedFilter } from './filter.ts';

/** Rows of a run that the history keeps, and a report names. */
const mostKept = 20_000;

/** Runs the filter and prints its rows, or writes them to a file. Rows whose script failed are told of, and end it with 1. */
export async function runFilter(
  { open, name, given, options, limit }: AskedFilter,
  { typedColumns: columns, query }: FilterQuery,
  io: Io,
): Promise<number> {
  const { bound } = namedFilter(open, name);
  const { values, used } = chooseParameters(name, bound.parameters, given, open.workspace.settings.session);
  const key = keyColumnOf(bound);
  const format = options.out === undefined ? options.format : formatOf(options.out);
  const out = options.out === undefined ? undefined : openResultFile(open, resolve(io.cwd, options.out), 'rows');
  const write = out ? out.write : io.stdout;
  const printed: FilterRow[] = [];
  const print = printer(format, columns, write, (row) => printed.push(row));
  const startedAt = systemClock.now();
  let taken: TakenRows;
  try {
    taken = await kept(
      {
        kind: 'filter',
        subject: name,
        ...environmentOf(open),
        limits: limit === undefined ? {} : { rows: limit },
        inputs: { filter: name, ...given },
        startedAt,
      },
      recordingOf(open, io, options),
      () =>
        withCollectedAsync(open, async (vault) => {
          const made = filterRows(open, vault, name, values, todayIn(open));
          const found = await takeRows(columns, passing(made.rowsWithProblems(), limit, print.row), {
            limit: mostKept,
            signal: neverAborted,
            now: () => systemClock.now(),
          });
          if (options.quiet !== true)
            for (const note of basisOf(vault, made.tables, open.workspace).flatMap(staleNote)) io.stderr(`${plain(note)}\n`);
          const { problems: _shown, ...others } = found;
          const problems = withLeftOut(found.problems, made);
          return { ...others, ...(problems && { problems }) };
        }),
      ({ rows, total, problems, firstRowMilliseconds }) => ({
        report: {
          filter: name,
          milliseconds: systemClock.now() - startedAt,
          ...(firstRowMilliseconds !== undefined && { firstRowMilliseconds }),
          rowSet: { columns, rows, total },
          sql: shownSql(query).sql,
          ...(key !== undefined && { key }),
          ...(problems && { problems }),
          parameters: used,
        },
        inputs: filterInputs(used, key),
        ...filterEnding(total, (problems?.count ?? 0) + (problems?.leftOut ?? 0)),
      }),
    );
    print.end();
    out?.done();
  } catch (error) {
    out?.discard();
    throw error;
  }
  const { total, problems } = taken;
  if (format === 'text') io.stdout(rowsAsTable(columns, printed, io.colour && options.color));
  if ((format === 'text' || out) && options.quiet !== true)
    io.stderr(`${total} row${total === 1 ? '' : 's'}${options.out === undefined ? '' : ` in ${options.out}`}.\n`);
  if (!problems) return exitCodes.ok;
  const [first] = problems.rows;
  const rowsOf = (count: number): string => (count === 1 ? '1 row' : `${count} rows`);
  if (first)
    io.stderr(
      `The script of ${rowsOf(problems.count)} failed, and its value is null there. Row ${first.row + 1}: ${plain(first.message)}\n`,
    );
  if (problems.leftOut !== undefined)
    io.stderr(
      `The script of ${first ? `${problems.leftOut} more` : rowsOf(problems.leftOut)} failed, and "limit" or "distinct" then left out what came of it: it is not known whether other rows are meant. Run the filter without these to see why.\n`,
    );
  return exitCodes.problems;
}

/** The rows up to the limit, each shown to `tell` as it passes. */
function* passing(rows: Iterable<FilterRow>, limit: number | undefined, tell: (row: FilterRow) => void): Generator<FilterRow> {
  let left = limit ?? Infinity;
  for (const row of rows) {
    tell(row);
    yield row;
    if (--left <= 0) return;
  }
}

interface Printer {
  row(row: FilterRow): void;
  end(): void;
}

/** Rows are written as they come; a table needs all of them for its widths. */
function printer(
  format: string,
  columns: FilterQuery['typedColumns'],
  write: (text: string) => void,
  keep: (row: FilterRow) => void,
): Printer {
  if (format === 'text') return { row: keep, end: () => undefined };
  if (format === 'csv') {
    let begun = false;
    const begin = (): void => {
      if (!begun) write(csvHead(columns));
      begun = true;
    };
    return {
      row(row) {
        begin();
        write(csvLine(columns, row));
      },
      end: begin,
    };
  }
  let count = 0;
  return {
    row: (row) => write(`${count++ === 0 ? '[' : ','}\n${rowAsJson(columns, row)}`),
    end: () => write(count === 0 ? '[]\n' : '\n]\n'),
  };
}

function formatOf(file: string): 'csv' | 'json' {
  const [, extension] = /\.(csv|json)$/i.exec(file) ?? [];
  if (extension === undefined) throw new SollistError('usage', `--out takes a file that ends in .csv or .json, but got "${file}".`);
  return extension.toLowerCase() === 'csv' ? 'csv' : 'json';
}
