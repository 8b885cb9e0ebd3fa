import { parseFilterReference } from '../mapping/mapping.ts';
import { childOf, propertiesOf, stringOf, type JsonNode } from '../text/json.ts';
import type { FileOf, Workspace } from '../workspace/workspace.ts';
import { referencesIn } from './collect-references.ts';
import type { Entity } from './entity.ts';
import { inside, partOf, type Occurrence } from './occurrence.ts';
import { namesOfWorkspace, type WorkspaceNames } from './own-entities.ts';
import type { Reference } from './target.ts';

/** Every name in one of our own JSON files that stands for something known, in the order of the text. */
export function ownOccurrences(workspace: Workspace, file: FileOf<unknown>): readonly Occurrence[] {
  const names = namesOfWorkspace(workspace);
  const { text, root } = file.document;
  return [...referencesIn(workspace, file.path).flatMap((reference) => partsOf(names, reference, text)), ...valueNames(root)].sort(
    (a, b) => a.span.offset - b.span.offset,
  );
}

/** A reference is one name, or two in one text: `table.column`, `Filter[lookup]`. */
function partsOf(names: WorkspaceNames, reference: Reference, source: string): readonly Occurrence[] {
  const { text, target } = reference;
  const whole = (entity: Entity | undefined): readonly Occurrence[] =>
    entity ? [{ span: inside(reference.span), entity, role: 'reference', spelling: 'name' }] : [];
  const part = (entity: Entity | undefined, index: number, length: number): readonly Occurrence[] =>
    entity ? [{ span: partOf(source, reference, index, length), entity, role: 'reference', spelling: 'name' }] : [];
  switch (target.kind) {
    case 'connector':
      return whole(names.connector(target.connector));
    case 'system':
      return whole(names.system(target.system));
    case 'connection-item':
      return whole(names.item(target.connector, target.item));
    case 'connector-table':
    case 'membership':
    case 'table':
      return whole(names.table(target.system, target.table));
    case 'connector-column':
      return whole(names.column(target.system, target.table, target.column));
    case 'column': {
      // The target of a relation names a table, and a column only where it is not the key.
      if (text === target.table && !target.alone) return whole(names.table(target.system, target.table));
      const dot = target.table.length;
      if (text !== `${target.table}.${target.column}`) return whole(names.column(target.system, target.table, target.column));
      return [
        ...part(names.table(target.system, target.table), 0, dot),
        ...part(names.column(target.system, target.table, target.column), dot + 1, target.column.length),
      ];
    }
    case 'operation':
      return whole(names.operation(target.system, target.table, target.operation));
    case 'filter': {
      const { filter, lookup } = parseFilterReference(text);
      if (lookup === undefined) return whole(names.filter(filter));
      return [...part(names.filter(filter), 0, filter.length), ...part(names.lookup(filter, lookup), filter.length + 1, lookup.length)];
    }
    case 'filter-column':
      return whole(names.output(target.filter, target.column));
    case 'filter-parameter':
      return whole(names.parameter(target.filter, target.parameter));
  }
}

/** Secrets and environment variables that connection values are taken from: in `connection` of a system, and in every environment. */
function valueNames(root: JsonNode | undefined): readonly Occurrence[] {
  const environments = propertiesOf(childOf(root, 'environments')).flatMap(({ value }) => propertiesOf(childOf(value, 'connections')));
  const holders = [childOf(root, 'connection'), ...environments.map(({ value }) => value)];
  return holders
    .flatMap((holder) => propertiesOf(holder))
    .flatMap(({ value }) =>
      (
        [
          ['secret', 'secret'],
          ['env', 'environment-variable'],
        ] as const
      ).flatMap(([property, kind]): readonly Occurrence[] => {
        const name = stringOf(childOf(value, property));
        if (!name || name.text === '') return [];
        return [{ span: inside(name.span), entity: { kind, home: '', name: name.text }, role: 'reference', spelling: 'name' }];
      }),
    );
}
