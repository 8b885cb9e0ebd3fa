import { connectorSchema, type JsonSchema } from '../../../../../schemas/connector-schema.ts';
import { childOf, elementsOf, propertiesOf, type JsonDocument, type JsonNode, type Property } from '../../../text/json.ts';
import { isClosed, propertySchema, resolveSchema } from '../../schema-walk.ts';
import type { OwnedProperty } from '../property-edits.ts';

/** An object on the way from the root to a property. */
export interface Level {
  readonly node: JsonNode;
  readonly schema: JsonSchema;
  /** Its name, a table's or an operation's own included; empty for the root and for elements of arrays. */
  readonly name: string;
}

/** A property the schema has something to say about; `levels` leads from the root to the object it stands in. */
export interface NotedProperty extends OwnedProperty {
  readonly levels: readonly Level[];
}

/** A property that stands where the schema knows it. */
export interface KnownProperty extends NotedProperty {
  readonly schema: JsonSchema;
}

/** What one walk over a document finds beside its schema. */
export interface NotedProperties {
  /** Not known in their place. */
  readonly unknown: readonly NotedProperty[];
  /** Accepted, but of an older spelling or in an older place. */
  readonly deprecated: readonly KnownProperty[];
  /** Known, and holding an empty object or array. */
  readonly empty: readonly KnownProperty[];
  /** Query parameters with something in them, by whatever name and in whatever place. */
  readonly queries: readonly KnownProperty[];
}

const memory = new WeakMap<JsonDocument, NotedProperties>();

/** Walks a connector with its schema, once for all rules that ask. */
export function notedProperties(document: JsonDocument): NotedProperties {
  const known = memory.get(document) ?? walk(document.root);
  memory.set(document, known);
  return known;
}

const queryNames: ReadonlySet<string> = new Set(['query_parameters', 'queryParameters']);

/** Most of a connector: an author's own names, about which the schema has nothing of this kind to say. */
const free: ReadonlySet<string> = new Set(['resources', 'body']);

interface Notes {
  readonly unknown: NotedProperty[];
  readonly deprecated: KnownProperty[];
  readonly empty: KnownProperty[];
  readonly queries: KnownProperty[];
}

const noNotes = (): Notes => ({ unknown: [], deprecated: [], empty: [], queries: [] });

/** Of each table, as long as it is not edited. */
const ofTables = new WeakMap<JsonNode, Notes>();

function walk(root: JsonNode | undefined): NotedProperties {
  const tables = childOf(root, 'schema', 'crud_objects');
  const levels: Level[] = [];
  const all = noNotes();
  let notes = all;
  const note = (property: Property, owner: JsonNode): NotedProperty => ({ property, owner, levels: [...levels] });
  const visitTable = (table: JsonNode, schema: JsonSchema, name: string): void => {
    const known = ofTables.get(table);
    const own = known ?? noNotes();
    if (!known) {
      notes = own;
      visit(table, schema, name);
      notes = all;
      ofTables.set(table, own);
    }
    for (const list of ['unknown', 'deprecated', 'empty', 'queries'] as const) (all[list] as NotedProperty[]).push(...own[list]);
  };
  const visit = (node: JsonNode, schema: JsonSchema, name: string): void => {
    levels.push({ node, schema, name });
    for (const property of propertiesOf(node)) {
      const { text } = property.name;
      const found = propertySchema(schema, text);
      if (found) {
        const { value } = property;
        const own = schema.properties !== undefined && Object.hasOwn(schema.properties, text);
        if (found.deprecationMessage !== undefined) notes.deprecated.push({ ...note(property, node), schema: found });
        if (own && isEmpty(value)) notes.empty.push({ ...note(property, node), schema: found });
        else if (own && queryNames.has(text)) notes.queries.push({ ...note(property, node), schema: found });
        if (value.children && !(own && free.has(text))) (node === tables ? visitTable : visit)(value, found, text);
      } else if (isClosed(schema) && !isRemark(text)) notes.unknown.push(note(property, node));
    }
    if (schema.items) {
      for (const element of elementsOf(node)) if (element.children) visit(element, resolveSchema(schema.items), '');
    }
    levels.pop();
  };
  if (root) visit(root, resolveSchema(connectorSchema), '');
  return all;
}

function isEmpty(node: JsonNode): boolean {
  return (node.type === 'object' || node.type === 'array') && (node.children ?? []).length === 0;
}

function isRemark(name: string): boolean {
  return /^(\/\/|[$_]comment)/.test(name);
}
