import { connectorSchema, type JsonSchema } from '../../../schemas/connector-schema.ts';

/** When a conditional part of the schema holds: `condition` is asked of the object itself (`up` 0) or of the one it stands in (`up` 1). */
export interface Guard {
  readonly condition: JsonSchema;
  readonly up: number;
}

/**
 * What the schema says about one place, all its conditional parts taken together, made once: a property that is known in any branch is
 * known. A connector is walked at every key stroke, so nothing here is looked for twice.
 */
interface SchemaNode {
  /** Without references and branches: `properties` holds those of every branch. */
  readonly schema: JsonSchema;
  readonly closed: boolean;
  /** Properties that only some branches know, each with the guards of those branches; of each list all must hold. */
  readonly conditional: ReadonlyMap<string, readonly (readonly Guard[])[]>;
  property(name: string): JsonSchema | undefined;
}

/** A schema, and when it holds. */
interface Part {
  readonly schema: JsonSchema;
  readonly guards: readonly Guard[];
}

const nodes = new WeakMap<JsonSchema, SchemaNode>();

function nodeOf(schema: JsonSchema): SchemaNode {
  const known = nodes.get(schema);
  if (known) return known;
  const node = createNode(partsOf({ schema, guards: [] }));
  nodes.set(schema, node);
  nodes.set(node.schema, node);
  return node;
}

/** The part itself, then its branches. */
function partsOf({ schema, guards }: Part): readonly Part[] {
  const own = dereference(schema);
  const branches = (own.allOf ?? []).flatMap((branch): readonly Part[] => {
    if (!branch.if || !branch.then) return partsOf({ schema: branch, guards });
    return partsOf({ schema: branch.then, guards: [...guards, { condition: branch.if, up: 0 }] });
  });
  return [{ schema: own, guards }, ...branches];
}

/** The schema itself where it refers to a definition; what stands beside the reference wins. */
function dereference(schema: JsonSchema): JsonSchema {
  const { $ref, ...own } = schema;
  if ($ref === undefined) return schema;
  const target = connectorSchema.definitions?.[$ref.replace('#/definitions/', '')];
  return target ? { ...dereference(target), ...own } : own;
}

function createNode(parts: readonly Part[]): SchemaNode {
  const owners = new Map<string, Part[]>();
  for (const { schema, guards } of parts) {
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      const owner = { schema: property, guards };
      const known = owners.get(name);
      if (known) known.push(owner);
      else owners.set(name, [owner]);
    }
  }
  const rest = parts.find(({ schema }) => schema.additionalProperties !== undefined)?.schema.additionalProperties;
  const closed = owners.size > 0 && rest === undefined;
  // Where authors give names of their own, such as to columns, a name that means something in one branch is theirs in all others.
  if (!closed) for (const [name, own] of owners) if (own.every(({ guards }) => guards.length > 0)) owners.delete(name);
  const properties = new Map([...owners].map(([name, own]) => [name, own.length === 1 ? own[0]?.schema : together(own)]));
  const { allOf: _, ...own } = parts[0]?.schema ?? {};
  return {
    schema: { ...own, ...(owners.size > 0 && { properties: Object.fromEntries(properties) as Record<string, JsonSchema> }) },
    closed,
    conditional: closed ? new Map([...owners].flatMap(([name, own]) => conditions(name, own))) : new Map(),
    property(name) {
      const found = properties.get(name) ?? (typeof rest === 'object' ? rest : undefined);
      return found && nodeOf(found).schema;
    },
  };
}

/** One schema for a property that several branches describe; their conditions stand one level further out from there. */
function together(owners: readonly Part[]): JsonSchema {
  const node = createNode(
    owners.flatMap(({ schema, guards }) => partsOf({ schema, guards: guards.map(({ condition, up }) => ({ condition, up: up + 1 })) })),
  );
  nodes.set(node.schema, node);
  return node.schema;
}

function conditions(name: string, owners: readonly Part[]): readonly (readonly [string, readonly (readonly Guard[])[]])[] {
  return owners.some(({ guards }) => guards.length === 0) ? [] : [[name, owners.map(({ guards }) => guards)]];
}

/** The schema with what it refers to and all its branches in one. */
export function resolveSchema(schema: JsonSchema): JsonSchema {
  return nodeOf(schema).schema;
}

/** The schema of a property, or undefined where no branch of the schema knows it. */
export function propertySchema(schema: JsonSchema, name: string): JsonSchema | undefined {
  return nodeOf(schema).property(name);
}

/** Whether the schema lists all properties an object may have. */
export function isClosed(schema: JsonSchema): boolean {
  return nodeOf(schema).closed;
}

/** The properties an object has only under a condition, each with the guards of the branches that know it. */
export function conditionalProperties(schema: JsonSchema): SchemaNode['conditional'] {
  return nodeOf(schema).conditional;
}

let conditionalPlaces: ReadonlySet<SchemaNode> | undefined;

/** Whether a schema, or anything below it, has properties under a condition. Most of a connector need not be looked at. */
export function conditionsBelow(schema: JsonSchema): boolean {
  conditionalPlaces ??= findConditionalPlaces();
  return conditionalPlaces.has(nodeOf(schema));
}

function findConditionalPlaces(): ReadonlySet<SchemaNode> {
  const below = new Map<SchemaNode, readonly SchemaNode[]>();
  const collect = (node: SchemaNode): void => {
    if (below.has(node)) return;
    const { properties = {}, additionalProperties, items } = node.schema;
    const children = [...Object.values(properties), additionalProperties, items].flatMap((child) =>
      typeof child === 'object' ? [nodeOf(child)] : [],
    );
    below.set(node, children);
    children.forEach(collect);
  };
  collect(nodeOf(connectorSchema));
  const found = new Set([...below.keys()].filter(({ conditional }) => conditional.size > 0));
  // Definitions refer to one another in circles: go on until nothing new is found.
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const [node, children] of below) if (children.some((child) => found.has(child))) found.add(node);
  }
  return found;
}

/** The schema at a JSON path from the root, or undefined where the schema says nothing about it. */
export function schemaAt(path: readonly (string | number)[]): JsonSchema | undefined {
  let current: JsonSchema | undefined = resolveSchema(connectorSchema);
  for (const step of path) {
    if (!current) return undefined;
    current = typeof step === 'number' ? current.items && resolveSchema(current.items) : propertySchema(current, step);
  }
  return current;
}
