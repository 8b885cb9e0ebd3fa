import { describe, expect, it } from 'vitest';
import { checkConnector } from '../../../engine/model/connector/check-connector.ts';
import { readConnector } from '../../../engine/model/connector/read-connector.ts';
import { applyEdits, editsOf, inOrder } from '../../../engine/model/text/edits.ts';
import { parseJson, type JsonDocument } from '../../../engine/model/text/json.ts';
import type { Problem, Span } from '../../../engine/model/text/problem.ts';
import { allWays, createDice, mutilate, wholeConnectors } from './mutilate.ts';

const times = 1000;
/** How many repairs of one damaged text are made. */
const repairs = 2;

const path = 'connectors/damaged.json';

interface Checked {
  readonly document: JsonDocument;
  readonly problems: readonly Problem[];
  readonly milliseconds: number;
}

function check(text: string, previous?: JsonDocument): Checked {
  const start = performance.now();
  const document = parseJson(text, { strict: true, ...(previous && { previous }) });
  const problems = checkConnector(document, readConnector(document.root), { path });
  return { document, problems, milliseconds: performance.now() - start };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isInside({ offset, length }: Span, text: string): boolean {
  return offset >= 0 && length >= 0 && offset + length <= text.length;
}

function endOf(span: Span | undefined): number {
  return span ? span.offset + span.length : 0;
}

/** What is wrong with a report: nothing, if every place lies in the text and no repair damages it further. */
function faultsOf({ document, problems }: Checked, ordinary: ReadonlySet<string>): readonly string[] {
  const { text } = document;
  const faults: string[] = [];
  const near = ({ offset, length }: Span): string => JSON.stringify(text.slice(Math.max(0, offset - 80), offset + length + 80));
  const say = (problem: Problem, what: string): number =>
    faults.push(`${problem.code}: ${problem.message} — ${what}, near ${near(problem.span)}`);
  const whole = document.problems.length === 0;
  let made = 0;
  for (const problem of problems) {
    const { span, fixes = [], related = [], message } = problem;
    if (!isInside(span, text)) say(problem, 'lies outside the text');
    if (span.length === 0 && text !== '') say(problem, 'cannot be seen');
    if (message.length <= 10) say(problem, 'says too little');
    // A problem that the reader of text finds knows no path.
    if (related.some((one) => (one.path === path || one.path === '') && !isInside(one.span, text))) say(problem, 'leads outside the text');
    for (const fix of fixes) {
      const edits = inOrder(editsOf(fix));
      if (!edits.every((edit) => isInside(edit.span, text))) say(problem, `"${fix.title}" lies outside the text`);
      if (edits.some((edit, index) => index > 0 && endOf(edits[index - 1]?.span) > edit.span.offset))
        say(problem, `"${fix.title}" overlaps itself`);
      // The problems of the whole connector are repaired in every run; here those count that the damage made.
      if (!whole || ordinary.has(problem.message) || made++ >= repairs) continue;
      if (!isJson(applyEdits(text, edits))) say(problem, `"${fix.title}" breaks the text`);
    }
  }
  return faults;
}

/**
 * Damage goes on from what the last one left, as typing does, and begins anew every so often: soon where the text is no JSON any more, since
 * rules say nothing of that.
 */
const inRow = 8;
const brokenInRow = 4;

describe.each(wholeConnectors())('$name, damaged', ({ text }) => {
  it(`is checked ${times} times without a crash, every place lies in the text, and no repair breaks it`, { timeout: 120_000 }, () => {
    const dice = createDice(text.length);
    const ordinary = new Set(check(text).problems.map(({ message }) => message));
    const took: { readonly text: string; readonly milliseconds: number }[] = [];
    const gone = new Set<string>();
    let whole = 0;
    let document = parseJson(text, { strict: true });
    for (let run = 0; run < times; run++) {
      if (run % inRow === 0 || (!document.whole && run % brokenInRow > 0)) document = parseJson(text, { strict: true });
      const damaged = mutilate(document, dice);
      const checked = check(damaged.text, document);
      const faults = faultsOf(checked, ordinary);
      expect(faults, `run ${run}: ${damaged.way}`).toEqual([]);
      document = checked.document;
      if (document.whole) whole++;
      took.push({ text: damaged.text, milliseconds: checked.milliseconds });
      gone.add(damaged.way);
    }
    // What the rules say is only seen where they run.
    expect(whole).toBeGreaterThan(times / 2);
    expect([...gone].sort()).toEqual([...allWays].sort());
    took.sort((a, b) => a.milliseconds - b.milliseconds);
    const median = took[times / 2]?.milliseconds ?? 0;
    for (const { text: slow } of took.slice(-3)) {
      // The machine may have paused: what is slow is slow again.
      const best = Math.min(...[1, 2, 3].map(() => check(slow).milliseconds));
      expect(best, 'a check takes far longer than others').toBeLessThan(50 * Math.max(median, 0.5));
    }
  });
});
