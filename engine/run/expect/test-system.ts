import type { Expectations, TableExpectations } from '../../model/expectations/expectations.ts';
import { indexLines } from '../../model/text/lines.ts';
import { placeOf, type Place } from '../../model/text/place.ts';
import type { Span } from '../../model/text/problem.ts';
import type { FileOf } from '../../model/workspace/workspace.ts';
import type { ConnectionSources } from '../connection.ts';
import type { RunContext } from '../context.ts';
import { cancelled, SollistError } from '../error.ts';
import type { CollectionReport } from '../records.ts';
import { openVault } from '../vault/open-vault.ts';
import type { Vault } from '../vault/vault.ts';
import { pick, refuseOwn, type OpenWorkspace } from '../workspace/open-workspace.ts';
import { collectForTest, type TestWish } from './collect-for-test.ts';
import { judgeTable, unjudged } from './judge-table.ts';
import { stateOf, type SystemTest, type TableTest } from './test-report.ts';

/**
 * Collects the tables of which something is expected into a vault in memory, and holds them against that. What keeps it from telling is part of
 * the outcome; thrown are only `cancelled`, and a system or a table that the wish names and that is not there.
 */
export async function testSystem(
  open: OpenWorkspace,
  wish: TestWish,
  sources: ConnectionSources,
  context: RunContext,
): Promise<SystemTest> {
  const startedAt = context.clock.now();
  const file = expectationsOf(open, wish.system);
  const lines = indexLines(file.document.text);
  const at = (span: Span): Place => placeOf(lines, span);
  const wanted = wantedTables(file.path, file.model.tables, wish.tables);
  const outcome = (tables: readonly TableTest[], more: Partial<SystemTest>): SystemTest => ({
    system: wish.system,
    file: file.path,
    state: more.error ? 'errored' : stateOf(tables),
    startedAt,
    endedAt: context.clock.now(),
    ...more,
    tables,
  });
  const vault = openVault(':memory:');
  try {
    refuseOwn(open, file.path);
    if (wanted.every(({ expectations }) => expectations.length === 0)) throw nothingExpected(wish.system, file.path);
    const report = await collectForTest(open, { ...wish, tables: wanted.map(({ name }) => name.text) }, sources, vault, context);
    if (context.signal.aborted || report.tables.some(({ state }) => state === 'cancelled')) throw cancelled();
    return outcome(judge(vault, report, wanted, at), { source: report.source });
  } catch (error) {
    if (!(error instanceof SollistError) || error.code === 'cancelled' || context.signal.aborted) throw error;
    const { code, message, subject } = error;
    return outcome(
      wanted.map((table) => unjudged(table, message, at)),
      { error: { code, message, ...(subject !== undefined && { subject }) } },
    );
  } finally {
    vault.close();
  }
}

/** The expectations of a system; an error that says how to begin where there are none. */
function expectationsOf(open: OpenWorkspace, system: string): FileOf<Expectations> {
  const file = open.workspace.expectations.get(system);
  // That of no system has a problem that says so.
  if (file) return file;
  pick('unknown-system', 'system', 'systems', open.workspace.systems, system);
  throw new SollistError(
    'no-expectations',
    `Nothing is expected of ${system} yet: there is no expectations/${system}.json. Write a first one with "sollist test ${system} --write".`,
    { subject: system },
  );
}

/** What tests nothing must not pass. */
function nothingExpected(system: string, path: string): SollistError {
  return new SollistError(
    'no-expectations',
    `${path} expects nothing, so nothing was tested. Give a table "rows", "columns" or "samples".`,
    {
      subject: system,
    },
  );
}

function wantedTables(
  path: string,
  tables: readonly TableExpectations[],
  wanted: readonly string[] | undefined,
): readonly TableExpectations[] {
  if (!wanted) return tables;
  const names = tables.map(({ name }) => name.text);
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new SollistError(
      'unknown-table',
      `${path} expects nothing of a table "${unknown}". It has: ${names.length === 0 ? 'none yet' : names.join(', ')}.`,
    );
  return tables.filter(({ name }) => wanted.includes(name.text));
}

function judge(
  vault: Vault,
  report: CollectionReport,
  wanted: readonly TableExpectations[],
  at: (span: Span) => Place,
): readonly TableTest[] {
  const failed = report.tables.find(({ state, error }) => state === 'failed' && error)?.error?.message;
  return wanted.map((table) => {
    const outcome = report.tables.find((one) => one.table === table.name.text);
    if (outcome?.state === 'collected' && outcome.evidence) return judgeTable(vault, report.system, table, outcome.evidence, at);
    // A table that was not tried because another one failed before it has that one's reason.
    return unjudged(table, outcome?.error?.message ?? failed ?? 'The table was not collected.', at);
  });
}
