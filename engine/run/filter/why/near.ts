import type { BoundTable } from '../../../model/filter/bound.ts';
import { foldText } from '../../../model/filter/fold.ts';
import { identifier } from '../../../model/filter/sql.ts';
import { vaultTableName } from '../../../model/system/catalog.ts';
import { nearest } from '../../../model/text/nearest.ts';
import type { WhyNear } from '../filter-report.ts';
import type { Cell } from '../../records.ts';
import type { Vault } from '../../vault/vault.ts';

/** Values shown of those that are nearly the one looked for. */
const most = 3;

/** Values whose spelling is compared. */
const mostCompared = 2_000;

/** Tab, line ends, blank, no-break space. */
const blanks = 'char(9, 10, 13, 32, 160)';

/**
 * Values of a column that are nearly the one looked for, which it does not have: the same but for blanks, case, leading zeros or being a text, else the one of
 * the nearest spelling, among those without a digit.
 */
export function nearValues(vault: Vault, table: BoundTable, column: string, value: Cell | boolean): readonly WhyNear[] {
  // Of two values every one is near the other.
  if (value === null || value === '' || typeof value === 'boolean' || !columnsInVault(vault, table).includes(column)) return [];
  const text = String(value);
  const name = identifier(column).text;
  const from = identifier(vaultTableName(table.system, table.table)).text;
  const read = (where: string, limit: number, parameters: readonly Cell[]): readonly Cell[] =>
    [...vault.query({ sql: `SELECT DISTINCT ${name} AS v FROM ${from} WHERE ${where} LIMIT ${limit}`, parameters })].map(
      (row) => row['v'] ?? null,
    );
  const alike = read(
    `(sollist_fold(trim(${name}, ${blanks})) = sollist_fold(trim(?, ${blanks})) OR (ltrim(${name}, '0') = ltrim(?, '0') AND ltrim(?, '0') <> ''))`,
    // Itself, as the other type has it, may be among them.
    most + 1,
    [text, text, text],
  )
    .filter((one) => String(one) !== text || typeof one !== typeof value)
    .slice(0, most);
  if (alike.length > 0)
    return alike.map((one) => ({ column, value: one, how: String(one) === text ? 'type' : howNear(String(one), text) }));
  // Of numbers and ids the next one is spelled nearly the same, and means somebody else.
  if (hasDigit.test(text)) return [];
  const candidates = read(`typeof(${name}) = 'text' AND abs(length(${name}) - ?) <= 2 AND substr(${name}, 1, 1) = ?`, mostCompared, [
    text.length,
    text.charAt(0),
  ]);
  const found = nearest(
    text,
    candidates.map(String).filter((one) => one !== text && !hasDigit.test(one)),
  );
  return found === undefined ? [] : [{ column, value: found, how: 'spelling' }];
}

const hasDigit = /\p{Nd}/u;

/** How near two texts are that are not the same. */
export function howNear(one: string, other: string): WhyNear['how'] {
  const [a, b] = [one.trim(), other.trim()];
  if (a === b) return 'blanks';
  if (foldText(one) === foldText(other)) return 'case';
  if (foldText(a) === foldText(b)) return 'blanks-and-case';
  if (a.replace(/^0+/, '') === b.replace(/^0+/, '')) return 'zeros';
  return 'spelling';
}

const words: Readonly<Record<WhyNear['how'], string>> = {
  blanks: 'the same but for blanks around it',
  case: 'the same but for capital letters',
  'blanks-and-case': 'the same but for blanks and capital letters',
  zeros: 'the same but for leading zeros',
  type: 'the same but for its type: one is a text, the other a number',
  spelling: 'spelled nearly the same',
};

/** ` There is 'e7 ', the same but for …`, or nothing. */
export function nearSentence(near: readonly WhyNear[]): string {
  const [first] = near;
  return first ? ` There is ${shown(first.value)}, ${words[first.how]}.` : '';
}

/** A value as a sentence says it. */
export function shown(value: Cell | boolean): string {
  if (value === null) return 'null';
  if (typeof value !== 'string') return String(value);
  return `'${value.length > 80 ? `${value.slice(0, 79)}…` : value}'`;
}

/** What the vault holds of a table, which may be older than the connector's text. */
export function columnsInVault(vault: Vault, { system, table }: BoundTable): readonly string[] {
  return vault.table(system, table)?.columns.map(({ name }) => name) ?? [];
}
