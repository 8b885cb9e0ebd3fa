import { basename } from 'node:path';
import { CancellationError, CancellationTokenSource, ProgressLocation, window } from 'vscode';
import { isCancellation } from '../../infrastructure/commands.ts';
import { SollistFailure, plainText } from '../../infrastructure/failure.ts';
import { offersFor, type Offer } from '../../infrastructure/offers.ts';
import type { ViewedRun } from '../../infrastructure/run-view.ts';
import { environmentSetting } from '../../infrastructure/settings.ts';
import type { RunOutcome, RunPage } from '../../webviews/run/messages.ts';
import type { Panel } from './panel.ts';

type Shown = Omit<RunPage, 'id' | 'pinned' | 'offers'>;

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
  };
  const isCurrent = panel.begin(() => {
    source.cancel();
  });
  const show = (body: RunPage['body'], offers: readonly Offer[] = []): Promise<void> => {
    const page: Shown = { ...head, ...(body.kind !== 'running' && { endedAt: Date.now() }), body };
    return panel.show(page, offers);
  };
  try {
    await show({ kind: 'running' });
    const outcome = await withProgress(panel, run, source);
    if (source.token.isCancellationRequested) throw new CancellationError();
    if (isCurrent()) await show(outcome, offersOf(outcome, run));
  } catch (error) {
    if (isCurrent()) await show(...failedPage(error));
    throw error;
  } finally {
    source.dispose();
  }
}

function withProgress(panel: Panel, run: ViewedRun, source: CancellationTokenSource): Promise<RunOutcome> {
  // In the status bar, not as a notification: the panel itself shows the progress, with the button that cancels.
  return Promise.resolve(
    window.withProgress({ location: ProgressLocation.Window, title: run.heading }, (progress) =>
      run.execute(source.token, (message) => {
        progress.report({ message: plainText(message.message, 80) });
        panel.progress(message.message, message.rows);
      }),
    ),
  );
}

function failedPage(error: unknown): [RunPage['body'], readonly Offer[]] {
  if (isCancellation(error)) return [{ kind: 'cancelled', code: 'cancelled', message: 'Cancelled. Nothing was changed.' }, []];
  if (error instanceof SollistFailure) return [{ kind: 'failed', code: error.code, message: error.message }, offersFor(error)];
  return [{ kind: 'failed', code: 'unexpected', message: error instanceof Error ? error.message : String(error) }, []];
}

/** A dry run that failed still gives a report, with the requests so far; its error can be mended all the same. */
function offersOf(outcome: RunOutcome, { folder, secrets = [] }: ViewedRun): readonly Offer[] {
  const error = outcome.kind === 'dry-run' ? outcome.report.outcome.error : undefined;
  return error === undefined ? [] : offersFor({ code: error.code, message: error.message, subject: error.subject, folder, secrets });
}
