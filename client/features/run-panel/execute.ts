import { basename } from 'node:path';
import { CancellationError, CancellationTokenSource, ProgressLocation, window } from 'vscode';
import { isCancellation } from '../../infrastructure/commands.ts';
import { SollistFailure, plainText } from '../../infrastructure/failure.ts';
import { offersFor, type Offer } from '../../infrastructure/offers.ts';
import type { ViewedRun } from '../../infrastructure/run-view.ts';
import { environmentSetting } from '../../infrastructure/settings.ts';
import type { RunOutcome, RunPage } from '../../webviews/run/messages.ts';
import { collectionOffers } from './collection-offers.ts';
import type { Panel } from './panel.ts';

/**
 * Runs in a panel: what was shown is cleared at the start, and a failure takes its place as a result would. A run that is still going in
 * this panel is cancelled first. Resolves when the page shows the outcome; throws what the run threw.
 */
export async function executeRun(panel: Panel, run: ViewedRun): Promise<void> {
  const source = new CancellationTokenSource();
  const environment = environmentSetting();
  const head = {
    heading: run.heading,
    workspace: basename(run.folder),
    startedAt: Date.now(),
    ...(environment !== undefined && { environment }),
    ...(run.filter && { filter: run.filter.frame, ...(run.filter.opens !== undefined && { opens: run.filter.opens }) }),
  };
  let recorded: Pick<RunPage, 'runId'> = {};
  const isCurrent = panel.begin(() => {
    source.cancel();
  });
  const show = (body: RunPage['body'], offers: readonly Offer[] = []): Promise<void> =>
    panel.show({ ...head, ...recorded, ...(body.kind !== 'running' && { endedAt: Date.now() }), body }, offers);
  try {
    if (run.filter?.waits === true) {
      await show({ kind: 'not-run' });
      return;
    }
    await show({ kind: 'running' });
    const outcome = await withProgress(panel, run, source, (runId) => {
      recorded = { runId };
    });
    // A collection says itself what it had brought in by then.
    if (source.token.isCancellationRequested && outcome.kind !== 'collection') throw new CancellationError();
    if (isCurrent()) await show(outcome, offersOf(outcome, run, environment));
  } catch (error) {
    if (isCurrent()) await show(...failedPage(error, run));
    throw error;
  } finally {
    source.dispose();
  }
}

function withProgress(
  panel: Panel,
  run: ViewedRun,
  source: CancellationTokenSource,
  onRecorded: (runId: string) => void,
): Promise<RunOutcome> {
  // In the status bar, not as a notification: the panel itself shows the progress, with the button that cancels.
  return Promise.resolve(
    window.withProgress({ location: ProgressLocation.Window, title: run.heading }, (progress) =>
      run.execute(source.token, ({ message, rows, chunk, recorded }) => {
        if (recorded) {
          onRecorded(recorded.id);
          return;
        }
        if (chunk) panel.chunk(chunk);
        progress.report({ message: plainText(message, 80) });
        panel.progress(message, rows);
      }),
    ),
  );
}

function failedPage(error: unknown, { whenCancelled }: ViewedRun): [RunPage['body'], readonly Offer[]] {
  if (isCancellation(error)) {
    return [{ kind: 'cancelled', code: 'cancelled', message: whenCancelled ?? 'Cancelled. Nothing was changed.' }, []];
  }
  if (error instanceof SollistFailure) return [{ kind: 'failed', code: error.code, message: error.message }, offersFor(error)];
  return [{ kind: 'failed', code: 'unexpected', message: error instanceof Error ? error.message : String(error) }, []];
}

/** A dry run or a collection that failed still gives a report, with the requests so far; its error can be mended all the same. */
function offersOf(outcome: RunOutcome, { folder, secrets = [] }: ViewedRun, environment: string | undefined): readonly Offer[] {
  const error = errorOf(outcome);
  return [
    ...(error === undefined ? [] : offersFor({ code: error.code, message: error.message, subject: error.subject, folder, secrets })),
    ...(outcome.kind === 'collection' ? collectionOffers(outcome.report, folder, environment) : []),
  ];
}

function errorOf(outcome: RunOutcome): { readonly code: string; readonly message: string; readonly subject?: string } | undefined {
  if (outcome.kind === 'dry-run') return outcome.report.outcome.error;
  return outcome.kind === 'collection' ? outcome.report.tables.find(({ state }) => state === 'failed')?.error : undefined;
}
