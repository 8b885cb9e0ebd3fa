import type { CancellationToken } from 'vscode';
import type { ProgressMessage } from '../../engine/host/protocol.ts';
import type { Span } from '../../engine/model/text/problem.ts';
import type { RunKind, RunRecord, RowsComparison } from '../../engine/run/run-record.ts';
import type { Answers, FilterFrame, FilterTab, ParameterValues, Question } from '../webviews/run/filter/questions.ts';
import type { RunOutcome } from '../webviews/run/messages.ts';

/** A run that the panel shows: its heading at once, its progress while it goes, its outcome at the end. */
export interface ViewedRun {
  /** `Dry run of HR.persons`. */
  readonly heading: string;
  readonly folder: string;
  /** What the history knows it by: other runs of the same are shown with it. */
  readonly kind: RunKind;
  readonly subject: string;
  /** Names of the secrets the run may use, where they are known beforehand. */
  readonly secrets?: readonly string[];
  /** What a person reads after *Cancel*: what is as it was. */
  readonly whenCancelled?: string;
  /** Of a filter: its form, and what may be asked about it. */
  readonly filter?: ViewedFilter;
  execute(token: CancellationToken, onProgress: (progress: ProgressMessage) => void): Promise<RunOutcome>;
}

/** What the panel does with a filter beside running it. */
export interface ViewedFilter {
  readonly frame: FilterFrame;
  /** The part of the page to look at first, where a person asked for it. */
  readonly opens?: FilterTab;
  /** Nothing runs yet: a parameter needs a value, or the filter is only looked at. */
  readonly waits: boolean;
  /** The same with other values, and with the parameters that the text declares by now. */
  again(parameters: ParameterValues): Promise<ViewedRun>;
  /** What is asked of the filter with the values of this run. A failure is thrown. */
  answer(question: Question, token: CancellationToken): Promise<Answers[Question['kind']]>;
  /** Shows a place of a file in an editor; the path is relative to the folder. */
  goTo(path: string, span: Span): Promise<void>;
}

/** A run of the history, shown as it was. */
export interface KeptRun {
  readonly folder: string;
  readonly record: RunRecord;
}

/** What differs between two runs, or two versions of a table. */
export interface ViewedComparison {
  readonly heading: string;
  readonly folder: string;
  readonly comparison: RowsComparison;
}

/** The run panel as the features that fill it see it. */
export interface RunView {
  /**
   * Runs, and resolves once the page has said that it shows the outcome (or a person closed it). A failure is an outcome: the panel shows it,
   * so it is logged, not thrown on.
   */
  show(run: ViewedRun): Promise<void>;
  /** Shows a run as it was; resolves once the page shows it. */
  showKept(run: KeptRun): Promise<void>;
  showComparison(comparison: ViewedComparison): Promise<void>;
}
