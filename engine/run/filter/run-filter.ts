import type { CompiledFilter } from '../../model/filter/compile.ts';
import { SollistError } from '../error.ts';
import type { Cell } from '../records.ts';
import type { Vault } from '../vault/vault.ts';

/**
 * Streams the rows of a compiled filter, keyed by its output columns. Throws a SollistError: `file-broken` where the filter has no query,
 * `not-collected` (subject: the system) where a table it reads is not in the vault, `query-failed` where the database refuses.
 */
export function runFilter(
  compiled: Pick<CompiledFilter, 'query' | 'tables' | 'problems'>,
  vault: Vault,
): IterableIterator<Readonly<Record<string, Cell>>> {
  const { query } = compiled;
  if (!query) {
    const first = compiled.problems.find(({ severity }) => severity === 'error');
    throw new SollistError('file-broken', first?.message ?? 'The filter has errors and cannot be run. Run "sollist check" to see them.');
  }
  for (const { system, table } of compiled.tables) {
    if (vault.table(system, table)) continue;
    throw new SollistError(
      'not-collected',
      `${system}.${table} has not been collected yet. Collect ${system} first: "sollist collect ${system}", or Collect System… in the editor.`,
      {
        subject: system,
      },
    );
  }
  return vault.query(query);
}
