import { isSecretName, sampleOf } from '../../model/connector/knowledge.ts';
import type { ColumnType } from '../../model/connector/connector.ts';
import { vaultTableName, type ColumnRef } from '../../model/system/catalog.ts';
import { SollistError } from '../error.ts';
import type { Cell, VaultTable } from '../records.ts';
import { quoteIdentifier } from '../vault/identifier.ts';
import type { VaultReader } from '../vault/vault.ts';

/** A column that the vault holds. */
export interface VaultColumn {
  readonly ref: ColumnRef;
  readonly type: ColumnType;
  /** The table, as SQL text. */
  readonly table: string;
  /** The column, as SQL text. */
  readonly column: string;
  readonly rows: number;
  readonly isSecret: boolean;
}

/** Columns of a collected table. */
export function columnsIn({ system, table, columns, evidence }: VaultTable): readonly VaultColumn[] {
  const sql = quoteIdentifier(vaultTableName(system, table));
  return columns.map(({ name, type }) => ({
    ref: { system, table, column: name },
    type,
    table: sql,
    column: quoteIdentifier(name),
    rows: evidence.rows,
    isSecret: isSecretName(name),
  }));
}

/** A column by its name. Throws `not-collected` for a table that the vault does not have, and `unknown-column`. */
export function findColumn(vault: Pick<VaultReader, 'tables'>, ref: ColumnRef): VaultColumn {
  const { system, table, column } = ref;
  const held = vault.tables().find((each) => each.system === system && each.table === table);
  if (!held) {
    throw new SollistError(
      'not-collected',
      `${system}.${table} has not been collected: there are no values to look at. Collect ${system} first.`,
      {
        subject: `${system}.${table}`,
      },
    );
  }
  const found = columnsIn(held).find((each) => each.ref.column === column);
  if (!found)
    throw new SollistError('unknown-column', `${system}.${table} was collected without a column "${column}". Collect it again.`, {
      subject: column,
    });
  return found;
}

/** A value for a person; nothing of a column of secrets. */
export function shownValues({ isSecret }: VaultColumn, values: readonly Cell[]): readonly string[] {
  return isSecret ? [] : values.map((value) => sampleOf(String(value).slice(0, 1_000)));
}

/** Kinds of values that can be equal: texts, dates and lists are texts to the vault. */
export function unlikeTypes(left: VaultColumn, right: VaultColumn): readonly [left: string, right: string] | undefined {
  const kind = (type: ColumnType): string => (type === 'number' || type === 'boolean' || type === 'list' ? type : 'text');
  return kind(left.type) === kind(right.type) ? undefined : [left.type, right.type];
}
