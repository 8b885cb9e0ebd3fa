import type { ExtensionContext } from 'vscode';
import { activateCollectFeature } from './features/collect/activate.ts';
import { activateDataModelFeature } from './features/data-model/activate.ts';
import { activateDryRunFeature } from './features/dry-run/activate.ts';
import { activateEnvironmentFeature } from './features/environment/activate.ts';
import { activateExpectationsFeature } from './features/expectations/activate.ts';
import { activateFilterRunFeature } from './features/filter-run/activate.ts';
import { activateHistoryFeature } from './features/history/activate.ts';
import { activateNewConnectorFeature } from './features/new-connector/activate.ts';
import { activateNimFeature } from './features/nim/activate.ts';
import { activatePreviewRequestFeature } from './features/preview-request/activate.ts';
import { activatePreviewFeature } from './features/preview/activate.ts';
import { activateRecognizeFeature } from './features/recognize/activate.ts';
import { activateRecordingsFeature } from './features/recordings/activate.ts';
import { activateRolesFeature } from './features/roles/activate.ts';
import { activateRunPanelFeature } from './features/run-panel/activate.ts';
import { activateRunsFeature } from './features/runs/activate.ts';
import { activateSecretsFeature } from './features/secrets/activate.ts';
import { activateServerStatusFeature } from './features/server-status/activate.ts';
import { activateSignInFeature } from './features/sign-in/activate.ts';
import { activateSystemsFeature } from './features/systems/activate.ts';
import { createCommands } from './infrastructure/commands.ts';
import { createHistory } from './infrastructure/history.ts';
import { createServer } from './infrastructure/language-client.ts';
import { createLog } from './infrastructure/log.ts';
import { createRuns } from './infrastructure/run.ts';
import { createSecrets } from './infrastructure/secrets.ts';
import { createFolders } from './infrastructure/workspace.ts';

/** Starts the extension: what all features share, then the features. Nothing runs before a document or a folder is ours. */
export function activate(context: ExtensionContext): void {
  const log = createLog(context);
  const commands = createCommands(context, log);
  const server = createServer(context, log);
  const folders = createFolders(context, server);
  const secrets = createSecrets(context);
  const runs = createRuns(context, server, secrets, log);
  const history = createHistory(context, runs);

  activateServerStatusFeature(context, commands, server, log);
  activateRecognizeFeature(context, log, () => {
    commands.inBackground('language server', () => server.start());
  });
  const view = activateRunPanelFeature(context, runs, history, log);
  activateDryRunFeature(commands, folders, runs, view);
  activatePreviewFeature(commands, folders, runs, view);
  activatePreviewRequestFeature(context, commands, folders, server, runs);
  activateFilterRunFeature(context, commands, folders, runs, view);
  activateCollectFeature(commands, folders, runs, view, log);
  activateRecordingsFeature(commands, folders, runs, view);
  const roles = activateRolesFeature(context, commands, folders, runs);
  activateSystemsFeature(context, commands, folders, runs);
  activateDataModelFeature(commands, folders, server, runs);
  activateHistoryFeature(commands, folders, runs, view);
  activateRunsFeature(context, { commands, folders, history, view, roles });
  activateSecretsFeature(commands, folders, secrets);
  activateSignInFeature(context, commands, server);
  activateEnvironmentFeature(context, commands, folders);
  activateExpectationsFeature(context, commands, folders, server, runs, log);
  activateNewConnectorFeature(commands, folders, server, log);
  activateNimFeature(commands, folders, server, runs, log);
}

/** What is open is closed through the context's subscriptions. */
export function deactivate(): void {
  // Nothing is left to do.
}
