import { explainRow } from '../../run/filter/why/explain-row.ts';
import { todayIn } from '../../run/workspace/time-zone.ts';
import type { WhyParameters } from '../protocol.ts';
import type { Run, RunScope } from './run.ts';
import { withVault } from './with-vault.ts';

/** Says why a row is among those a filter gives. */
export const whyRow: Run<'whyRow'> = (parameters, scope) => explain(parameters, scope);

/** Says why a row is not among those a filter gives. What is asked for decides nothing: a row that is there is said to be there. */
export const whyNot: Run<'whyNot'> = (parameters, scope) => explain(parameters, scope);

function explain({ filter, row, ...given }: WhyParameters, { open, onProgress }: RunScope): ReturnType<typeof explainRow> {
  onProgress({ message: `Following the row through ${filter}` });
  return withVault({ open }, (vault) => explainRow(open, vault, filter, given, row, todayIn(open)));
}
