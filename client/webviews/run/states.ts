import type { TableOutcome } from '../../../engine/run/records.ts';
import type { RunState } from '../../../engine/run/run-record.ts';

/** How something ended, in a word and a sign. */
export interface TableState {
  readonly tone: 'good' | 'doubtful' | 'bad';
  readonly icon: string;
  readonly text: string;
}

export function stateOf({ state, evidence }: TableOutcome): TableState {
  switch (state) {
    case 'collected':
      return evidence?.complete === true
        ? { tone: 'good', icon: 'pass', text: 'complete' }
        : { tone: 'doubtful', icon: 'warning', text: 'not complete' };
    case 'held-back':
      return { tone: 'doubtful', icon: 'shield', text: 'held back' };
    case 'failed':
      return { tone: 'bad', icon: 'error', text: 'failed' };
    case 'cancelled':
      return { tone: 'doubtful', icon: 'circle-slash', text: 'cancelled' };
    case 'not-reached':
      return { tone: 'doubtful', icon: 'circle-slash', text: 'not reached' };
  }
}

export const runStates: Readonly<Record<RunState, TableState>> = {
  ok: { tone: 'good', icon: 'pass', text: 'ok' },
  incomplete: { tone: 'doubtful', icon: 'warning', text: 'not complete' },
  'held-back': { tone: 'doubtful', icon: 'shield', text: 'held back' },
  failed: { tone: 'bad', icon: 'error', text: 'failed' },
  cancelled: { tone: 'doubtful', icon: 'circle-slash', text: 'cancelled' },
};
