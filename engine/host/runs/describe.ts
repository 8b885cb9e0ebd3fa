import { readVault } from '../../run/vault/read-vault.ts';
import { statisticsOf } from '../../run/vault/statistics.ts';
import type { VaultReader } from '../../run/vault/vault.ts';
import { vaultPath } from '../../run/workspace/open-workspace.ts';
import type { Run, RunScope } from './run.ts';

/** What the vault holds; nothing where there is none. */
export const describeVault: Run<'describeVault'> = (_, scope) =>
  withVault(scope, { tables: [], answers: [] }, (vault) => ({
    tables: vault.tables().map(({ system, table, evidence, lastAttempt }) => ({
      system,
      table,
      rows: evidence.rows,
      collectedAt: evidence.endedAt,
      complete: evidence.complete && lastAttempt === undefined,
      notes: [
        ...(lastAttempt
          ? [`A later collection did not succeed${lastAttempt.message === undefined ? '.' : `: ${lastAttempt.message}`}`]
          : []),
        ...(evidence.source?.kind === 'replay' ? [`Replayed from ${evidence.source.recording}.`] : []),
        ...evidence.notes,
        ...evidence.caps,
      ],
    })),
    answers: vault.answers().map(({ system, table, at, answer }) => ({ system, table, at, seen: answer })),
  }));

/** How one table is filled. */
export const describeTable: Run<'describeTable'> = ({ system, table }, scope) =>
  withVault(scope, {}, (vault) => {
    const held = vault.tables().find((each) => each.system === system && each.table === table);
    return held ? { statistics: statisticsOf(vault, held) } : {};
  });

function withVault<Result>(scope: RunScope, none: Result, look: (vault: VaultReader) => Result): Result {
  const vault = readVault(vaultPath(scope.open));
  if (!vault) return none;
  try {
    return look(vault);
  } finally {
    vault.close();
  }
}
