import type { TestItem } from 'vscode';
import type { ExpectationsTested } from '../../../engine/host/protocol.ts';
import type { ChosenFile, Leaf } from './chosen.ts';

export type Failure = ExpectationsTested['tables'][number]['expectations'][number]['failures'][number];

/** What became of one test. */
export type Verdict = { readonly item: TestItem } & (
  | { readonly state: 'passed' | 'skipped' }
  | { readonly state: 'failed'; readonly failures: readonly Failure[] }
  /** It could not be judged. */
  | { readonly state: 'errored'; readonly message: string }
);

/** The verdict on every chosen expectation. `included` are the tests a person asked for: an error stands there, or at what it is about. */
export function verdictsOf(chosen: ChosenFile, tested: ExpectationsTested, included: ReadonlySet<TestItem>): readonly Verdict[] {
  if (tested.error) return errorVerdicts(chosen.item, chosen.leaves, tested.error.message, included);
  const tables = new Map(tested.tables.map((table) => [table.table, table]));
  return [...Map.groupBy(chosen.leaves, (leaf) => leaf.table)].flatMap(([table, leaves]) => {
    const judged = tables.get(table);
    if (judged?.error !== undefined) return errorVerdicts(leaves[0]?.item.parent ?? chosen.item, leaves, judged.error, included);
    return leaves.map(({ item, id }): Verdict => {
      const found = judged?.expectations.find((one) => one.id === id);
      // Edited away since the run began.
      if (found === undefined) return { item, state: 'skipped' };
      return found.state === 'failed' ? { item, state: 'failed', failures: found.failures } : { item, state: 'passed' };
    });
  });
}

/**
 * What kept expectations from being judged, said once for each test that a person asked for, or at what it is about where that lies below. None
 * of the others has passed.
 */
export function errorVerdicts(
  about: TestItem,
  leaves: readonly Leaf[],
  message: string,
  included: ReadonlySet<TestItem>,
): readonly Verdict[] {
  const at = new Set(leaves.length === 0 ? [about] : leaves.map(({ item }) => askedFor(item, about, included)));
  return [
    ...leaves.flatMap(({ item }): readonly Verdict[] => (at.has(item) ? [] : [{ item, state: 'skipped' }])),
    ...[...at].map((item): Verdict => ({ item, state: 'errored', message })),
  ];
}

/** The nearest test at or above `item` that was asked for, at most as high as `about`. */
function askedFor(item: TestItem, about: TestItem, included: ReadonlySet<TestItem>): TestItem {
  if (item === about || included.has(item) || !item.parent) return item;
  return askedFor(item.parent, about, included);
}
