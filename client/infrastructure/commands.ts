import { CancellationError, commands, env, window, type ExtensionContext } from 'vscode';
import { SollistFailure, plainText } from './failure.ts';
import { commandIds, type CommandId } from './ids.ts';
import type { Log } from './log.ts';
import { offersFor, type Offer } from './offers.ts';

export type Handler = (...argument: readonly unknown[]) => unknown;

/** Registers commands; each runs inside the one error boundary of the client. */
export interface Commands {
  register(id: CommandId, handler: Handler): void;
  /** For work that no person asked for (a refresh, say): what fails is logged, and nobody is disturbed. */
  inBackground(what: string, work: () => void | Promise<void>): void;
}

export function createCommands(context: ExtensionContext, log: Log): Commands {
  const registered = new Set<CommandId>();
  return {
    register: (id, handler) => {
      if (registered.has(id)) throw new Error(`The command ${id} is registered twice.`);
      registered.add(id);
      const invoke = async (...argument: readonly unknown[]): Promise<unknown> => {
        try {
          return await handler(...argument);
        } catch (error) {
          if (!isCancellation(error)) report(log, id, error, () => void invoke(...argument));
          return undefined;
        }
      };
      context.subscriptions.push(commands.registerCommand(id, invoke));
    },
    inBackground: (what, work) => {
      Promise.resolve()
        .then(work)
        .catch((error: unknown) => {
          if (!isCancellation(error)) log.warn(`${what}: ${messageOf(error)}`);
        });
    },
  };
}

export function isCancellation(error: unknown): boolean {
  return error instanceof CancellationError || (error instanceof SollistFailure && error.code === 'cancelled');
}

/** One notification, not awaited: a command ends when its work ends, not when the notification is closed. */
function report(log: Log, what: string, error: unknown, again: () => void): void {
  if (!(error instanceof SollistFailure)) {
    log.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    void offer(`Sollist could not finish this: ${plainText(messageOf(error), 300)}`, [showLog], again);
    return;
  }
  if (nothingWrong.has(error.code)) {
    log.info(`${what}: ${error.code}: ${error.message}`);
    void offer(plainText(error.message), offersFor(error), again, window.showInformationMessage);
    return;
  }
  log.error(`${what}: ${error.code}: ${error.message}`);
  void offer(plainText(error.message), [...offersFor(error), showLog], again);
}

/** There is only nothing to work on yet: no error, and the log knows no more. */
const nothingWrong: ReadonlySet<string> = new Set(['nothing-to-choose', 'no-recording', 'no-environments']);

const showLog: Offer = { title: 'Show log', command: commandIds.showLog, arguments: [] };

async function offer(
  message: string,
  offers: readonly Offer[],
  again: () => void,
  show: (message: string, ...titles: string[]) => Thenable<string | undefined> = window.showErrorMessage,
): Promise<void> {
  const chosen = await show(message, ...offers.map(({ title }) => title));
  const taken = offers.find(({ title }) => title === chosen);
  if (taken === undefined) return;
  const mended = await commands.executeCommand(taken.command, ...taken.arguments);
  if (taken.thenAgain === true && mended === true) again();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Puts text on the clipboard of the person's machine, also when the extension runs remotely. */
export async function copyText(text: string): Promise<void> {
  await env.clipboard.writeText(text);
}
