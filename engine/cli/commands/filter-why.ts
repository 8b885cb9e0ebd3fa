import { quoteName, sameName } from '../../model/filter/words.ts';
import type { WhyRowChoice } from '../../run/filter/filter-report.ts';
import { namedFilter, tablesWithRows, type NamedFilter } from '../../run/filter/named-filter.ts';
import { explainRow } from '../../run/filter/why/explain-row.ts';
import { todayIn } from '../../run/workspace/time-zone.ts';
import { SollistError } from '../../run/error.ts';
import { exitCodes, type Io } from '../io.ts';
import { printWhy } from '../output/why.ts';
import { withCollected } from '../vault.ts';
import type { AskedFilter } from './filter.ts';

/** Says why a row is there, or what dropped it: both questions have one answer. */
export function explainWhy({ open, name, given, options }: AskedFilter, row: string, io: Io): number {
  const choice = choiceOf(namedFilter(open, name), row);
  const found = withCollected(open, (vault) => explainRow(open, vault, name, given, choice, todayIn(open)));
  io.stdout(
    options.format === 'json' ? `${JSON.stringify({ version: 1, ...found }, undefined, 2)}\n` : printWhy(found, io.colour && options.color),
  );
  return exitCodes.ok;
}

/** `E7`, `employeeNumber=E7`, `p.employeeNumber=E7`: a row of the start table or of the one named, else of the output. */
export function choiceOf({ bound }: Pick<NamedFilter, 'bound'>, text: string): WhyRowChoice {
  if (text === '')
    throw new SollistError('usage', 'Name the row: by its key, such as --why E7, or by a value, such as --why mail=ann@school.example.');
  const at = text.indexOf('=');
  if (at <= 0) return { kind: 'table', value: at === 0 ? text.slice(1) : text };
  const [name, value] = [text.slice(0, at).trim(), text.slice(at + 1)];
  const tables = tablesWithRows(bound);
  for (const { alias } of tables) {
    for (const written of [alias, quoteName(alias)]) {
      if (name.length > written.length + 1 && sameName(name.slice(0, written.length + 1), `${written}.`))
        return { kind: 'table', alias, column: unquoted(name.slice(written.length + 1)), value };
    }
  }
  const [first] = tables;
  const plain = unquoted(name);
  const isOfStart = first?.catalog?.columns.some((column) => sameName(column.name, plain)) ?? false;
  const isOfOutput = bound.columns.some((column) => sameName(column.name, plain));
  if (!isOfStart && isOfOutput) return { kind: 'output', values: { [plain]: value } };
  const dot = name.indexOf('.');
  // A table that the filter does not have: whoever looks it up says which there are.
  if (!isOfStart && dot > 0) return { kind: 'table', alias: name.slice(0, dot), column: name.slice(dot + 1), value };
  return { kind: 'table', column: plain, value };
}

/** A name without the quotes that a filter has around some. */
function unquoted(name: string): string {
  return /^"(?:[^"]|"")+"$/.test(name) ? name.slice(1, -1).replaceAll('""', '"') : name;
}
