import Database from 'better-sqlite3';
import { SollistError } from '../error.ts';
import { unreadable } from './schema.ts';

/** Runs `work` and turns what the database throws into a SollistError that a person can act on. */
export function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw toVaultFailure(path, error);
  }
}

export function toVaultFailure(path: string, error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const { code } = error;
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')) return unreadable(path, 'is damaged or no database', error);
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new SollistError('vault-busy', `The vault ${path} is in use by another run. Wait for it to end and try again.`, {
      subject: path,
      cause: error,
    });
  }
  if (code.startsWith('SQLITE_FULL'))
    return new SollistError('vault-full', `There is no room left on the disk for the vault ${path}.`, { subject: path, cause: error });
  if (code.startsWith('SQLITE_TOOBIG'))
    return new SollistError('answer-too-large', 'A value is larger than the vault can hold. Leave that column out.', { cause: error });
  if (
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_CANTOPEN') ||
    code.startsWith('SQLITE_IOERR') ||
    code.startsWith('SQLITE_PERM')
  ) {
    return new SollistError('vault-unwritable', `The vault ${path} cannot be written. Check the folder, its rights and the disk.`, {
      subject: path,
      cause: error,
    });
  }
  return new SollistError('vault-failed', `The vault ${path} refused an operation: ${error.message}.`, { subject: path, cause: error });
}
