import type { Overlay } from '../connector/overlay.ts';
import type { Expectations } from '../expectations/expectations.ts';
import { columnsOf } from '../expectations/columns-of.ts';
import { parseFilterReference } from '../mapping/mapping.ts';
import { internalName } from '../internal/internal-system.ts';
import type { Lookup } from '../internal/lookup.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { Role, RoleModel } from '../role/role.ts';
import { resolveTarget } from '../system/build-catalog.ts';
import type { InterSystemRelation } from '../system/read-relations.ts';
import type { System } from '../system/system.ts';
import { childOf, propertiesOf } from '../text/json.ts';
import type { Name } from '../text/problem.ts';
import { identifyFile } from '../workspace/file-kind.ts';
import type { FileOf, Workspace } from '../workspace/workspace.ts';
import type { Reference, Target } from './target.ts';

/**
 * Every name in the workspace's own files that refers to something. References inside a connector and inside a filter are found by their own
 * languages; the graph (`graph.ts`) holds them all.
 */
export function collectReferences(workspace: Workspace): readonly Reference[] {
  return [
    ...[...workspace.systems.values()].flatMap((file) => systemReferences(file, workspace)),
    ...[...workspace.overlays.values()].flatMap(overlayReferences),
    ...(workspace.relations ? relationReferences(workspace.relations) : []),
    ...[...workspace.mappings.values()].flatMap(mappingReferences),
    ...[...workspace.roleModels.values()].flatMap((model) => [
      ...(model.file ? modelReferences(model.file) : []),
      ...model.roles.flatMap(roleReferences),
    ]),
    ...[...workspace.expectations.values()].flatMap(expectationReferences),
    ...[...workspace.lookups.values()].flatMap(lookupReferences),
    ...environmentReferences(workspace),
  ];
}

/** The references in one file alone. */
export function referencesIn(workspace: Workspace, path: string): readonly Reference[] {
  const identity = identifyFile(path);
  switch (identity?.kind) {
    case 'settings':
      return environmentReferences(workspace);
    case 'relations':
      return workspace.relations ? relationReferences(workspace.relations) : [];
    case 'system':
      return of(workspace.systems.get(identity.name), (file) => systemReferences(file, workspace));
    case 'overlay':
      return of(workspace.overlays.get(identity.name), overlayReferences);
    case 'mapping':
      return of(workspace.mappings.get(identity.name), mappingReferences);
    case 'expectations':
      return of(workspace.expectations.get(identity.name), expectationReferences);
    case 'lookup':
      return of(workspace.lookups.get(identity.name), lookupReferences);
    case 'role-model':
      return of(workspace.roleModels.get(identity.name)?.file, modelReferences);
    case 'role':
      return of(
        workspace.roleModels.get(identity.model ?? '')?.roles.find(({ name }) => name === identity.name),
        roleReferences,
      );
    default:
      return [];
  }
}

function of<File>(file: File | undefined, references: (file: File) => readonly Reference[]): readonly Reference[] {
  return file ? references(file) : [];
}

function refer(path: string, name: Name, target: Target): readonly Reference[] {
  // An absent name was given no place (no name can stand at the very start of a file); the schema reports that it is required.
  return name.span.offset === 0 ? [] : [{ path, span: name.span, text: name.text, target }];
}

function systemReferences({ path, name: system, model, document }: FileOf<System>, workspace: Workspace): readonly Reference[] {
  const connector = model.connector.text;
  const items = propertiesOf(childOf(document.root, 'connection')).map(({ name }) => name);
  return [
    ...refer(path, model.connector, { kind: 'connector', connector }),
    ...items.flatMap((name) => refer(path, name, { kind: 'connection-item', connector, item: name.text })),
    ...model.tables.flatMap((table) => {
      const scripted = new Set(table.scripts?.map(({ name }) => name.text));
      const of = (column: Name): readonly Reference[] => {
        // What a script makes is no column of the connector.
        const kind = scripted.has(column.text) ? 'column' : 'connector-column';
        return refer(path, column, { kind, system, table: table.name.text, column: column.text });
      };
      return [
        ...refer(path, table.name, { kind: 'connector-table', system, table: table.name.text }),
        ...[table.key, table.display, ...(table.columns ?? []), ...table.references].flatMap((column) => (column ? of(column) : [])),
        ...table.relations.flatMap(({ column, target }, index) => {
          const to = resolveTarget(model, target.text, workspace.connectors.get(connector)?.model);
          return [
            ...(column === table.relations[index - 1]?.column ? [] : of(column)),
            ...refer(path, target, to ? { kind: 'column', ...to } : { kind: 'table', system, table: target.text }),
          ];
        }),
      ];
    }),
    ...(model.files?.tables ?? []).flatMap(({ name, file, columns }) => [
      // With a file of its own the table is declared here.
      ...(file ? [] : refer(path, name, { kind: 'connector-table', system, table: name.text })),
      ...columns.flatMap((column) =>
        refer(path, column.name, { kind: 'connector-column', system, table: name.text, column: column.name.text }),
      ),
    ]),
  ];
}

