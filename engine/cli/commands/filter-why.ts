import { sameName } from '../../model/filter/words.ts';
import type { WhyRowChoice } from '../../run/filter/filter-report.ts';
import { namedFilter, tablesWithRows, type NamedFilter } from '../../run/filter/named-filter.ts';
import { explainRow } from '../../run/filter/why/explain-row.ts';
import { today } from '../../run/system-clock.ts';
import { exitCodes, type Io } from '../io.ts';
import { printWhy } from '../output/why.ts';
import { withCollected } from '../vault.ts';
import type { AskedFilter } from './filter.ts';

/** Says why a row is there, or what dropped it: both questions have one answer. */
export function explainWhy({ open, name, given, options }: AskedFilter, row: string, io: Io): number {
  const choice = choiceOf(namedFilter(open, name), row);
  const found = withCollected(open, (vault) => explainRow(open, vault, name, given, choice, today()));
  io.stdout(
    options.format === 'json' ? `${JSON.stringify({ version: 1, ...found }, undefined, 2)}\n` : printWhy(found, io.colour && options.color),
  );
  return exitCodes.ok;
}

/** `E7`, `employeeNumber=E7`, `p.employeeNumber=E7`: a row of the start table or of the one named, else of the output. */
export function choiceOf({ bound }: Pick<NamedFilter, 'bound'>, text: string): WhyRowChoice {
  const at = text.indexOf('=');
  if (at <= 0) return { kind: 'table', value: at === 0 ? text.slice(1) : text };
  const [name, value] = [text.slice(0, at).trim(), text.slice(at + 1)];
  const tables = tablesWithRows(bound);
  for (const { alias } of tables) {
    if (name.length > alias.length + 1 && sameName(name.slice(0, alias.length + 1), `${alias}.`))
      return { kind: 'table', alias, column: name.slice(alias.length + 1), value };
  }
  const [first] = tables;
  const isOfStart = first?.catalog?.columns.some((column) => sameName(column.name, name)) ?? false;
  if (!isOfStart && bound.columns.some((column) => sameName(column.name, name))) return { kind: 'output', values: { [name]: value } };
  return { kind: 'table', column: name, value };
}
