import { mask, type Redactor } from '../http/redact.ts';
import type { Cell } from '../records.ts';
import type { StagedTarget } from './targets.ts';

/** Characters of a value that the vault keeps. */
export const longestCell = 1_000_000;

/** The last border cells cross before they are stored. */
export interface CellCleaner {
  /** The rows of a table without secrets and without values of any length. */
  clean(target: StagedTarget, rows: readonly (readonly Cell[])[]): readonly (readonly Cell[])[];
  /** What a table lost by it. */
  flaws(table: string): readonly string[];
  remarks(table: string): readonly string[];
}

interface Counts {
  readonly cut: Map<string, number>;
  readonly masked: Map<string, number>;
  readonly maskedKeys: Set<string>;
}

/** Masks the secrets of the connection, those learned on the way too, and cuts what is too long. */
export function createCellCleaner(redactor: Redactor): CellCleaner {
  const tables = new Map<string, Counts>();
  const countsOf = (table: string): Counts => {
    const counts = tables.get(table) ?? { cut: new Map(), masked: new Map(), maskedKeys: new Set() };
    tables.set(table, counts);
    return counts;
  };
  const add = (counts: Map<string, number>, column: string): void => void counts.set(column, (counts.get(column) ?? 0) + 1);

  return {
    clean(target, rows) {
      const { shortest } = redactor;
      const counts = countsOf(target.table.name);
      const mayBeSecret = (cell: string | number): boolean => {
        if (typeof cell === 'string') return cell.length >= shortest && redactor.finds(cell);
        // A number of few digits is no secret anybody could keep, but may well be a count or a yes.
        return shortest < Infinity && String(cell).length > 3 && redactor.finds(String(cell));
      };
      const needsCare = (cell: Cell): boolean =>
        cell !== null && ((typeof cell === 'string' && cell.length > longestCell) || mayBeSecret(cell));
      const cleanCell = (cell: Cell, i: number): Cell => {
        if (cell === null || !needsCare(cell)) return cell;
        const name = target.columns[i]?.name ?? '';
        let kept: string | number = cell;
        if (mayBeSecret(cell)) {
          add(counts.masked, name);
          // Rows are found and joined by these columns: with a mask in them they would be taken for others.
          if (target.indexes.includes(name)) counts.maskedKeys.add(name);
          kept = typeof cell === 'string' ? redactor.text(cell) : mask;
        }
        if (typeof kept === 'string' && kept.length > longestCell) {
          add(counts.cut, name);
          kept = kept.slice(0, longestCell).toWellFormed();
        }
        return kept;
      };
      // Nothing is copied where nothing is to be cleaned, which is nearly always.
      return rows.map((row) => (row.some(needsCare) ? row.map(cleanCell) : row));
    },
    flaws(table) {
      const { cut, maskedKeys } = countsOf(table);
      return [
        ...[...cut].map(
          ([column, count]) =>
            `Column ${column} held values longer than ${longestCell.toLocaleString('en')} characters, which were cut (${count}×).`,
        ),
        ...[...maskedKeys].map(
          (column) => `A secret of the connection stood in column ${column}, by which rows are found, and was masked.`,
        ),
      ];
    },
    remarks: (table) =>
      [...countsOf(table).masked].map(
        ([column, count]) => `A secret of the connection stood in the answer and was masked (column ${column}, ${count}×).`,
      ),
  };
}
