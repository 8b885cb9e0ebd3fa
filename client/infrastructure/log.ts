import { window, type ExtensionContext, type LogOutputChannel } from 'vscode';

/** The one output channel, *Sollist*: what the client, the server and the runs have to tell. */
export type Log = LogOutputChannel;

export function createLog(context: ExtensionContext): Log {
  const log = window.createOutputChannel('Sollist', { log: true });
  context.subscriptions.push(log);
  return log;
}
