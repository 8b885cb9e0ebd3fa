import { secretVariable } from '../run/connection.ts';
import type { RunContext, SignInRequest } from '../run/context.ts';
import { createTokenMemory } from '../run/http/auth/token-memory.ts';
import { systemClock } from '../run/system-clock.ts';
import type { System } from '../model/system/system.ts';
import type { CommonOptions } from './command.ts';
import type { Io } from './io.ts';
import { plain } from './output/table.ts';

/** The context of a run started at a prompt: progress is one line on stderr that rewrites itself. */
export function createContext(io: Io, options: CommonOptions): RunContext & { readonly clearProgress: () => void } {
  const draws = io.interactive && options.quiet !== true;
  let last = 0;
  return {
    signal: io.signal,
    clock: systemClock,
    random: Math.random,
    tokens: createTokenMemory(),
    // Where nobody looks, nobody signs in: a pipeline fails at once instead of waiting.
    ...(io.interactive && {
      signIn: ({ system, address }: SignInRequest) => {
        if (last > 0) io.stderr('\r\u001b[2K');
        io.stderr(
          `${plain(system)}: open this address in a browser on this machine, and sign in:\n\n${plain(address)}\n\nWaiting; Ctrl+C gives up.\n`,
        );
      },
    }),
    onProgress: ({ message, rows }) => {
      const now = Date.now();
      if (!draws || now - last < 80) return;
      last = now;
      io.stderr(`\r\u001b[2K${plain(message)}${rows === undefined ? '' : ` – ${rows} rows`}`);
    },
    clearProgress: () => {
      if (draws && last > 0) io.stderr('\r\u001b[2K');
    },
  };
}

/** The secrets a system names: from the environment (`SOLLIST_SECRET_<NAME>`), else asked for, else missing. */
export async function secretsOf(system: System, io: Io): Promise<ReadonlyMap<string, string>> {
  const secrets = new Map<string, string>();
  for (const value of system.connection.values()) {
    if (value.kind !== 'secret' || secrets.has(value.name)) continue;
    const found = io.env[secretVariable(value.name)] || (io.ask && (await io.ask(`Secret "${value.name}" of ${system.name}: `)));
    if (found !== undefined && found !== '') secrets.set(value.name, found);
  }
  return secrets;
}
