import type { Overview } from '../engine/host/protocol.ts';
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
      tables: model.tables.map((table) => table.name.text),
      secrets: [...new Set([...model.connection.values()].flatMap((value) => (value.kind === 'secret' ? [value.name] : [])))],
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
