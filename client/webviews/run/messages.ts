import type { DryRunReport, FilterReport, MappingPreview, RowsChunk } from '../../../engine/host/protocol.ts';
import type { Span } from '../../../engine/model/text/problem.ts';
import type { CollectionReport, RunLimits, Source, TraceEntry } from '../../../engine/run/records.ts';
import type { RehearsalReport } from '../../../engine/run/rehearsal-report.ts';
import type { RowsComparison, RunSummary } from '../../../engine/run/run-record.ts';
import type { Answered, FilterFrame, FilterTab, ParameterValues, Question } from './filter/questions.ts';

/**
 * Every message between the extension and the page of the run panel. Types only: both sides import this file, so they cannot drift apart.
 *
 * The page posts `ready` whenever it was loaded (also again, after the editor dropped a hidden page); the host answers with `show`; the page
 * draws and posts `rendered` with the page's id. Only then does the command that started the run resolve.
 */
export type HostMessage =
  | { readonly type: 'show'; readonly page: RunPage }
  | { readonly type: 'progress'; readonly id: number; readonly message: string; readonly rows?: number }
  /** Rows of a run under way, or of one that was cancelled. */
  | { readonly type: 'chunk'; readonly id: number; readonly chunk: RowsChunk }
  /** The answer to the question with that number. */
  | { readonly type: 'answer'; readonly ask: number; readonly answered: Answered }
  /** Look at a tab, made anew. */
  | { readonly type: 'openTab'; readonly id: number; readonly tab: FilterTab }
  | { readonly type: 'pinned'; readonly pinned: boolean }
  | { readonly type: 'outdated'; readonly id: number }
  /** The runs of the subject are others now: one ended, was pinned or was thrown away. */
  | { readonly type: 'history'; readonly id: number; readonly history: readonly RunSummary[] };

export type PageMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'rendered'; readonly id: number }
  | { readonly type: 'cancel' }
  /** With parameters where a form gave them. */
  | { readonly type: 'again'; readonly parameters?: ParameterValues }
  /** Asks something of the filter shown; numbers are the page's own. */
  | { readonly type: 'ask'; readonly ask: number; readonly question: Question }
  /** The answer is not wanted any more. */
  | { readonly type: 'forget'; readonly ask: number }
  /** Go to a place in a file of the workspace; the path is relative to its folder. */
  | { readonly type: 'goTo'; readonly path: string; readonly span: Span }
  | { readonly type: 'pin'; readonly pinned: boolean }
  | { readonly type: 'offer'; readonly index: number }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'save'; readonly name: string; readonly text: string }
  /** Show a recorded run (`RunSummary.id`) in this panel. */
  | { readonly type: 'openRun'; readonly run: string }
  /** Keep a recorded run whatever the retention says, or no longer. The answer is a new `history`. */
  | { readonly type: 'pinRun'; readonly run: string; readonly pinned: boolean }
  /** Show what differs between two recorded runs, as a page with the body `comparison`. */
  | { readonly type: 'compareRuns'; readonly before: string; readonly after: string };

/** What the panel shows: a run under way or a run that ended. */
export interface RunPage {
  /** Rises with every page of a panel. */
  readonly id: number;
  readonly heading: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly workspace: string;
  readonly environment?: string;
  readonly pinned: boolean;
  /** The `RunSummary.id` of the run shown, where it is recorded; `history` marks it as the one that is open. */
  readonly runId?: string;
  /** Where the answers came from, where the body does not say so itself. */
  readonly source?: Source;
  /** Limits of the run, where the body does not say so itself. */
  readonly limits?: RunLimits;
  /** Recorded runs of the same subject, newest first, this one included; absent or empty: there is no strip. */
  readonly history?: readonly RunSummary[];
  /** What can be asked of the filter, and its form; absent for a run of the history. */
  readonly filter?: FilterFrame;
  /** The tab to look at first, where a person asked for one. */
  readonly opens?: FilterTab;
  /** What was left out when the run was kept, in words: the page shows less than there was. */
  readonly cut?: readonly string[];
  /** A collection finished after this run did. */
  readonly outdated?: boolean;
  readonly body: RunOutcome | RunUnderWay | RunFailed | NotRunYet;
  /** What a person can do about a failure; the page answers with `offer`. */
  readonly offers: readonly OfferLabel[];
}

export interface OfferLabel {
  readonly title: string;
  readonly hint?: string;
  /** Beside the first table that was held back, not beside what failed. */
  readonly about?: 'held-back';
}

export type RunOutcome =
  | { readonly kind: 'dry-run'; readonly report: DryRunReport }
  | { readonly kind: 'mapping'; readonly preview: MappingPreview }
  | {
      readonly kind: 'filter';
      readonly report: FilterReport;
      readonly parameters: ParameterValues;
    }
  /** `requests` where they were kept: some of the `requestsMade`, the first, the last and those that failed. */
  | {
      readonly kind: 'collection';
      readonly report: CollectionReport;
      readonly requests?: readonly TraceEntry[];
      readonly requestsMade?: number;
    }
  | { readonly kind: 'comparison'; readonly comparison: RowsComparison }
  | { readonly kind: 'rehearsal'; readonly report: RehearsalReport };

export interface RunUnderWay {
  readonly kind: 'running';
}

/** A filter that waits for its parameters, or that is only looked at. */
export interface NotRunYet {
  readonly kind: 'not-run';
}

/** The run gave no report at all. */
export interface RunFailed {
  readonly kind: 'failed' | 'cancelled';
  readonly code: string;
  readonly message: string;
}
