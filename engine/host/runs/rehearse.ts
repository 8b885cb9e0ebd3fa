import { describeRecordings } from '../../run/http/recording/describe-recordings.ts';
import { faultDescriptions } from '../../run/rehearse/faults.ts';
import { rehearse } from '../../run/rehearse/rehearse.ts';
import { todayIn } from '../../run/workspace/time-zone.ts';
import { vaultPath } from '../../run/workspace/open-workspace.ts';
import { contextOf, type Run } from './run.ts';

/** What there is to replay and to rehearse. */
export const recordings: Run<'describeRecordings'> = (_, { open }) => ({
  recordings: describeRecordings(open.folder),
  faults: faultDescriptions,
});

/** Replays a recording with faults in it. */
export const rehearseFaults: Run<'rehearse'> = ({ system, faults, seed = 1 }, scope) =>
  rehearse(
    scope.open,
    { system, seed, vault: vaultPath(scope.open), today: todayIn(scope.open), ...(faults && { faults }) },
    scope,
    contextOf(scope),
  );
