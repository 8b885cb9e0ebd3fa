import { SollistError } from '../error.ts';

/** Columns SQLite allows in a table as it is built here. */
const mostColumns = 2000;

/** An identifier as SQL text: whatever an author or an API put into a name, it stays a name. */
export function quoteIdentifier(name: string): string {
  if (name.includes('\0'))
    throw new SollistError('vault-name-clash', 'A name with a null character cannot stand in the vault. Rename it in the connector.', {
      subject: name,
    });
  return `"${name.toWellFormed().replaceAll('"', '""')}"`;
}

/** The form in which SQLite compares names: without the case of ASCII letters. */
export function foldName(name: string): string {
  return name.toWellFormed().replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Throws `vault-name-clash` (subject: the column) where SQLite would take two columns for one, or there are too many. */
export function checkColumns(table: string, columns: readonly string[]): void {
  if (columns.length === 0)
    throw new SollistError('vault-name-clash', `The table ${table} has no columns to collect. Select at least one.`, { subject: table });
  if (columns.length > mostColumns) {
    throw new SollistError(
      'vault-name-clash',
      `The table ${table} has ${columns.length} columns; the vault holds ${mostColumns}. Select fewer.`,
      { subject: table },
    );
  }
  const seen = new Map<string, string>();
  for (const column of columns) {
    const folded = foldName(column);
    const other = seen.get(folded);
    if (other !== undefined) {
      throw new SollistError(
        'vault-name-clash',
        `The table ${table} has the columns "${other}" and "${column}", which the vault cannot tell apart. Select one of them, or give one a longer name with _: in the connector.`,
        { subject: column },
      );
    }
    seen.set(folded, column);
  }
}
