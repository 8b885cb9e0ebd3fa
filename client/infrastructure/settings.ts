import { ConfigurationTarget, workspace } from 'vscode';
import { section, settingIds } from './ids.ts';

function read<T extends string | number | boolean>(id: string, fallback: T): T {
  return workspace.getConfiguration(section).get<T>(id) ?? fallback;
}

/** The chosen environment's name; undefined means the connections as the system files give them. */
export function environmentSetting(): string | undefined {
  const name = read(settingIds.environment, '').trim();
  return name === '' ? undefined : name;
}

export async function setEnvironment(name: string | undefined): Promise<void> {
  await workspace.getConfiguration(section).update(settingIds.environment, name, ConfigurationTarget.Workspace);
}

/** Limits of a dry run; 0 means no limit. */
export function dryRunLimits(): { readonly rows?: number; readonly calls?: number } {
  const rows = read<number>(settingIds.dryRunRows, 200);
  const calls = read<number>(settingIds.dryRunCalls, 20);
  return { ...(rows > 0 && { rows }), ...(calls > 0 && { calls }) };
}

/** Which code lenses are wanted, by the command they call. */
export function lensSettings(): { readonly dryRun: boolean; readonly preview: boolean } {
  return { dryRun: read(settingIds.lensDryRun, true), preview: read(settingIds.lensPreview, true) };
}

/** The name of a setting as `affectsConfiguration` and the settings page want it. */
export function fullSettingId(id: (typeof settingIds)[keyof typeof settingIds]): string {
  return `${section}.${id}`;
}
