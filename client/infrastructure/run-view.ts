import type { CancellationToken } from 'vscode';
import type { ProgressMessage } from '../../engine/host/protocol.ts';
import type { RunOutcome } from '../webviews/run/messages.ts';

/** A run that the panel shows: its heading at once, its progress while it goes, its outcome at the end. */
export interface ViewedRun {
  /** `Dry run of HR.persons`. */
  readonly heading: string;
  readonly folder: string;
  execute(token: CancellationToken, onProgress: (progress: ProgressMessage) => void): Promise<RunOutcome>;
}

/** The run panel as the features that fill it see it. */
export interface RunView {
  /**
   * Runs, and resolves once the page has said that it shows the outcome (or a person closed it). A failure is shown in the panel and thrown
   * on for the error boundary.
   */
  show(run: ViewedRun): Promise<void>;
}
