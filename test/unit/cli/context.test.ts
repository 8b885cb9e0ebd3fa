import { expect, test } from 'vitest';
import type { System } from '../../../engine/model/system/system.ts';
import { createContext, secretsOf } from '../../../engine/cli/context.ts';
import { todayIn } from '../../../engine/run/workspace/time-zone.ts';
import type { Io } from '../../../engine/cli/io.ts';
import { usageMessage } from '../../../engine/cli/usage.ts';
import { CommanderError } from 'commander';

function ioWith(more: Partial<Io> = {}): Io & { readonly err: string[] } {
  const err: string[] = [];
  return {
    err,
    stdout: () => undefined,
    stderr: (text) => void err.push(text),
    env: {},
    cwd: '/',
    interactive: false,
    colour: false,
    signal: new AbortController().signal,
    ...more,
  };
}

const span = { offset: 0, length: 0 };
const system: System = {
  name: 'dir',
  connector: { text: 'dir', span },
  connection: new Map([
    ['a', { kind: 'secret', name: 'dir-key' }],
    ['b', { kind: 'secret', name: 'other' }],
    ['c', { kind: 'secret', name: 'dir-key' }],
    ['d', { kind: 'literal', value: 'x' }],
  ]),
  allowedHosts: [],
  tables: [],
};

test('secrets come from the environment, else are asked for once each, else are missing', async () => {
  const asked: string[] = [];
  const ask = (question: string): Promise<string> => Promise.resolve(asked.push(question) > 1 ? '' : 'typed');
  expect(await secretsOf(system, ioWith({ env: { SOLLIST_SECRET_DIR_KEY: 'k', SOLLIST_SECRET_OTHER: '' }, ask }))).toEqual(
    new Map([
      ['dir-key', 'k'],
      ['other', 'typed'],
    ]),
  );
  expect(asked).toEqual(['Secret "other" of dir: ']);
  expect(await secretsOf(system, ioWith())).toEqual(new Map());
});

test('progress is drawn on a terminal only, never with --quiet, and cannot steer it', () => {
  const options = { format: 'text', color: true };
  const terminal = ioWith({ interactive: true });
  const context = createContext(terminal, options);
  context.onProgress({ message: 'users\u001b[31m', rows: 5 });
  context.clearProgress();
  expect(terminal.err).toEqual(['\r\u001b[2Kusers\ufffd[31m – 5 rows', '\r\u001b[2K']);
  for (const [io, quiet] of [
    [ioWith(), false],
    [ioWith({ interactive: true }), true],
  ] as const) {
    const silent = createContext(io, { ...options, quiet });
    silent.onProgress({ message: 'users' });
    silent.clearProgress();
    expect(io.err).toEqual([]);
  }
});

test('today is the calendar day in the time zone of the workspace, else of the machine', () => {
  const at = (moment: number, timeZone?: string): string =>
    todayIn(
      { workspace: { settings: { ...(timeZone !== undefined && { timeZone }) } } },
      { now: () => moment, wait: () => Promise.resolve() },
    );
  expect(at(new Date(2026, 0, 5, 23, 59).getTime())).toBe('2026-01-05');
  const night = Date.parse('2026-01-05T23:30:00Z');
  expect([at(night, 'UTC'), at(night, 'Europe/Amsterdam'), at(night, 'America/New_York')]).toEqual([
    '2026-01-05',
    '2026-01-06',
    '2026-01-05',
  ]);
});

const commands = new Map([
  ['plan', []],
  ['collect', []],
  ['runs', ['show', 'compare']],
]);

test.each([
  [
    'commander.unknownOption',
    "error: unknown option '--x'",
    ['plan', '--x'],
    'plan has no option "--x". Run "sollist plan --help" to see what there is.',
  ],
  [
    'commander.unknownOption',
    "error: unknown option '--x'",
    ['--x'],
    'sollist has no option "--x". Run "sollist --help" to see what there is.',
  ],
  [
    'commander.excessArguments',
    "error: too many arguments for 'collect'. Expected 1 argument but got 2: hr, directory.",
    ['collect', 'hr', 'directory'],
    'collect takes one name, but got: hr, directory. Put a name with spaces in quotes. Run "sollist collect --help" to see what there is.',
  ],
  [
    'commander.excessArguments',
    "error: too many arguments for 'runs'. Expected 0 arguments but got 2: shwo, 2026.",
    ['runs', 'shwo', '2026'],
    'runs has no command "shwo". Did you mean "show"? It has: show, compare. Run "sollist runs --help" to see what there is.',
  ],
  ['commander.other', 'error: something new', ['plan'], 'something new Run "sollist plan --help" to see what there is.'],
])('%s: %s', (code, message, args, wanted) => {
  expect(usageMessage(new CommanderError(1, code, message), args, commands)).toBe(wanted);
});
