import type { CompletionItem } from 'vscode-languageserver/node';
import { authenticationInputs } from '../../../engine/model/connector/authentication.ts';
import { findTable } from '../../../engine/model/connector/connector.ts';
import { internalName } from '../../../engine/model/internal/internal-system.ts';
import { connectorOf } from '../../../engine/model/references/resolve.ts';
import type { Target } from '../../../engine/model/references/target.ts';
import { elementsOf, childOf, propertiesOf, type JsonNode } from '../../../engine/model/text/json.ts';
import { indexLines } from '../../../engine/model/text/lines.ts';
import { parseFilterReference, type Mapping } from '../../../engine/model/mapping/mapping.ts';
import type { FileIdentity } from '../../../engine/model/workspace/file-kind.ts';
import type { FileOf, Workspace } from '../../../engine/model/workspace/workspace.ts';
import { rangeOf } from '../../convert.ts';
import type { FolderView } from '../../workspaces.ts';
import { caretAt } from '../connector/caret.ts';
import { CompletionItemKind, InsertTextFormat, MarkupKind } from '../connector/json-service.ts';
import { describeTarget } from './describe-target.ts';
import { expectationOffers } from './expectation-names.ts';

/** A name an object may have as a property, what it refers to, and the value to begin with, as a snippet. */
export interface Offer {
  readonly name: string;
  readonly target: Target;
  readonly value: string;
}

