import type { BoundFilter, BoundTable } from '../../../model/filter/bound.ts';
import { quoteName, sameName } from '../../../model/filter/words.ts';
import { keyColumns } from '../../../model/system/key-columns.ts';
import { systemConnector } from '../../../model/system/system-connector.ts';
import type { WhyRowChoice } from '../filter-report.ts';
import type { CutterRun } from './cut.ts';
import { columnsInVault } from './near.ts';
import { isLate } from './output-row.ts';
import { chosenTable } from './subject.ts';
import { nameOfColumn } from './walk.ts';

/** One way to read what a person wrote. */
export interface Reading {
  readonly choice: WhyRowChoice;
  /** What is asked of appended filters that read other tables: there the same words may mean another column. */
  readonly elsewhere?: WhyRowChoice;
  /** `p.id`, `login of the output`: what it is looked for as. */
  readonly as: string;
}

type TableChoice = Extract<WhyRowChoice, { readonly kind: 'table' }>;

/**
 * The ways to read which row is meant, in the order they are tried. A bare value: the key of the table, its reference keys, what other systems know
 * it by, what is shown for its rows, then the first column of the output. A column without a table: that of the start table, then that of the output.
 * Empty where nothing has such a column. Throws `unknown-table`.
 */
export function readingsOf(run: CutterRun, bound: BoundFilter, choice: WhyRowChoice): readonly Reading[] {
  if (choice.kind === 'output') return [{ choice, as: 'output' }];
  const { alias, value } = choice;
  const table = chosenTable(bound, alias);
  const held = columnsInVault(run.vault, table);
  const columns = columnsMeant(run, table, choice).flatMap(
    (name) => held.find((one) => one === name) ?? held.find((one) => sameName(one, name)) ?? [],
  );
  const own = [...new Set(columns)].map((column): Reading => ({
    choice: { kind: 'table', alias: table.alias, column, value },
    as: nameOfColumn(table, column),
  }));
  // A table that is named is meant.
  if (alias !== undefined) return own;
  const [first] = own;
  const output = outputMeant(bound, choice);
  // Rows of appended filters are known by the output alone.
  const isSame = output !== undefined && bound.appends.length === 0 && own.some(({ as }) => as === columnNamed(bound, output));
  const last: readonly Reading[] =
    output && !isSame
      ? [
          {
            choice: { kind: 'output', values: { [output.name]: value } },
            as: `${quoteName(output.name)} of the output`,
            ...(!first && { elsewhere: choice }),
          },
        ]
      : [];
  return [...own, ...(first && bound.appends.length > 0 ? [{ ...first, elsewhere: choice }] : []), ...last];
}

function columnsMeant({ open }: CutterRun, table: BoundTable, { column }: TableChoice): readonly string[] {
  if (column !== undefined) return [column];
  const { catalog, systems } = open.workspace;
  const system = systems.get(table.system)?.model;
  const keys = system ? keyColumns(system, systemConnector(system, open.workspace)).filter((key) => key.table === table.table) : [];
  const between = catalog.between
    .flatMap(({ from, to }) => [from, to])
    .filter((one) => one.system === table.system && one.table === table.table);
  const { key, display } = table.catalog ?? {};
  return [key ?? [], keys.map((one) => one.column), between.map((one) => one.column), display ?? []].flat();
}

/** The column of the output that is meant, if rows can be asked for by it. */
function outputMeant(bound: BoundFilter, { column }: TableChoice): BoundFilter['columns'][number] | undefined {
  const found = column === undefined ? bound.columns[0] : bound.columns.find(({ name }) => sameName(name, column));
  return found && !isLate(bound, found) ? found : undefined;
}

/** The column of a table that an output column is; undefined for others. */
function columnNamed({ meanings }: BoundFilter, { expression }: BoundFilter['columns'][number]): string | undefined {
  const meaning = expression?.kind === 'column' ? meanings.get(expression) : undefined;
  return meaning?.kind === 'column' ? nameOfColumn(meaning.table, meaning.column.name) : undefined;
}
