import type { Attempt } from '../records.ts';
import type { Workspace } from '../../model/workspace/workspace.ts';
import { staleScripts, type StaleScripts } from '../scripts/table-digests.ts';
import type { Vault } from '../vault/vault.ts';
import type { DataBasis } from './plan.ts';

/** A table by name. */
export interface TableRef {
  readonly system: string;
  readonly table: string;
}

/** What is known of the tables a plan rests on; each once, ordered by name. `workspace`: what the scripts of tables are held against. */
export function basisOf(vault: Vault, tables: readonly TableRef[], workspace?: Workspace): readonly DataBasis[] {
  return basisFrom(
    tables.map(({ system, table }): DataBasis => {
      const held = vault.table(system, table);
      if (!held) return { system, table, rows: 0, complete: false, notes: ['never collected'] };
      const { evidence, lastAttempt, loadedAt } = held;
      const { changed, rezoned }: StaleScripts = workspace ? staleScripts(workspace, system, table, evidence) : { changed: [] };
      const { rows, endedAt, complete, caps, notes, source } = evidence;
      return {
        system,
        table,
        rows,
        collectedAt: new Date(endedAt).toISOString(),
        complete: complete && !lastAttempt,
        ...(source?.kind === 'replay' && { replayedFrom: source.recording }),
        ...(loadedAt !== undefined && { loadedFromHistory: true as const }),
        ...(changed.length > 0 && { staleScripts: changed }),
        ...(rezoned && { rezonedScripts: rezoned }),
        notes: [
          ...(loadedAt === undefined ? [] : ['it was loaded from the history']),
          ...(changed.length > 0 ? [`the script of ${changed.join(', ')} has changed since`] : []),
          ...(rezoned
            ? [`${rezoned.scripts.join(', ')} ${rezoned.scripts.length === 1 ? 'was' : 'were'} computed in the time zone ${rezoned.zone}`]
            : []),
          ...(lastAttempt ? [attemptNote(lastAttempt)] : []),
          ...caps,
          ...notes,
        ],
      };
    }),
  );
}

function attemptNote({ state, message }: Attempt): string {
  const why = message === undefined ? '' : ` (${message.replace(/\.$/, '')})`;
  switch (state) {
    case 'failed':
      return `the last attempt to collect it failed${why}`;
    case 'held-back':
      return `a guard held back what the last collection brought${why}`;
    case 'cancelled':
      return `the last attempt to collect it was cancelled${why}`;
    case 'not-reached':
      return `the last attempt to collect it did not get to it${why}`;
  }
}

/** Each table once, ordered by name. */
export function basisFrom(parts: readonly DataBasis[]): readonly DataBasis[] {
  const unique = new Map(parts.map((basis) => [nameOf(basis), basis]));
  return [...unique.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, basis]) => basis);
}

/**
 * Why no delete and no removal may rest on these tables, or undefined when it may: a table is empty, or not proven complete (safety
 * contract, 5). All of them are named. `allowed` are tables (`system.table`) whose author takes the responsibility for this one run; a table
 * that was never collected cannot be allowed.
 */
export function whyNoRemoval(basis: readonly DataBasis[], allowed: ReadonlySet<string>): string | undefined {
  const reasons = basis.flatMap((table): string | readonly [] => why(table, allowed.has(nameOf(table))) ?? []);
  return reasons.length > 0 ? reasons.join(' ') : undefined;
}

function why(basis: DataBasis, allowed: boolean): string | undefined {
  const { system, rows, complete, collectedAt } = basis;
  const name = nameOf(basis);
  if (collectedAt === undefined) return `${name} was never collected. Collect ${system} first.`;
  if (allowed) return undefined;
  if (!complete) return `${incompleteness(basis)} Collect it whole, or allow it for this run with --allow-incomplete ${name}.`;
  if (rows === 0)
    return `${name} is empty, which is more often a fault than the truth. Check it, or allow it for this run with --allow-incomplete ${name}.`;
  return undefined;
}

/** What is true of data that is not what the system says now, one sentence each: deletes may rest on it all the same. */
export function originNotes(basis: readonly DataBasis[]): readonly string[] {
  const recordings = [...new Set(basis.flatMap(({ replayedFrom }) => replayedFrom ?? []))];
  const loaded = basis.filter(({ loadedFromHistory }) => loadedFromHistory === true);
  const fromHistory = loaded.map(
    (table) =>
      `${nameOf(table)} was loaded from the history (collected ${table.collectedAt?.slice(0, 10) ?? 'never'}); the system may say something else now.`,
  );
  const replayed = recordings.map((recording) => {
    const tables = basis.filter(({ replayedFrom }) => replayedFrom === recording).map(nameOf);
    return `${tables.join(', ')} ${tables.length === 1 ? 'was' : 'were'} replayed from ${recording}, not read from the system: collect again before you trust this.`;
  });
  return [...replayed, ...fromHistory, ...basis.flatMap(staleNote)];
}

/** That a table was collected before the script of a column, or the time zone, changed. */
export function staleNote({ staleScripts: changed = [], rezonedScripts: rezoned, ...table }: DataBasis): readonly string[] {
  const holds = (columns: readonly string[]): string => (columns.length === 1 ? 'that column holds' : 'these columns hold');
  const what = changed.length === 1 ? `the script of ${changed[0] ?? ''} changed` : `the scripts of ${changed.join(', ')} changed`;
  return [
    ...(changed.length === 0
      ? []
      : [`${nameOf(table)} was collected before ${what}, and ${holds(changed)} what was computed then: collect ${table.system} again.`]),
    ...(rezoned
      ? [
          `${nameOf(table)} was collected when days were those of ${rezoned.zone}, and ${holds(rezoned.scripts)} what was computed then ` +
            `(${rezoned.scripts.join(', ')}): collect ${table.system} again.`,
        ]
      : []),
  ];
}

/** The sentence that a table is not proven complete, and why. */
export function incompleteness(basis: DataBasis): string {
  const reasons = basis.notes.map((note) => note.replace(/\.$/, '')).join('; ');
  return `${nameOf(basis)} is not proven complete${reasons === '' ? '' : `: ${reasons}`}.`;
}

function nameOf({ system, table }: TableRef): string {
  return `${system}.${table}`;
}
