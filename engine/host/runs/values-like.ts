import { valuesLike as likeOf } from '../../run/filter/insight/values-like.ts';
import { readVault } from '../../run/vault/read-vault.ts';
import { vaultPath } from '../../run/workspace/open-workspace.ts';
import type { Run } from './run.ts';

/** Values of a column that begin with a text; none where the table was never collected, or without that column. */
export const valuesLike: Run<'valuesLike'> = ({ system, table, column, text }, { open }) => {
  const vault = readVault(vaultPath(open));
  if (!vault) return { values: [] };
  try {
    const held = vault.tables().find((each) => each.system === system && each.table === table);
    return { values: held ? likeOf(vault, held, column, text) : [] };
  } finally {
    vault.close();
  }
};
