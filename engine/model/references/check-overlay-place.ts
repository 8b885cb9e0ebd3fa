import { findTable } from '../connector/connector.ts';
import { identifyFile } from '../workspace/file-kind.ts';
import { didYouMean } from '../text/nearest.ts';
import type { Problem } from '../text/problem.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { connectorOf } from './resolve.ts';

/**
 * What an overlay has wrong besides the names in it: it is named after no system (`unknown-system`) or one of files (`system-source`), or it gives
 * columns to a child table, which gets them in its parent's array (`overlay-child-table`). Nothing for any other file.
 */
export function checkOverlayPlace(workspace: Workspace, path: string): readonly Problem[] {
  const identity = identifyFile(path);
  const overlay = identity?.kind === 'overlay' ? workspace.overlays.get(identity.name) : undefined;
  if (!overlay) return [];
  if (!workspace.systems.has(overlay.name)) {
    const names = [...workspace.systems.keys()];
    const message = `There is no system "${overlay.name}" in systems/, and an overlay has the name of its system.${didYouMean(overlay.name, names)} Rename the file.`;
    return [{ code: 'unknown-system', severity: 'error', message, span: { offset: 0, length: 1 } }];
  }
  if (workspace.systems.get(overlay.name)?.model.files) {
    const message = `"${overlay.name}" is a folder of files, and an overlay adds columns to a connector. Take this file away.`;
    return [{ code: 'system-source', severity: 'error', message, span: { offset: 0, length: 1 } }];
  }
  const connector = connectorOf(workspace, overlay.name)?.model;
  if (!connector) return [];
  return overlay.model.tables.flatMap(({ name, span, parent }): readonly Problem[] => {
    const child = parent ? undefined : findTable(connector, name)?.parent;
    if (!child) return [];
    const array = child.path.join('.');
    const message = `"${name}" is a child table: give its columns to "${child.table}", in its array "${array}".`;
    return [{ code: 'overlay-child-table', severity: 'error', message, span }];
  });
}
