import { openVault } from '../../run/vault/open-vault.ts';
import { readVault } from '../../run/vault/read-vault.ts';
import type { Vault, VaultReader } from '../../run/vault/vault.ts';
import { vaultPath } from '../../run/workspace/open-workspace.ts';
import type { RunScope } from './run.ts';

/** Opens the workspace's vault, works with it and closes it. */
export function withVault<Result>({ open }: Pick<RunScope, 'open'>, work: (vault: Vault) => Result): Result {
  const vault = openVault(vaultPath(open));
  try {
    return work(vault);
  } finally {
    vault.close();
  }
}

/** Looks into the workspace's vault without a right to change it; undefined where there is none. */
export function withReader<Result>({ open }: Pick<RunScope, 'open'>, look: (vault: VaultReader) => Result): Result | undefined {
  const vault = readVault(vaultPath(open));
  if (!vault) return undefined;
  try {
    return look(vault);
  } finally {
    vault.close();
  }
}
