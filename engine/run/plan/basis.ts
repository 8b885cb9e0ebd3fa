import type { Vault } from '../vault/vault.ts';
import type { DataBasis } from './plan.ts';

/** A table by name. */
export interface TableRef {
  readonly system: string;
  readonly table: string;
}

/** What is known of the tables a plan rests on; each once, ordered by name. */
export function basisOf(vault: Vault, tables: readonly TableRef[]): readonly DataBasis[] {
  const unique = new Map(tables.map((ref) => [`${ref.system}.${ref.table}`, ref]));
  return [...unique.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { system, table }]): DataBasis => {
      const evidence = vault.table(system, table)?.evidence;
      if (!evidence) return { system, table, rows: 0, complete: false, notes: ['never collected'] };
      return {
        system,
        table,
        rows: evidence.rows,
        collectedAt: new Date(evidence.endedAt).toISOString(),
        complete: evidence.complete,
        notes: evidence.notes,
      };
    });
}

/**
 * Why no delete and no removal may rest on these tables, or undefined when it may: a table is empty, or not proven complete (safety
 * contract, 5). `allowed` are tables (`system.table`) whose author takes the responsibility for this one run.
 */
export function whyNoRemoval(basis: readonly DataBasis[], allowed: ReadonlySet<string>): string | undefined {
  for (const { system, table, rows, complete, notes, collectedAt } of basis) {
    const name = `${system}.${table}`;
    if (allowed.has(name)) continue;
    if (collectedAt === undefined) return `${name} was never collected. Collect ${system} first.`;
    if (!complete) return `${name} is not proven complete (${notes.join('; ') || 'no reason is known'}). Collect it whole, or allow it for this run with --allow-incomplete ${name}.`;
    if (rows === 0) return `${name} is empty, which is more often a fault than the truth. Check it, or allow it for this run with --allow-incomplete ${name}.`;
  }
  return undefined;
}
