import { SollistError } from '../../run/error.ts';
import { openVault } from '../../run/vault/open-vault.ts';
import { readVault } from '../../run/vault/read-vault.ts';
import { systemClock } from '../../run/system-clock.ts';
import { vaultPath } from '../../run/workspace/open-workspace.ts';
import type { Run } from './run.ts';

/** Differences that are shown; all are counted. */
const mostDifferences = 5_000;

/** The versions of tables; none where there is no vault. */
export const tableVersions: Run<'tableVersions'> = ({ system, table }, scope) => {
  const vault = readVault(vaultPath(scope.open));
  if (!vault) return [];
  try {
    return vault.versions(system, table);
  } finally {
    vault.close();
  }
};

/** What differs between two versions of a table. */
export const compareVersions: Run<'compareVersions'> = ({ before, after }, scope) => {
  const vault = readVault(vaultPath(scope.open));
  if (!vault) throw notCollected();
  try {
    return vault.compare(before, after, { limit: mostDifferences });
  } finally {
    vault.close();
  }
};

/** Makes a version the current one. */
export const loadVersion: Run<'loadVersion'> = ({ version }, scope) => {
  const path = vaultPath(scope.open);
  // Only a vault that is there has versions: none is made for a number that is none.
  const reader = readVault(path);
  if (!reader) throw notCollected();
  reader.close();
  const vault = openVault(path);
  try {
    return vault.load(version, systemClock.now());
  } finally {
    vault.close();
  }
};

function notCollected(): SollistError {
  return new SollistError('not-collected', 'Nothing has been collected yet, so there are no versions of a table. Collect a system first.');
}
