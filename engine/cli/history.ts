import { knownSecrets } from '../run/runs/known-secrets.ts';
import type { Recording } from '../run/runs/record-run.ts';
import { systemClock } from '../run/system-clock.ts';
import type { OpenWorkspace } from '../run/workspace/open-workspace.ts';
import type { CommonOptions } from './command.ts';
import type { Io } from './io.ts';
import { plain } from './output/table.ts';

/** How a command keeps what it runs, beside what the editor runs; where it cannot, that is said, and the command goes on. */
export function recordingOf(
  open: OpenWorkspace,
  io: Io,
  options: Pick<CommonOptions, 'quiet'>,
  secrets: ReadonlyMap<string, string> = new Map(),
): Recording {
  return {
    folder: open.folder,
    keep: open.workspace.settings.runs.keep,
    secrets: knownSecrets(open, { env: io.env, secrets }),
    now: () => systemClock.now(),
    random: Math.random,
    onTrouble: (message) => {
      if (options.quiet !== true) io.stderr(`${plain(message)}\n`);
    },
  };
}

/** The environment as a run names it. */
export function environmentOf({ environment }: OpenWorkspace): { readonly environment?: string } {
  return environment === undefined ? {} : { environment };
}
