import type { AskedTable } from '../records.ts';
import { readVault } from '../vault/read-vault.ts';
import { rowExistsIn } from '../vault/row-exists.ts';
import type { RowExists, Vault, VaultReader } from '../vault/vault.ts';

/** What the scripts of a dry run ask: its own tables first, then the last collection. */
export interface AskedWithLast {
  readonly exists: RowExists;
  /** Tables of the last collection that an answer came from, in the order they were first asked for. */
  asked(): readonly AskedTable[];
  close(): void;
}

/**
 * A dry run fills a vault of its own, `own`. Of tables that are not in there, and of one that was cut short, the vault at `path` is asked, which is
 * opened for reading alone, and only then; where there is none, they are not there. What cannot be opened is thrown each time.
 */
export function withLastCollection(own: Vault, path: () => string): AskedWithLast {
  const asked = new Map<string, AskedTable>();
  let opened: { readonly reader: VaultReader | undefined } | { readonly failure: unknown } | undefined;
  const last = (): VaultReader | undefined => {
    opened ??= open(path);
    if ('failure' in opened) throw opened.failure;
    return opened.reader;
  };
  const existsHere = rowExistsIn(own);
  return {
    exists(system, table, column, value) {
      const here = existsHere(system, table, column, value);
      if (here === true || (here === false && own.table(system, table)?.evidence.complete === true)) return here;
      const reader = last();
      const there = reader ? rowExistsIn(reader)(system, table, column, value) : 'no-table';
      if (typeof there !== 'boolean') return here === 'no-table' ? there : here;
      const name = JSON.stringify([system, table]);
      const collectedAt = asked.has(name) ? undefined : reader?.table(system, table)?.evidence.endedAt;
      if (collectedAt !== undefined) asked.set(name, { system, table, collectedAt });
      return there;
    },
    asked: () => [...asked.values()],
    close() {
      if (opened && 'reader' in opened) opened.reader?.close();
    },
  };
}

function open(path: () => string): { readonly reader: VaultReader | undefined } | { readonly failure: unknown } {
  try {
    return { reader: readVault(path()) };
  } catch (failure) {
    return { failure };
  }
}
