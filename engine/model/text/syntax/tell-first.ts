import type { Problem } from '../problem.ts';

/** As many as a person repairs before looking again. */
export const mostTold = 20;

/** The first of many problems; the last one then says how many more there are. */
export function tellFirst(problems: readonly Problem[]): readonly Problem[] {
  const next = problems[mostTold];
  if (!next || problems.length === mostTold + 1) return problems;
  const more = problems.length - mostTold;
  const message = `From here on ${more} more places are not JSON. Repair those before first.`;
  return [...problems.slice(0, mostTold), { code: next.code, severity: next.severity, message, span: next.span }];
}
