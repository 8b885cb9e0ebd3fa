import type { Database } from 'better-sqlite3';
import { quoteIdentifier } from './identifier.ts';
import { selectVersions, type StoredVersion } from './versions.ts';

/**
 * Drops versions of a table beyond the `keep` newest, the current one counted; within the caller's transaction. Never the current one, what is
 * pinned, or the one that measures the next collection. Good versions are not pushed out by a source that stays broken, of which only the last
 * version held back is kept, nor by first looks: those of runs with limits go before the others.
 */
export function prune(database: Database, path: string, system: string, table: string, keep: number): void {
  const all = selectVersions(database, path, 'system = ? and name = ?', [system, table]);
  const measure = yardstick(all)?.id;
  const lastHeld = all.find(({ state, pinned }) => state === 'held-back' && !pinned)?.id;
  const others = all.filter(({ state, pinned }) => state !== 'current' && !pinned);
  const kept = others
    .filter(({ id, state }) => state !== 'held-back' || id === lastHeld)
    .sort((a, b) => Number(a.limited) - Number(b.limited) || b.id - a.id)
    .slice(0, Math.max(0, keep - 1));
  const gone = others.filter((version) => !kept.includes(version) && version.id !== measure);
  for (const { id, physical } of gone) {
    database.exec(`drop table if exists ${quoteIdentifier(physical)}`);
    database.prepare('delete from versions where id = ?').run(id);
  }
}

/** Of a table's versions, the newest first, the one the next is measured by: the last in use that came of a run without limits. */
export function yardstick(versions: readonly StoredVersion[]): StoredVersion | undefined {
  const measures = versions.filter(({ state, limited }) => state !== 'held-back' && !limited);
  return measures.find(({ state }) => state === 'current') ?? measures[0];
}
