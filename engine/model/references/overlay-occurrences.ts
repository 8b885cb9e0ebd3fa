import type { Overlay } from '../connector/overlay.ts';
import { childOf, propertiesOf } from '../text/json.ts';
import type { FileOf } from '../workspace/workspace.ts';
import type { Entity } from './entity.ts';
import { inside, type Occurrence, type Spelling } from './occurrence.ts';
import type { WorkspaceNames } from './own-entities.ts';

/** The tables and columns in a system's overlay, which are those of its connector. */
export function overlayOccurrences({ name: system, document, model }: FileOf<Overlay>, names: WorkspaceNames): readonly Occurrence[] {
  const found: Occurrence[] = [];
  const note = (span: Occurrence['span'], entity: Entity | undefined, role: Occurrence['role'], spelling: Spelling): void => {
    if (entity && entity.name !== '') found.push({ span: inside(span), entity, role, spelling });
  };
  for (const { name } of propertiesOf(childOf(document.root, 'schema', 'crud_objects')))
    note(name.span, names.table(system, name.text), 'reference', 'name');
  for (const { name: table, span, parent, columns } of model.tables) {
    if (parent) note(span, names.table(system, table), 'declaration', 'leaf');
    for (const column of columns) {
      // What refers to the parent is named after the connector's key, which an overlay does not know.
      if (column.source === 'parent-key') continue;
      note(column.span, names.column(system, table, column.name), 'declaration', column.name === column.path.at(-1) ? 'name' : 'leaf');
    }
  }
  return found.sort((a, b) => a.span.offset - b.span.offset);
}
