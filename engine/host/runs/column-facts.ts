import { statSync } from 'node:fs';
import { columnFacts as factsOf, type ColumnFacts } from '../../run/filter/insight/column-facts.ts';
import { vaultPath } from '../../run/workspace/open-workspace.ts';
import type { Run } from './run.ts';
import { withReader } from './with-vault.ts';

/** Columns that are remembered. */
const mostRemembered = 500;

/** By vault, version of the table and column: a version never changes. */
const memory = new Map<string, ColumnFacts>();

/** How one column of a collected table is filled; nothing where the table was never collected, or without that column. */
export const columnFacts: Run<'columnFacts'> = ({ system, table, column }, scope) =>
  withReader(scope, (vault) => {
    const path = vaultPath(scope.open);
    const held = vault.tables().find((each) => each.system === system && each.table === table);
    if (!held) return {};
    // A vault that was made anew counts its versions from 1 again.
    const key = JSON.stringify([path, statSync(path).ino, held.version ?? 0, held.evidence.endedAt, system, table, column]);
    const facts = memory.get(key) ?? factsOf(vault, held, column);
    if (!facts) return {};
    memory.delete(key);
    memory.set(key, facts);
    for (const oldest of memory.keys()) {
      if (memory.size <= mostRemembered) break;
      memory.delete(oldest);
    }
    return { column: facts };
  }) ?? {};
