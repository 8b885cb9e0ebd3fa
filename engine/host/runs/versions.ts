import { SollistError } from '../../run/error.ts';
import { systemClock } from '../../run/system-clock.ts';
import type { Run } from './run.ts';
import { withReader, withVault } from './with-vault.ts';

/** Differences that are shown; all are counted. */
const mostDifferences = 5_000;

/** The versions of tables; none where there is no vault. */
export const tableVersions: Run<'tableVersions'> = ({ system, table }, scope) =>
  withReader(scope, (vault) => vault.versions(system, table)) ?? [];

/** What differs between two versions of a table. */
export const compareVersions: Run<'compareVersions'> = ({ before, after }, scope) =>
  withReader(scope, (vault) => vault.compare(before, after, { limit: mostDifferences })) ?? refuse();

/** Makes a version the current one. */
export const loadVersion: Run<'loadVersion'> = ({ version }, scope) => {
  // Only a vault that is there has versions: none is made for a number that is none.
  if (withReader(scope, () => true) !== true) refuse();
  return withVault(scope, (vault) => vault.load(version, systemClock.now()));
};

function refuse(): never {
  throw new SollistError('not-collected', 'Nothing has been collected yet, so there are no versions of a table. Collect a system first.');
}
