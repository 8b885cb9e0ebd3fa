import { evaluateTable } from '../../model/expectations/evaluate.ts';
import type { TableExpectations } from '../../model/expectations/expectations.ts';
import { titleOf } from '../../model/expectations/titles.ts';
import type { Place } from '../../model/text/place.ts';
import type { Span } from '../../model/text/problem.ts';
import type { Evidence } from '../records.ts';
import type { Vault } from '../vault/vault.ts';
import { collectedRows } from './collected-rows.ts';
import { stateOf, type ExpectationTest, type TableTest } from './test-report.ts';

/** Holds a collected table against what is expected of it. */
export function judgeTable(
  vault: Pick<Vault, 'table' | 'query'>,
  system: string,
  table: TableExpectations,
  evidence: Evidence,
  placeOf: (span: Span) => Place,
): TableTest {
  const name = table.name.text;
  const { rows, calls, complete, caps, notes } = evidence;
  const columns = vault.table(system, name)?.columns ?? [];
  const verdicts = evaluateTable(table, { rows, calls, complete, notes: [...caps, ...notes], columns }, collectedRows(vault, system, name));
  const expectations = verdicts.map(({ expectation, failures }): ExpectationTest => ({
    id: expectation.id,
    title: titleOf(expectation),
    state: failures.length === 0 ? 'passed' : 'failed',
    place: placeOf(expectation.span),
    failures: failures.map(({ span, ...failure }) => ({ ...failure, place: placeOf(span) })),
  }));
  return {
    table: name,
    state: stateOf(expectations),
    place: placeOf(table.name.span),
    collected: { rows, calls, complete },
    expectations,
  };
}

/** A table of which nothing can be told. */
export function unjudged({ name, expectations }: TableExpectations, error: string, placeOf: (span: Span) => Place): TableTest {
  return {
    table: name.text,
    state: 'errored',
    place: placeOf(name.span),
    error,
    expectations: expectations.map((expectation) => ({
      id: expectation.id,
      title: titleOf(expectation),
      state: 'errored',
      place: placeOf(expectation.span),
      failures: [],
    })),
  };
}
