import { didYouMean } from '../../model/text/nearest.ts';
import { SollistError } from '../error.ts';
import type { FaultDescription } from '../rehearsal-report.ts';
import { answerFaults } from './answer-faults.ts';
import type { Fault } from './fault.ts';
import { statusFaults } from './status-faults.ts';

/** Every fault that can be rehearsed. */
export const faults: readonly Fault[] = [...statusFaults, ...answerFaults];

/** The faults as a list shows them. */
export const faultDescriptions: readonly FaultDescription[] = faults.map(({ id, title }) => ({ id, title }));

/** The faults of these names, in the order of {@link faults}; all without names. Throws `unknown-fault`. */
export function faultsNamed(names: readonly string[] | undefined): readonly Fault[] {
  if (names === undefined || names.length === 0) return faults;
  const known = faults.map(({ id }) => id);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new SollistError(
      'unknown-fault',
      `There is no fault "${unknown}".${didYouMean(unknown, known)} There are: ${known.join(', ')}.`,
      { subject: unknown },
    );
  }
  return faults.filter(({ id }) => names.includes(id));
}
