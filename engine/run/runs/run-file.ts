import type { RunRecord, RunSummary } from '../run-record.ts';
import { isRunId } from './run-id.ts';
import { reportShapes, restShape, summaryShape } from './report-shapes.ts';
import { isRecord } from './shape.ts';

/** A summary as a file has it: `running` is the process a run is under way in, and gone once it has ended. */
export interface KeptSummary extends RunSummary {
  readonly version: 1;
  readonly running?: number;
}

/** Bytes that the first line of a run's file has at most. */
export const longestHead = 32 * 1024;

/**
 * The text of a run's file: JSON whose first line is the summary, so that a list of runs reads a line of each file instead of megabytes.
 * `running`: the process, where the run has only begun.
 */
export function runText(run: RunRecord, running?: number): string {
  const summary = summaryOf(run);
  const head: KeptSummary = {
    version: run.version,
    ...summary,
    subject: shortened(summary.subject, 500),
    result: shortened(summary.result, 2000),
    ...(running !== undefined && { running }),
  };
  const lines = Object.entries(run).filter(([name, value]) => !Object.hasOwn(head, name) && value !== undefined);
  return [JSON.stringify(head).slice(0, -1), ...lines.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)]
    .join(',\n')
    .concat('}\n');
}

/** The part of a run that a list shows. */
export function summaryOf(run: RunRecord): RunSummary {
  const { id, kind, subject, startedAt, endedAt, environment, limits, source, state, result, pinned } = run;
  return {
    id,
    kind,
    subject,
    startedAt,
    endedAt,
    ...(environment !== undefined && { environment }),
    limits,
    ...(source && { source }),
    state,
    result,
    pinned,
  };
}

function shortened(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).toWellFormed()}…`;
}

/** The summary in the first line of a run's file, or undefined where that is no run of this id. */
export function readHead(text: string, id: string): KeptSummary | undefined {
  const [line = ''] = text.split('\n', 1);
  const head = parsed(line.replace(/,$/, '}'));
  return head !== undefined && isSummary(head, id) ? head : undefined;
}

/** A run from the text of its file, or why that is none. */
export function readRun(text: string, id: string): (RunRecord & Pick<KeptSummary, 'running'>) | { readonly why: string } {
  const run = parsed(text);
  if (run === undefined) return { why: 'is damaged: it is no JSON' };
  if (!isSummary(run, id) || !restShape(run)) return { why: 'is no run of this version of Sollist' };
  const shape = reportShapes[run.kind];
  const { report } = run as { readonly report?: unknown };
  if (report !== undefined && shape?.(report) === false) return { why: 'is damaged: its report is not what a run of that kind has' };
  return run as RunRecord;
}

function isSummary(value: unknown, id: string): value is KeptSummary {
  return isRecord(value) && summaryShape(value) && value['id'] === id && isRunId(id) && id.includes(`-${String(value['kind'])}-`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
