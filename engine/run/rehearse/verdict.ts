import type { RehearsedMapping, RehearsedTable } from '../rehearsal-report.ts';

/** Whether a wrong delete could come of what happened, and one sentence about it. */
export function judge(
  struck: number,
  tables: readonly RehearsedTable[],
  mappings: readonly RehearsedMapping[],
  clean: readonly RehearsedMapping[],
): { readonly safe: boolean; readonly verdict: string } {
  const trusted = tables.filter(({ lost, deletesAllowed }) => lost > 0 && deletesAllowed);
  const deleting = mappings.filter(({ deletesWrong }) => deletesWrong > 0);
  // A guard that stops the plan of clean data, too, is one that its author has to wave through.
  const guarded = ({ mapping, guards }: RehearsedMapping): boolean =>
    guards.length > 0 && clean.find((each) => each.mapping === mapping)?.guards.length === 0;
  const unguarded = deleting.filter((mapping) => !guarded(mapping));
  const safe = trusted.length === 0 && unguarded.length === 0;
  if (struck === 0 && safe) return { safe, verdict: 'The recording gave it no chance.' };
  if (!safe) {
    const reasons = [
      ...trusted.map(({ table, lost }) => `${table} lost ${count(lost, 'row')} unnoticed, and deletes may rest on it`),
      ...unguarded.map(({ mapping, deletesWrong }) => `${mapping} would wrongly delete ${deletesWrong}`),
    ];
    return { safe, verdict: `Not safe: ${reasons.join('; ')}.` };
  }
  const stopped = deleting.map(
    ({ mapping, deletesWrong }) => `only the guard keeps ${mapping} from ${count(deletesWrong, 'wrong delete')}`,
  );
  const creates = mappings.flatMap(({ mapping, creates: now, guards }) => {
    const before = clean.find((each) => each.mapping === mapping)?.creates ?? 0;
    return now > before && guards.length === 0 ? [`${mapping} would create ${now - before} more than from clean data`] : [];
  });
  const what = [...fates(tables), ...stopped, ...creates];
  return { safe, verdict: `No wrong delete: ${what.length === 0 ? 'everything came as it should' : what.join('; ')}.` };
}

/** What became of the tables, those of one fate together. */
function fates(tables: readonly RehearsedTable[]): readonly string[] {
  const names = (is: (table: RehearsedTable) => boolean): string =>
    tables
      .filter(is)
      .map(({ table }) => table)
      .join(', ');
  const asBefore = names(({ outcome: { state } }) => state === 'failed' || state === 'not-reached' || state === 'cancelled');
  const held = names(({ outcome }) => outcome.state === 'held-back');
  const doubtful = names(({ outcome, deletesAllowed }) => outcome.state === 'collected' && !deletesAllowed);
  return [
    ...(asBefore === '' ? [] : [`${asBefore} could not be collected and stayed as before`]),
    ...(held === '' ? [] : [`${held} ${held.includes(',') ? 'were' : 'was'} held back and stayed as before`]),
    ...(doubtful === '' ? [] : [`no delete may rest on ${doubtful}`]),
  ];
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
