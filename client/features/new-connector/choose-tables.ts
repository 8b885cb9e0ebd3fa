import { CancellationError, window } from 'vscode';
import type { NewTableSummary } from '../../../engine/model/new-connector/new-connector.ts';

/** So many tables are taken without asking. */
const fewTables = 8;

/** Which tables of a document to take, where it has many; undefined where all are meant. Throws `CancellationError` when a person stops. */
export async function chooseTables(tables: readonly NewTableSummary[]): Promise<readonly string[] | undefined> {
  if (tables.length <= fewTables) return undefined;
  const chosen = await window.showQuickPick(
    tables.map(({ name, columns, operations, membership }) => ({
      label: name,
      description: `${String(columns)} columns · ${operations.join(', ')}${membership ? ' · roles' : ''}`,
      picked: true,
    })),
    {
      title: 'New connector',
      placeHolder: `The document has ${String(tables.length)} tables. Which do you need? Tables they are iterated by come along.`,
      canPickMany: true,
      matchOnDescription: true,
      ignoreFocusOut: true,
    },
  );
  if (chosen === undefined || chosen.length === 0) throw new CancellationError();
  return chosen.length === tables.length ? undefined : chosen.map(({ label }) => label);
}
