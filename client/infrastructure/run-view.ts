import type { CancellationToken } from 'vscode';
import type { ProgressMessage } from '../../engine/host/protocol.ts';
import type { RunOutcome } from '../webviews/run/messages.ts';

/** A run that the panel shows: its heading at once, its progress while it goes, its outcome at the end. */
export interface ViewedRun {
  /** `Dry run of HR.persons`. */
  readonly heading: string;
  readonly folder: string;
  /** Names of the secrets the run may use, where they are known beforehand. */
  readonly secrets?: readonly string[];
  execute(token: CancellationToken, onProgress: (progress: ProgressMessage) => void): Promise<RunOutcome>;
}

/** The run panel as the features that fill it see it. */
export interface RunView {
  /**
   * Runs, and resolves once the page has said that it shows the outcome (or a person closed it). A failure is an outcome: the panel shows it,
   * so it is logged, not thrown on.
   */
  show(run: ViewedRun): Promise<void>;
}
