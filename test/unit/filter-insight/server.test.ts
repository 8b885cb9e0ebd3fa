import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CancellationToken } from 'vscode-languageserver/node';
import type { FilterInsight } from '../../../engine/run/filter/insight/insight.ts';
import { createFilterInsights, type FilterInsights } from '../../../server/filter-insight.ts';
import { createWorkspaces } from '../../../server/workspaces.ts';
import { writeFiles } from '../../support/write-files.ts';

const path = 'filters/A.filter';
const empty: FilterInsight = { steps: [], hazards: [], stopped: false, missing: [], without: [] };

interface Asked {
  readonly name: string;
  readonly text: string | undefined;
  readonly token: CancellationToken;
  readonly answer: (insight: unknown) => void;
  readonly fail: (error: Error) => void;
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sollist-insights-'));
  writeFiles(folder, { 'sollist.json': { name: 'Test' }, [path]: 'select 1 as a from x.y', 'filters/B.filter': 'select 2 as b from x.y' });
  mkdirSync(join(folder, '.sollist'));
  writeFileSync(join(folder, '.sollist/vault.db'), 'vault');
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

interface Bench {
  readonly insights: FilterInsights;
  readonly asked: Asked[];
  readonly changes: string[];
  readonly stops: string[];
  type(text: string, at?: string): void;
  vault: string;
  trusted: boolean;
  wanted: boolean;
}

/** Insights over an engine that answers when it is told to, and an editor in which `A` is open. */
function bench(open: readonly string[] = [path]): Bench {
  const asked: Asked[] = [];
  const texts = new Map(open.map((one) => [one, { version: 1, text: one === path ? 'select 1 as a from x.y' : 'select 2 as b from x.y' }]));
  const documents = {
    all: () => [...texts].map(([one, { version, text }]) => ({ uri: workspaces.uriOf(folder, one), version, getText: () => text })),
  };
  const workspaces = createWorkspaces(documents, () => undefined);
  const state: Bench = {
    asked,
    changes: [],
    stops: [],
    vault: 'one',
    trusted: true,
    wanted: true,
    type(text, at = path) {
      texts.set(at, { version: (texts.get(at)?.version ?? 0) + 1, text });
      state.insights.changed(workspaces.uriOf(folder, at));
    },
    insights: createFilterInsights({
      workspaces,
      knowledge: { vault: () => ({ environment: undefined, stamp: state.vault }) },
      engine: {
        request: (name, parameters, token) =>
          new Promise((answer, fail) => {
            const { overlay } = parameters as { readonly overlay: readonly { readonly path: string; readonly text: string }[] };
            asked.push({ name, text: overlay.find((one) => one.path === path)?.text, token, answer, fail });
          }),
        stop: () => void state.stops.push('stopped'),
      },
      trusted: () => state.trusted,
      isOpen: (uri) => documents.all().some((one) => one.uri === uri),
      wanted: () => state.wanted,
      onChange: (uri) => void state.changes.push(uri.slice(uri.lastIndexOf('/') + 1)),
      log: () => undefined,
    }),
  };
  return state;
}

const past = (milliseconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);

test('the engine is asked once a person pauses, for the text there is then, and once', async () => {
  const { insights, asked, changes, type } = bench();
  type('select 1 as ab from x.y');
  await past(200);
  type('select 1 as abc from x.y');
  await past(200);
  expect(asked).toEqual([]);
  await past(200);
  expect(asked.map(({ text }) => text)).toEqual(['select 1 as abc from x.y']);
  expect(insights.of(folder, path)).toBeUndefined();
  asked[0]?.answer(empty);
  await past(0);
  expect(changes).toEqual(['A.filter']);
  expect(insights.of(folder, path)).toBe(empty);
  await past(1_000);
  expect(asked).toHaveLength(1);
});

test('a newer text ends the question for the older one, and what comes of that is not used', async () => {
  const { insights, asked, changes, type } = bench();
  type('select 1 as ab from x.y');
  await past(400);
  type('select 1 as abc from x.y');
  expect(asked[0]?.token.isCancellationRequested).toBe(true);
  await past(400);
  // One question at a time.
  expect(asked).toHaveLength(1);
  asked[0]?.answer({ ...empty, stopped: true });
  await past(0);
  expect(changes).toEqual([]);
  expect(insights.of(folder, path)).toBeUndefined();
  expect(asked).toHaveLength(2);
  asked[1]?.answer(empty);
  await past(0);
  expect(insights.of(folder, path)).toBe(empty);
});

test('at most one question is under way, whatever number of filters are open', async () => {
  const { asked, type } = bench([path, 'filters/B.filter']);
  type('select 1 as ab from x.y');
  type('select 2 as bc from x.y', 'filters/B.filter');
  await past(1_000);
  expect(asked).toHaveLength(1);
  asked[0]?.answer(empty);
  await past(0);
  expect(asked).toHaveLength(2);
});

test('an answer that does not come is given up; the next text then waits longer', async () => {
  const { asked, type, insights } = bench();
  type('select 1 as ab from x.y');
  await past(300);
  expect(asked[0]?.token.isCancellationRequested).toBe(false);
  await past(3_500);
  expect(asked[0]?.token.isCancellationRequested).toBe(true);
  asked[0]?.fail(new Error('Cancelled.'));
  await past(0);
  expect(insights.of(folder, path)).toBeUndefined();
  // The same text is not tried again.
  await past(10_000);
  expect(asked).toHaveLength(1);
  type('select 1 as abc from x.y');
  await past(4_000);
  expect(asked).toHaveLength(1);
  await past(1_000);
  expect(asked).toHaveLength(2);
});

test('another state of the vault is looked into anew', async () => {
  const state = bench();
  state.type('select 1 as ab from x.y');
  await past(300);
  state.asked[0]?.answer(empty);
  await past(0);
  state.vault = 'two';
  expect(state.insights.of(folder, path)).toBeUndefined();
  await past(300);
  expect(state.asked).toHaveLength(2);
});

test.each([
  ['there is no vault', { vault: '' }],
  ['the workspace is not trusted', { trusted: false }],
  ['nobody wants it', { wanted: false }],
])('nothing is asked where %s', async (_, change) => {
  const state = bench();
  Object.assign(state, change);
  state.type('select 1 as ab from x.y');
  await past(1_000);
  expect(state.asked).toEqual([]);
});

test('nothing is asked about a filter that is not open', async () => {
  const { insights, asked } = bench();
  expect(insights.of(folder, 'filters/B.filter')).toBeUndefined();
  await past(1_000);
  expect(asked).toEqual([]);
});

test('a column is asked for once for each state of the vault, and nobody waits longer than wanted', async () => {
  const state = bench();
  const column = { system: 'x', table: 'y', column: 'z' };
  const first = state.insights.columnWithin(folder, column, 100);
  await past(100);
  expect(await first).toBeUndefined();
  const facts = { name: 'z', type: 'text', looked: 1, filled: 1, distinct: 1, values: [] };
  state.asked[0]?.answer({ column: facts });
  await past(0);
  expect(await state.insights.columnWithin(folder, column, 100)).toEqual({ facts });
  expect(state.asked).toHaveLength(1);
  state.vault = 'two';
  void state.insights.columnWithin(folder, column, 0);
  expect(state.asked).toHaveLength(2);
});

test('an engine that nobody asks for a while is ended, and asked again it is there again', async () => {
  const { asked, stops, type } = bench();
  type('select 1 as ab from x.y');
  await past(300);
  asked[0]?.answer(empty);
  await past(119_000);
  expect(stops).toEqual([]);
  await past(2_000);
  expect(stops).toEqual(['stopped']);
});

test('what a run left is kept by its name', () => {
  const { insights } = bench();
  vi.setSystemTime(1_000);
  insights.noteRun('runFilter', { folder }, { filter: 'A[x]', rowSet: { total: 7 } });
  insights.noteRun('collect', { folder }, {});
  expect(insights.lastRun(folder, 'A[x]')).toEqual({ at: 1_000, rows: 7 });
  expect(insights.lastRun(folder, 'A')).toBeUndefined();
});
