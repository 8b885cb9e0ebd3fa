import { StatusBarAlignment, window, workspace, type ExtensionContext } from 'vscode';
import type { Commands } from '../../infrastructure/commands.ts';
import { SollistFailure } from '../../infrastructure/failure.ts';
import { commandIds, settingIds } from '../../infrastructure/ids.ts';
import { pickOne } from '../../infrastructure/pick.ts';
import { environmentSetting, fullSettingId, setEnvironment } from '../../infrastructure/settings.ts';
import { requireTrust } from '../../infrastructure/trust.ts';
import type { Folders } from '../../infrastructure/workspace.ts';

/** The active environment in the status bar, only where the workspace has environments; a click switches. */
export function activateEnvironmentFeature(context: ExtensionContext, commands: Commands, folders: Folders): void {
  const item = window.createStatusBarItem('sollist.environment', StatusBarAlignment.Left, 0);
  item.name = 'Sollist Environment';
  item.command = commandIds.selectEnvironment;
  const show = async (): Promise<void> => {
    const folder = folders.current();
    const environments = folder === undefined ? [] : (await folders.overview(folder)).environments;
    const chosen = environmentSetting();
    if (environments.length === 0 && chosen === undefined) {
      item.hide();
      return;
    }
    item.text = `$(server-environment) ${(chosen ?? 'default').replaceAll('$(', '$ (')}`;
    item.tooltip =
      chosen === undefined
        ? 'Connections as the system files give them. Click to switch the environment.'
        : `Runs use the connections of the environment ${chosen}. Click to switch.`;
    item.show();
  };
  const refresh = (): void => {
    commands.inBackground('environment', show);
  };
  commands.register(commandIds.selectEnvironment, async () => {
    requireTrust();
    const folder = folders.require();
    const { environments } = await folders.overview(folder);
    if (environments.length === 0) throw new SollistFailure('no-environments', 'sollist.json names no environments.', { folder });
    const chosen = environmentSetting();
    const choices = [undefined, ...environments].map((value) => ({
      label: value ?? 'default',
      description: [value === undefined ? 'connections as the system files give them' : '', value === chosen ? 'active' : '']
        .filter((text) => text !== '')
        .join(' · '),
      value,
    }));
    await setEnvironment(await pickOne(choices, 'Environment for runs', 'sollist.json names no environments.'));
  });
  context.subscriptions.push(
    item,
    folders.onChange(refresh),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(fullSettingId(settingIds.environment))) refresh();
    }),
  );
}
