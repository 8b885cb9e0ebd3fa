import type { RunSummary } from '../../../engine/run/run-record.ts';
import { iconButton } from './dom.ts';
import { post } from './host.ts';
import type { RunPage } from './messages.ts';

/** Compares the rows shown with those of the run before; nothing where there is none. */
export function compareButton({ body, history = [], runId }: RunPage): HTMLButtonElement | undefined {
  if ((body.kind !== 'filter' && body.kind !== 'dry-run') || runId === undefined) return undefined;
  return withRunBefore(
    history,
    runId,
    iconButton('Compare with the run before', 'git-compare', () => undefined),
  );
}

/** Gives the button the run before it, or takes it out of sight where there is none. The history may come later than the page. */
export function withRunBefore(history: readonly RunSummary[], runId: string, built: HTMLButtonElement): HTMLButtonElement {
  // Ids sort by time; what failed has no rows.
  const before = history.find(({ id, state }) => id < runId && state !== 'failed' && state !== 'cancelled');
  built.classList.add('compare-before');
  built.hidden = before === undefined;
  built.onclick =
    before === undefined
      ? null
      : () => {
          post({ type: 'compareRuns', before: before.id, after: runId });
        };
  return built;
}
