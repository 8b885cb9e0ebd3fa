import { CancellationError, window } from 'vscode';
import { SollistFailure } from '../../infrastructure/failure.ts';
import { environmentSetting } from '../../infrastructure/settings.ts';
import { isTarget } from '../../infrastructure/targets.ts';

/** What a target may ask for beyond a whole collection. */
export interface Continuation {
  readonly resume?: true;
  readonly accept?: readonly string[];
}

/** Reads a target that goes on with a collection. Asks a person before a guard is passed over, and throws where that is not possible here. */
export async function continuationOf(target: unknown): Promise<Continuation> {
  if (typeof target !== 'object' || target === null || !('resume' in target) || target.resume !== true) return {};
  if (isTarget(target, 'folder', 'wasIn') && target.wasIn !== (environmentSetting() ?? '')) {
    const was = target.wasIn === '' ? 'without an environment' : `in the environment ${target.wasIn}`;
    throw new SollistFailure(
      'other-environment',
      `That collection was ${was}. Choose it with "Select Environment…" to go on with it, or collect from the start.`,
      { folder: target.folder },
    );
  }
  const accept = textsOf('accept' in target ? target.accept : undefined);
  if (accept.length === 0) return { resume: true };
  await confirmLoss(accept, textsOf('losses' in target ? target.losses : undefined));
  return { resume: true, accept };
}

async function confirmLoss(tables: readonly string[], losses: readonly string[]): Promise<void> {
  const answer = await window.showWarningMessage(
    `Let ${tables.join(', ')} shrink?`,
    {
      modal: true,
      detail: [
        ...losses,
        `Collected once more and taken as it comes, however few the rows are. Deletes may rest on it from then on. The rows in use now are kept as a version that can be loaded again.`,
      ].join('\n'),
    },
    'Let It Shrink',
  );
  if (answer !== 'Let It Shrink') throw new CancellationError();
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}
