import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { waitFor } from './wait-for.ts';

/** A started program with everything that it starts itself. */
export interface ProcessGroup {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** Ends the program and its children, by force after five seconds; does nothing the second time. */
  end(): Promise<void>;
}

const living = new Set<number>();
let listening = false;
const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Starts a program as the leader of a process group, so that `end` (or the end of this process) reaches its children too. */
export function startGroup(command: string, args: readonly string[], env: NodeJS.ProcessEnv): ProcessGroup {
  const child = spawn(command, args, { env, detached: process.platform !== 'win32', stdio: ['ignore', 'pipe', 'pipe'] });
  const pid = child.pid;
  if (pid !== undefined) remember(pid);
  const forget = (): void => {
    if (pid !== undefined) living.delete(pid);
  };
  // An 'error' without a listener would take the whole process down; the caller sees the missing 'spawn' or the early 'exit'.
  child.on('error', forget);
  return {
    child,
    async end() {
      if (pid === undefined || !living.has(pid)) return;
      signalGroup(pid, 'SIGTERM');
      try {
        await waitFor('the processes of the editor to end', () => !groupLives(pid), 5_000);
      } catch {
        signalGroup(pid, 'SIGKILL');
      }
      forget();
    },
  };
}

function remember(pid: number): void {
  if (!listening) {
    process.on('exit', killAll);
    for (const signal of endingSignals) process.on(signal, endBySignal);
  }
  listening = true;
  living.add(pid);
}

function killAll(): void {
  for (const pid of living) signalGroup(pid, 'SIGKILL');
  living.clear();
}

/** Without a handler a signal ends this process and leaves the group behind. Others who listen keep their say about the end. */
function endBySignal(signal: NodeJS.Signals): void {
  killAll();
  // exit and not the signal once more: it lets the exit handlers remove what is temporary. 128 + number is how a shell says it.
  if (process.listenerCount(signal) === 1) process.exit(128 + constants.signals[signal]);
}

function groupLives(pid: number): boolean {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 0);
    return true;
  } catch {
    return false;
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // It is gone already, which is what was wanted.
  }
}
