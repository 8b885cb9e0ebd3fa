import type { RecordingOutcome } from '../../run/records.ts';
import { plain } from './table.ts';

/** What became of a recording, one thing a line. */
export function printRecording({ folder, state, exchanges, notes, error }: RecordingOutcome): string {
  const requests = exchanges === 1 ? '1 request' : `${exchanges} requests`;
  const first =
    error?.message ??
    (state === 'unchanged'
      ? `${folder} is unchanged: the same ${requests} with the same answers.`
      : `${folder} holds ${requests} with their answers.`);
  return [first, ...notes].map((line) => `${plain(line)}\n`).join('');
}
