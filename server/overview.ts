import type { Overview } from '../engine/host/protocol.ts';
import type { Settings } from '../engine/model/settings/settings.ts';
import type { ConnectionValue } from '../engine/model/system/system.ts';
import type { FolderView } from './workspaces.ts';

/** What a folder holds, for trees and pickers. */
export function overviewOf({ workspace }: FolderView): Overview {
  const named = (files: ReadonlyMap<string, { readonly name: string; readonly path: string }>): Overview['filters'] =>
    [...files.values()].map(({ name, path }) => ({ name, path }));
  return {
    systems: [...workspace.systems.values()].map(({ name, path, model }) => ({
      name,
      path,
      connector: model.connector.text,
      ...(model.files && { folder: model.files.folder.text }),
      tables: model.tables.map((table) => table.name.text),
      secrets: secretsOf(name, model.connection, workspace.settings),
    })),
    connectors: named(workspace.connectors),
    filters: named(workspace.filters),
    mappings: named(workspace.mappings),
    roleModels: [...workspace.roleModels.values()].map(({ name, file, model, roles }) => ({
      name,
      path: file?.path ?? `roles/${name}/model.json`,
      state: model.state,
      roles: roles.map((role) => ({ name: role.name, path: role.path })),
    })),
    environments: workspace.settings.environments.map(({ name }) => name),
  };
}

/** The secrets a system can need: its own, and those that an environment gives it. */
function secretsOf(system: string, own: ReadonlyMap<string, ConnectionValue>, { environments }: Settings): readonly string[] {
  const connections = [own, ...environments.flatMap(({ connections: all }) => all.get(system) ?? [])];
  const values = connections.flatMap((connection) => [...connection.values()]);
  return [...new Set(values.flatMap((value) => (value.kind === 'secret' ? [value.name] : [])))];
}
