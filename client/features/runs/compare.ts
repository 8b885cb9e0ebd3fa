import { CancellationError, window } from 'vscode';
import type { RunSummary } from '../../../engine/run/run-record.ts';
import { SollistFailure } from '../../infrastructure/failure.ts';
import { runHeading, runTime } from '../../infrastructure/run-words.ts';
import type { RunsParts } from './activate.ts';
import { chooseRuns } from './choose-run.ts';
import { hasRows, previousOf } from './runs-of.ts';

const noRows = 'No run with rows is kept here yet: dry-run a table, or run a filter, twice.';

/** Compares two runs: those selected, or one and another that a person picks. */
export async function compareChosen(argument: readonly unknown[], parts: RunsParts): Promise<void> {
  const { folder, runs } = await chooseRuns(argument, parts, {
    placeHolder: 'Run to compare',
    many: false,
    fits: hasRows,
    whenNone: noRows,
  });
  const [first, second] = runs;
  if (first === undefined) return;
  if (runs.length > 2) throw new SollistFailure('not-comparable', 'Select two runs to compare, not more.', { folder });
  await show(folder, first, second ?? (await pickOther(folder, first, parts)), parts);
}

/** Compares a run with the one before of the same table or filter. */
export async function comparePrevious(argument: readonly unknown[], parts: RunsParts): Promise<void> {
  const { folder, runs } = await chooseRuns(argument.slice(0, 1), parts, {
    placeHolder: 'Run to compare with the one before',
    many: false,
    fits: hasRows,
    whenNone: noRows,
  });
  const [run] = runs;
  if (run === undefined) return;
  const before = previousOf(run, (await parts.history.list(folder)).runs);
  if (before === undefined) {
    throw new SollistFailure(
      'nothing-to-choose',
      `No earlier run of ${run.subject} with rows is kept, so there is nothing to compare with.`,
      {
        folder,
      },
    );
  }
  await show(folder, before, run, parts);
}

async function pickOther(folder: string, run: RunSummary, { history }: RunsParts): Promise<RunSummary> {
  const { runs } = await history.list(folder);
  const others = runs.filter((other) => other.id !== run.id && other.kind === run.kind && other.subject === run.subject && hasRows(other));
  if (others.length === 0)
    throw new SollistFailure('nothing-to-choose', `No other run of ${run.subject} with rows is kept. Run it once more.`, { folder });
  const choices = others.map((other) => ({ label: runTime(other.startedAt), description: other.result, other }));
  const picked = await window.showQuickPick(choices, { placeHolder: `Run of ${run.subject} to compare with` });
  if (picked === undefined) throw new CancellationError();
  return picked.other;
}

async function show(folder: string, one: RunSummary, other: RunSummary, { history, view }: RunsParts): Promise<void> {
  const [before, after] = one.id < other.id ? [one, other] : [other, one];
  const comparison = await history.compare(folder, before.id, after.id);
  const title = runHeading(after.kind, after.subject);
  await view.showComparison({ heading: `${title}, compared`, folder, comparison });
}