/** The tables an overlay adds columns to, in the connector of the system it is named after. */
function overlayReferences({ path, name: system, model }: FileOf<Overlay>): readonly Reference[] {
  return model.tables
    .filter(({ parent }) => !parent)
    .flatMap(({ name, span }) => refer(path, { text: name, span }, { kind: 'connector-table', system, table: name }));
}

function relationReferences({ path, model }: FileOf<readonly InterSystemRelation[]>): readonly Reference[] {
  return model
    .flatMap(({ left, right }) => [left, right])
    .flatMap(({ system, table, column }) => [
      ...refer(path, system, { kind: 'system', system: system.text }),
      ...refer(path, table, { kind: 'table', system: system.text, table: table.text }),
      ...refer(path, column, { kind: 'column', system: system.text, table: table.text, column: column.text, alone: true }),
    ]);
}

/** The tables and columns of the system that expectations are named after. */
function expectationReferences({ path, name: system, model }: FileOf<Expectations>): readonly Reference[] {
  return model.tables.flatMap(({ name, expectations }) => [
    ...refer(path, name, { kind: 'table', system, table: name.text }),
    ...expectations
      .flatMap(columnsOf)
      .flatMap((column) => refer(path, column, { kind: 'column', system, table: name.text, column: column.text, alone: true })),
  ]);
}

/** The columns that a lookup names, in the table of the internal system that it is named after. */
function lookupReferences({ path, name: table, model }: FileOf<Lookup>): readonly Reference[] {
  const names = [...model.columns.map(({ name }) => name), model.key, model.display];
  return names.flatMap((name) =>
    name ? refer(path, name, { kind: 'connector-column', system: internalName, table, column: name.text }) : [],
  );
}

function filterReferences(path: string, name: Name, parameters: Mapping['parameters']): readonly Reference[] {
  const { filter } = parseFilterReference(name.text);
  return [
    ...refer(path, name, { kind: 'filter', filter: name.text }),
    ...parameters.flatMap((parameter) => refer(path, parameter.name, { kind: 'filter-parameter', filter, parameter: parameter.name.text })),
  ];
}

function mappingReferences({ path, model }: FileOf<Mapping>): readonly Reference[] {
  const system = model.system.text;
  const table = model.table.text;
  const { filter } = parseFilterReference(model.filter.text);
  const column = (name: Name): readonly Reference[] => refer(path, name, { kind: 'connector-column', system, table, column: name.text });
  return [
    ...filterReferences(path, model.filter, model.parameters),
    ...refer(path, model.system, { kind: 'system', system }),
    ...refer(path, model.table, { kind: 'connector-table', system, table }),
    ...refer(path, model.operation, { kind: 'operation', system, table, operation: model.operation.text }),
    ...(model.compareKey ? column(model.compareKey) : []),
    ...model.attributes.flatMap(({ name, source }) => [
      ...column(name),
      ...(source.kind === 'column' ? refer(path, source.column, { kind: 'filter-column', filter, column: source.column.text }) : []),
    ]),
  ];
}

function roleReferences({ path, model }: FileOf<Role>): readonly Reference[] {
  const { filter } = parseFilterReference(model.filter.text);
  return [
    ...filterReferences(path, model.filter, model.parameters),
    ...model.groups.flatMap(({ system, membership, member }) => [
      ...refer(path, system, { kind: 'system', system: system.text }),
      ...(membership ? refer(path, membership, { kind: 'membership', system: system.text, table: membership.text }) : []),
      ...refer(path, member, { kind: 'filter-column', filter, column: member.text }),
    ]),
  ];
}

function modelReferences({ path, model }: FileOf<RoleModel>): readonly Reference[] {
  return model.scope.flatMap(({ system, include, exclude }) => [
    ...refer(path, system, { kind: 'system', system: system.text }),
    ...[include, exclude].flatMap((side) =>
      side
        ? [
            ...refer(path, side.filter, { kind: 'filter', filter: side.filter.text }),
            ...refer(path, side.column, {
              kind: 'filter-column',
              filter: parseFilterReference(side.filter.text).filter,
              column: side.column.text,
            }),
          ]
        : [],
    ),
  ]);
}

/** `environments.<name>.connections.<system>.<item>` of `sollist.json`. */
function environmentReferences(workspace: Workspace): readonly Reference[] {
  const file = workspace.settingsFile;
  if (!file) return [];
  return propertiesOf(childOf(file.document.root, 'environments')).flatMap((environment) =>
    propertiesOf(childOf(environment.value, 'connections')).flatMap(({ name, value }) => {
      const connector = workspace.systems.get(name.text)?.model.connector.text ?? '';
      return [
        ...refer(file.path, name, { kind: 'system', system: name.text }),
        ...propertiesOf(value).flatMap((item) => refer(file.path, item.name, { kind: 'connection-item', connector, item: item.name.text })),
      ];
    }),
  );
}
