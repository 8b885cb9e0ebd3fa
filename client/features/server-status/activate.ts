import { LanguageStatusSeverity, languages, type ExtensionContext } from 'vscode';
import type { Commands } from '../../infrastructure/commands.ts';
import { commandIds, languageIds } from '../../infrastructure/ids.ts';
import type { Server, ServerState } from '../../infrastructure/language-client.ts';
import type { Log } from '../../infrastructure/log.ts';

const texts: Readonly<Record<ServerState, string>> = {
  stopped: 'Sollist is not running',
  starting: 'Sollist is starting',
  running: 'Sollist',
  failed: 'Sollist did not start',
};

/** The language server's state beside the language of our documents, with restart and log. */
export function activateServerStatusFeature(context: ExtensionContext, commands: Commands, server: Server, log: Log): void {
  const item = languages.createLanguageStatusItem(
    'sollist.server',
    Object.values(languageIds).map((language) => ({ language })),
  );
  item.name = 'Sollist Language Server';
  const show = (state: ServerState): void => {
    item.text = texts[state];
    item.busy = state === 'starting';
    item.severity = state === 'failed' ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    item.command =
      state === 'running' ? { title: 'Show log', command: commandIds.showLog } : { title: 'Restart', command: commandIds.restartServer };
  };
  show(server.state);
  commands.register(commandIds.showLog, () => {
    log.show(true);
  });
  commands.register(commandIds.restartServer, async () => {
    await server.restart();
  });
  context.subscriptions.push(item, server.onState(show));
}
