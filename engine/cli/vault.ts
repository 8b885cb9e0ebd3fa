import { existsSync } from 'node:fs';
import { SollistError } from '../run/error.ts';
import { openVault } from '../run/vault/open-vault.ts';
import { readVault } from '../run/vault/read-vault.ts';
import type { Vault, VaultReader } from '../run/vault/vault.ts';
import { vaultPath, type OpenWorkspace } from '../run/workspace/open-workspace.ts';

/** Opens the vault for reading what was collected, works with it and closes it. Throws `not-collected` where there is none: reading makes no files. */
export function withCollected<Result>(open: OpenWorkspace, work: (vault: Vault) => Result): Result {
  const vault = openCollected(open);
  try {
    return work(vault);
  } finally {
    vault.close();
  }
}

/** As `withCollected`, for work that takes its time; the vault is closed behind it. */
export async function withCollectedAsync<Result>(open: OpenWorkspace, work: (vault: Vault) => Promise<Result>): Promise<Result> {
  const vault = openCollected(open);
  try {
    return await work(vault);
  } finally {
    vault.close();
  }
}

function openCollected(open: OpenWorkspace): Vault {
  const path = vaultPath(open);
  if (!existsSync(path)) throw nothingCollected(open);
  return openVault(path);
}

/** Looks into the vault without a right to change it, so that one in a folder that cannot be written can be looked into. Throws `not-collected`. */
export function readCollected<Result>(open: OpenWorkspace, look: (vault: VaultReader) => Result): Result {
  const vault = readVault(vaultPath(open));
  if (!vault) throw nothingCollected(open);
  try {
    return look(vault);
  } finally {
    vault.close();
  }
}

/** a, b and c */
const list = new Intl.ListFormat('en-GB');

function nothingCollected(open: OpenWorkspace): SollistError {
  const systems = [...open.workspace.systems.keys()];
  const which =
    systems.length === 0
      ? 'Add a system to systems/ and collect it'
      : `Run ${list.format(systems.map((name) => `"sollist collect ${name}"`))}`;
  return new SollistError('not-collected', `Nothing has been collected yet: there is no vault ${vaultPath(open)}. ${which} first.`);
}
