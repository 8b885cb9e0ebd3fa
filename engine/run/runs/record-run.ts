import { SollistError } from '../error.ts';
import { createRedactor } from '../http/redact.ts';
import type { RunKind, RunRecord, RunSummary } from '../run-record.ts';
import type { RunLimits, Source } from '../records.ts';
import { fitReport } from './fit-report.ts';
import { maskTexts } from './mask-texts.ts';
import type { Ending } from './outcome-of.ts';
import { makeRunId } from './run-id.ts';
import { summaryOf } from './run-file.ts';
import { openRunStore } from './store.ts';

/** What is known of a run before it starts. */
export interface RunHead {
  readonly kind: RunKind;
  readonly subject: string;
  readonly environment?: string;
  readonly limits?: RunLimits;
  /** What it is run with; never a secret. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Where that was before now. Milliseconds since 1970. */
  readonly startedAt?: number;
}

/** How a run ended and what it brought. */
export interface RunEnd extends Ending {
  readonly report: unknown;
  readonly source?: Source;
  /** Where it was not known before: what the run was about. */
  readonly subject?: string;
  /** More of what it was run with. */
  readonly inputs?: Readonly<Record<string, unknown>>;
}

/** Where and how runs are kept. */
export interface Recording {
  /** Absolute path of the workspace. */
  readonly folder: string;
  /** Runs that are kept beside the pinned ones; 0: none is. */
  readonly keep: number;
  readonly secrets: Iterable<string>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  /** Told, for a person, when a run could not be kept: the run itself goes on. */
  readonly onTrouble: (message: string) => void;
}

/** A run that is written down while it goes. */
export interface RecordedRun {
  /** Once, at its end. The summary is absent where it could not be kept. */
  ended(end: RunEnd): RunSummary | undefined;
  /** In place of `ended`: what the run threw. */
  failed(error: unknown, isCancelled?: boolean): RunSummary | undefined;
}

/**
 * Begins to keep a run. A note of it is written at once, so that a run whose process is ended stands in the history as what it was: one that
 * failed. Keeping a run never makes it fail.
 */
export function recordRun(head: RunHead, recording: Recording): RecordedRun {
  const { folder, keep, secrets, now, random, onTrouble } = recording;
  const startedAt = head.startedAt ?? now();
  const redactor = createRedactor(secrets);
  const store = openRunStore(folder, now);
  const id = makeRunId(head.kind, startedAt, random());
  const begun = {
    version: 1 as const,
    id,
    kind: head.kind,
    subject: redactor.text(head.subject),
    startedAt,
    ...(head.environment !== undefined && head.environment !== '' && { environment: head.environment }),
    limits: head.limits ?? {},
    pinned: false,
    inputs: maskTexts(head.inputs, redactor),
  };
  let isTold = false;
  const kept = (run: RunRecord, running?: { readonly process: number }): RunSummary | undefined => {
    if (keep <= 0) return undefined;
    try {
      store.write(run, running);
      if (!running) store.prune(keep);
      return summaryOf(run);
    } catch (error) {
      if (!isTold) onTrouble(error instanceof SollistError ? error.message : 'The run was not kept.');
      isTold = true;
      return undefined;
    }
  };
  const interrupted = { code: 'engine-ended', message: 'The process ended before the run did. What did not finish changed nothing.' };
  kept({ ...begun, endedAt: startedAt, state: 'failed', result: interrupted.message, failure: interrupted }, { process: process.pid });
  return {
    ended({ report, state, result, source, subject, inputs }) {
      const { report: fitted, cut } = fitReport(head.kind, report);
      return kept({
        ...begun,
        ...(subject !== undefined && { subject: redactor.text(subject) }),
        inputs: maskTexts({ ...head.inputs, ...inputs }, redactor),
        endedAt: now(),
        ...(source && { source: maskTexts(source, redactor) }),
        state,
        result: redactor.text(result),
        ...(fitted !== undefined && { report: maskTexts(fitted, redactor) }),
        ...(cut.length > 0 && { cut }),
      });
    },
    failed(error, isCancelled = false) {
      const failure = maskTexts(failureOf(error, isCancelled), redactor);
      return kept({
        ...begun,
        endedAt: now(),
        state: failure.code === 'cancelled' ? 'cancelled' : 'failed',
        result: failure.message,
        failure,
      });
    },
  };
}

function failureOf(error: unknown, isCancelled: boolean): NonNullable<RunRecord['failure']> {
  if (isCancelled || (error instanceof SollistError && error.code === 'cancelled'))
    return { code: 'cancelled', message: 'Cancelled. What did not finish changed nothing.' };
  if (error instanceof SollistError)
    return { code: error.code, message: error.message, ...(error.subject !== undefined && { subject: error.subject }) };
  return { code: 'bug', message: `Sollist failed in a way it should not have: ${error instanceof Error ? error.message : String(error)}.` };
}

/** Runs `work` and keeps how it ended; gives and throws what `work` does. */
export async function kept<Result>(
  head: RunHead,
  recording: Recording,
  work: () => Result | Promise<Result>,
  endOf: (result: Result) => RunEnd,
): Promise<Result> {
  const run = recordRun(head, recording);
  let result: Result;
  try {
    result = await work();
  } catch (error) {
    run.failed(error);
    throw error;
  }
  run.ended(endOf(result));
  return result;
}
