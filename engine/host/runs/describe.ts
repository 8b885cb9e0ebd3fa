import { statisticsOf } from '../../run/vault/statistics.ts';
import type { Run } from './run.ts';
import { withReader } from './with-vault.ts';

/** What the vault holds; nothing where there is none. */
export const describeVault: Run<'describeVault'> = (_, scope) =>
  withReader(scope, (vault) => ({
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
  })) ?? { tables: [], answers: [] };

/** How one table is filled. */
export const describeTable: Run<'describeTable'> = ({ system, table }, scope) =>
  withReader(scope, (vault) => {
    const held = vault.tables().find((each) => each.system === system && each.table === table);
    return held ? { statistics: statisticsOf(vault, held) } : {};
  }) ?? {};
