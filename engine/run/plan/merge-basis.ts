import type { DataBasis } from './plan.ts';

/** Each table once, ordered by name. */
export function basisFrom(parts: readonly DataBasis[]): readonly DataBasis[] {
  const unique = new Map(parts.map((basis) => [`${basis.system}.${basis.table}`, basis]));
  return [...unique.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, basis]) => basis);
}
