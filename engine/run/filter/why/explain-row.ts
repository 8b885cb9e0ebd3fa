import type { Vault } from '../../vault/vault.ts';
import type { OpenWorkspace } from '../../workspace/open-workspace.ts';
import { basisOf } from '../../plan/basis.ts';
import type { FilterWhy, WhyRowChoice, WhyStep } from '../filter-report.ts';
import { compileReference, requireCollected } from '../filter-rows.ts';
import { namedFilter } from '../named-filter.ts';
import { chooseParameters, type GivenValues } from '../used-parameters.ts';
import { wayOf, type Way } from './way.ts';

/**
 * Follows one row through a filter: what matched, what held, and the first thing that dropped it. Both questions have this one answer. `today` is
 * yyyy-mm-dd. Throws what running the filter throws, and `unknown-table`, `unknown-column` for a row that cannot be asked about.
 */
export function explainRow(
  open: OpenWorkspace,
  vault: Vault,
  reference: string,
  given: GivenValues,
  choice: WhyRowChoice,
  today: string,
): FilterWhy {
  const filter = namedFilter(open, reference);
  const { values, used } = chooseParameters(filter.name, filter.bound.parameters, given, open.workspace.settings.session);
  const { tables } = compileReference(open, reference, values, today);
  for (const { system, table } of tables) requireCollected(vault, system, table);
  const {
    outputs: _outputs,
    isSome: _isSome,
    isKnown: _isKnown,
    ...way
  } = wayOf(filter, choice, { open, vault, parameters: values, today });
  const dropped = way.verdict === 'here' ? -1 : way.steps.findIndex(({ outcome }) => outcome === 'dropped');
  return {
    filter: reference,
    ...way,
    sentence: conclusionOf(way),
    // What is the answer is no note beside it.
    notes: way.verdict === 'unknown' ? way.notes.slice(1) : way.notes,
    ...(dropped >= 0 && { droppedBy: dropped }),
    parameters: used,
    restsOn: basisOf(vault, tables, open.workspace),
  };
}

function conclusionOf({ verdict, subject, times, steps, notes }: Omit<Way, 'outputs' | 'isSome' | 'isKnown'>): string {
  // The first one, and what appended filters say.
  const dropped = steps.flatMap(({ outcome, sentence }) => (outcome === 'dropped' ? [sentence] : []));
  switch (verdict) {
    case 'unknown':
      return notes[0] ?? `Nothing is known of ${subject}.`;
    case 'not-here':
      return [`The row with ${subject} is not there.`, ...dropped].join(' ');
    case 'here': {
      const appended = steps.filter(({ kind, outcome }) => kind === 'append' && outcome === 'passed');
      if (appended.length > 0) return `The row with ${subject} is there ${often(times)}. ${originOf(steps, appended)}`;
      if (times <= 1) return `The row with ${subject} is there once.`;
      const multiplying = steps.filter(({ kind, before, after }) => kind === 'join' && after > before && before > 0);
      const why = multiplying.map(({ table, before, after }) => `${table?.alias ?? 'a join'} makes ${after} of ${before}`).join(', ');
      return `The row with ${subject} is there ${times} times${why === '' ? '' : `: ${why}`}.`;
    }
  }
}

function often(times: number): string {
  return times <= 1 ? 'once' : `${times} times`;
}

/** Which filters a row comes from, where some are appended, and how much of it the limit leaves. */
function originOf(steps: readonly WhyStep[], appended: readonly WhyStep[]): string {
  const first = steps.findIndex(({ kind }) => kind === 'append');
  const isOwn = first > 0 && steps.slice(0, first).every(({ outcome }) => outcome === 'passed');
  const names = [...(isOwn ? ['this filter itself'] : []), ...appended.map(({ text }) => `the appended filter ${text}`)];
  const limit = steps.find(({ kind, before, after }) => kind === 'limit' && after < before);
  return `It comes from ${names.join(' and from ')}.${limit ? ` The limit leaves ${limit.after} of ${limit.before}.` : ''}`;
}