/** Names for a property of an object whose names come from elsewhere: target columns, tables, connection items, parameters. */
export function completePropertyName(
  view: FolderView,
  path: string,
  { kind, name, model }: FileIdentity,
  offset: number,
): CompletionItem[] {
  const text = view.files.get(path) ?? '';
  const caret = caretAt(text, offset);
  const around = caret.path.slice(0, -1);
  const ofModel = dataModelTable(kind, name, around);
  if (!caret.atKey || (kind !== 'expectations' && !ofModel && around.length !== (kind === 'overlay' ? 2 : 1))) return [];
  const object = around.join('.');
  const { workspace } = view;
  const files = {
    mapping: workspace.mappings.get(name),
    system: workspace.systems.get(name),
    overlay: workspace.overlays.get(name),
    expectations: workspace.expectations.get(name),
    lookup: workspace.lookups.get(name),
    role: workspace.roleModels.get(model ?? '')?.roles.find((role) => role.path === path),
  };
  const file: FileOf<unknown> | undefined =
    kind === 'mapping' || kind === 'system' || kind === 'overlay' || kind === 'role' || kind === 'expectations' || kind === 'lookup'
      ? files[kind]
      : undefined;
  if (!file) return [];
  const offers = ofModel
    ? columnOffers(workspace, ofModel)
    : kind === 'expectations'
      ? expectationOffers(workspace, name, around)
      : offersFor(workspace, files, kind, object);
  const own = nodeAt(file.document.root, around);
  // The name under the caret may stay.
  const taken = new Set(
    propertiesOf(own).flatMap((property) => (property.name.span.offset === caret.span.offset ? [] : [property.name.text])),
  );
  const range = rangeOf(indexLines(text), caret.span);
  const after = text.slice(caret.span.offset + caret.span.length);
  const hasValue = /^\s*:/.test(after);
  const comma = /^\s*"/.test(after) ? ',' : '';
  return offers
    .filter((offer) => !taken.has(offer.name))
    .map(({ name: label, target, value }, index) => {
      const json = JSON.stringify(label);
      const documentation = describeTarget(view, target);
      return {
        label,
        kind: CompletionItemKind.Property,
        ...(documentation !== undefined && { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
        filterText: caret.quoted ? json : label,
        sortText: `0${String(index).padStart(4, '0')}`,
        insertTextFormat: InsertTextFormat.Snippet,
        textEdit: { range, newText: hasValue ? escapeSnippet(json) : `${escapeSnippet(json)}: ${value}${comma}` },
      };
    });
}

/** The table whose columns are the names here: under `relations` of a system's table, and under `columns` of a lookup. */
function dataModelTable(
  kind: FileIdentity['kind'],
  name: string,
  around: readonly (string | number)[],
): { readonly system: string; readonly table: string; readonly value: string } | undefined {
  const [first, table, last] = around;
  if (kind === 'lookup' && around.length === 1 && first === 'columns') return { system: internalName, table: name, value: '"${1:text}"' };
  const isRelation = kind === 'system' && around.length === 3 && first === 'tables' && last === 'relations';
  return isRelation && typeof table === 'string' ? { system: name, table, value: '"$1"' } : undefined;
}

function columnOffers(
  workspace: Workspace,
  { system, table, value }: { readonly system: string; readonly table: string; readonly value: string },
): readonly Offer[] {
  const connector = connectorOf(workspace, system)?.model;
  const columns = (connector && findTable(connector, table)?.columns) ?? [];
  const names = [...new Set(columns.filter(({ source }) => source !== 'child-table').map(({ name }) => name))];
  return names.map((name): Offer => ({ name, target: { kind: 'connector-column', system, table, column: name }, value }));
}

function nodeAt(root: JsonNode | undefined, path: readonly (string | number)[]): JsonNode | undefined {
  return path.reduce<JsonNode | undefined>((node, step) => (typeof step === 'number' ? elementsOf(node)[step] : childOf(node, step)), root);
}

type Files = {
  readonly mapping?: FileOf<Mapping> | undefined;
  readonly system?: FileOf<{ readonly name: string; readonly connector: { readonly text: string } }> | undefined;
  readonly overlay?: FileOf<unknown> | undefined;
  readonly role?: FileOf<{ readonly filter: { readonly text: string } }> | undefined;
};

function offersFor(
  workspace: Workspace,
  { mapping, system, overlay, role }: Files,
  kind: FileIdentity['kind'],
  object: string,
): readonly Offer[] {
  if (kind === 'mapping' && object === 'attributes' && mapping) return attributeOffers(workspace, mapping.model);
  if (kind === 'system' && object === 'tables' && system) return tableOffers(workspace, system.model.name);
  if (kind === 'system' && object === 'connection' && system) return connectionOffers(workspace, system.model.connector.text);
  if (kind === 'overlay' && object === 'schema.crud_objects' && overlay) return overlayOffers(workspace, overlay.name);
  const reader = kind === 'mapping' ? mapping : kind === 'role' ? role : undefined;
  return object === 'parameters' && reader ? parameterOffers(workspace, reader.model.filter.text) : [];
}

/** Target columns the operation takes; those it must have first, then those the filter has under the same name. */
function attributeOffers(workspace: Workspace, mapping: Mapping): readonly Offer[] {
  const [system, table] = [mapping.system.text, mapping.table.text];
  const connector = connectorOf(workspace, system)?.model;
  const declared = connector && findTable(connector, table);
  const operation = declared?.operations.find(({ name }) => name.text === mapping.operation.text);
  const is = (list: readonly { readonly text: string }[] | undefined, name: string): boolean =>
    list?.some(({ text }) => text === name) === true;
  const names = [...new Set((declared?.columns ?? []).filter(({ source }) => source === 'resource').map(({ name }) => name))];
  return names
    .filter((name) => !is(operation?.prohibited, name))
    .sort((a, b) => Number(is(operation?.mandatory, b)) - Number(is(operation?.mandatory, a)))
    .map((name): Offer => ({ name, target: { kind: 'connector-column', system, table, column: name }, value: '{ "column": "$1" }' }));
}

function tableOffers(workspace: Workspace, system: string): readonly Offer[] {
  return (connectorOf(workspace, system)?.model.tables ?? []).map(({ name }): Offer => ({
    name,
    target: { kind: 'connector-table', system, table: name },
    value: '{$1}',
  }));
}

/** The tables that can get columns: child tables get theirs in the table they belong to. */
function overlayOffers(workspace: Workspace, system: string): readonly Offer[] {
  const tables = (connectorOf(workspace, system)?.model.tables ?? []).filter(({ parent }) => !parent);
  return tables.map(({ name }): Offer => ({
    name,
    target: { kind: 'connector-table', system, table: name },
    value: '{ "resources": { "$1": "string*" } }',
  }));
}

/** What the connector and its authentication ask for. Secrets are offered as the name of a secret, never as a literal. */
function connectionOffers(workspace: Workspace, connector: string): readonly Offer[] {
  const model = workspace.connectors.get(connector)?.model;
  if (!model) return [];
  const items = model.items.map(({ name, password }) => ({ name: name.text, secret: password }));
  const inputs = authenticationInputs(model.rest.authentication?.text).map((name) => ({
    name,
    secret: /secret|password|token|key|certificate/i.test(name),
  }));
  const all = [...items, ...inputs.filter(({ name }) => !items.some((item) => item.name === name))];
  return all.map(({ name, secret }): Offer => ({
    name,
    target: { kind: 'connection-item', connector, item: name },
    value: secret ? '{ "secret": "$1" }' : '"$1"',
  }));
}

function parameterOffers(workspace: Workspace, reference: string): readonly Offer[] {
  const { filter } = parseFilterReference(reference);
  return (workspace.filters.get(filter)?.model.parameters ?? []).map(({ name, type }): Offer => ({
    name: name.text,
    target: { kind: 'filter-parameter', filter, parameter: name.text },
    value: type === 'number' || type === 'boolean' ? '$1' : '"$1"',
  }));
}

function escapeSnippet(text: string): string {
  return text.replaceAll(/[\\$}]/g, String.raw`\$&`);
}
