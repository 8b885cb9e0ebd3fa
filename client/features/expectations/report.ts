import { Location, TestMessage, type TestItem, type TestRun } from 'vscode';
import { rangeOf } from './tree.ts';
import type { Failure, Verdict } from './verdicts.ts';

/** Tells a test run what became of its tests. */
export function report(run: TestRun, verdicts: readonly Verdict[]): void {
  for (const verdict of verdicts) {
    const { item } = verdict;
    switch (verdict.state) {
      case 'passed':
        run.passed(item);
        break;
      case 'skipped':
        run.skipped(item);
        break;
      case 'failed':
        run.failed(
          item,
          verdict.failures.map((failure) => failureMessage(item, failure)),
        );
        break;
      case 'errored':
        run.errored(item, errorMessage(item, verdict.message));
        break;
    }
  }
}

/** At the line that is not met, with the difference. */
function failureMessage({ uri }: TestItem, { message, expected, actual, place }: Failure): TestMessage {
  const made = TestMessage.diff(message, expected, actual);
  if (uri) made.location = new Location(uri, rangeOf(place));
  return made;
}

function errorMessage({ uri, range }: TestItem, message: string): TestMessage {
  const made = new TestMessage(message);
  if (uri && range) made.location = new Location(uri, range);
  return made;
}
