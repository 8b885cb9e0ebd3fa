import { SollistError } from '../../run/error.ts';
import { listRelations as listIn } from '../../run/relations/list-relations.ts';
import { matchRelation as matchIn } from '../../run/relations/match-relation.ts';
import { readVault } from '../../run/vault/read-vault.ts';
import type { VaultReader } from '../../run/vault/vault.ts';
import { vaultPath } from '../../run/workspace/open-workspace.ts';
import type { Run, RunScope } from './run.ts';
import { withReader } from './with-vault.ts';

/** How the values of two columns meet: left only, common, right only. */
export const matchRelation: Run<'matchRelation'> = ({ from, to }, scope) => withCollected(scope, (vault) => matchIn(vault, from, to));

/** The relations of the data model, with their match where both sides are collected. */
export const listRelations: Run<'listRelations'> = ({ system }, scope) => {
  const vault = readVault(vaultPath(scope.open));
  try {
    return listIn(scope.open.workspace.catalog, vault, system, scope.signal);
  } finally {
    vault?.close();
  }
};

/** Looks into the vault. Throws `not-collected` where there is none. */
export function withCollected<Result>(scope: RunScope, look: (vault: VaultReader) => Result): Result {
  return withReader(scope, look) ?? refuse();
}

function refuse(): never {
  throw new SollistError('not-collected', 'Nothing has been collected yet, so there are no values to look at. Collect the systems first.');
}
