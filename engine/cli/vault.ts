import { existsSync } from 'node:fs';
import { SollistError } from '../run/error.ts';
import { openVault } from '../run/vault/open-vault.ts';
import type { Vault } from '../run/vault/vault.ts';
import { vaultPath, type OpenWorkspace } from '../run/workspace/open-workspace.ts';

/** Opens the vault for reading what was collected, works with it and closes it. Throws `not-collected` where there is none: reading makes no files. */
export function withCollected<Result>(open: OpenWorkspace, work: (vault: Vault) => Result): Result {
  const path = vaultPath(open);
  if (!existsSync(path)) throw nothingCollected(open);
  const vault = openVault(path);
  try {
    return work(vault);
  } finally {
    vault.close();
  }
}

/** As `withCollected`, for work that takes its time; the vault is closed behind it. */
export async function withCollectedAsync<Result>(open: OpenWorkspace, work: (vault: Vault) => Promise<Result>): Promise<Result> {
  const path = vaultPath(open);
  if (!existsSync(path)) throw nothingCollected(open);
  const vault = openVault(path);
  try {
    return await work(vault);
  } finally {
    vault.close();
  }
}

/** a, b and c */
const list = new Intl.ListFormat('en-GB');

export function nothingCollected(open: OpenWorkspace): SollistError {
  const systems = [...open.workspace.systems.keys()];
  const which =
    systems.length === 0
      ? 'Add a system to systems/ and collect it'
      : `Run ${list.format(systems.map((name) => `"sollist collect ${name}"`))}`;
  return new SollistError('not-collected', `Nothing has been collected yet: there is no vault ${vaultPath(open)}. ${which} first.`);
}
