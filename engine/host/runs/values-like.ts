import { valuesLike as likeOf } from '../../run/filter/insight/values-like.ts';
import type { Run } from './run.ts';
import { withReader } from './with-vault.ts';

/** Values of a column that begin with a text; none where the table was never collected, or without that column. */
export const valuesLike: Run<'valuesLike'> = ({ system, table, column, text }, scope) =>
  withReader(scope, (vault) => {
    const held = vault.tables().find((each) => each.system === system && each.table === table);
    return { values: held ? likeOf(vault, held, column, text) : [] };
  }) ?? { values: [] };
