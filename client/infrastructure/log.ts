import { window, type Disposable, type LogOutputChannel } from 'vscode';

/** The one output channel, *Sollist*: what the client, the server and the runs have to tell. */
export type Log = LogOutputChannel;

export function createLog(subscriptions: Disposable[]): Log {
  const log = window.createOutputChannel('Sollist', { log: true });
  subscriptions.push(log);
  return log;
}
