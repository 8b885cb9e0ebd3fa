import { connectorSchema, type JsonSchema } from '../../../schemas/connector-schema.ts';

/** The schema itself where it refers to a definition; what stands beside the reference wins. */
export function resolveSchema(schema: JsonSchema): JsonSchema {
  const { $ref, ...own } = schema;
  if ($ref === undefined) return schema;
  const target = connectorSchema.definitions?.[$ref.replace('#/definitions/', '')];
  return target ? { ...resolveSchema(target), ...own } : own;
}

/** The schema of a property, or undefined where the schema does not know it. */
export function propertySchema(schema: JsonSchema, name: string): JsonSchema | undefined {
  const own = schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
  const pattern = Object.entries(schema.patternProperties ?? {}).find(([expression]) => new RegExp(expression).test(name))?.[1];
  const found = own ?? pattern ?? (typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined);
  return found && resolveSchema(found);
}

/** Whether the schema lists all properties an object may have. */
export function isClosed(schema: JsonSchema): boolean {
  return schema.properties !== undefined && schema.additionalProperties === undefined;
}

/** The schema at a JSON path from the root, or undefined where the schema says nothing about it. */
export function schemaAt(path: readonly (string | number)[]): JsonSchema | undefined {
  let current: JsonSchema | undefined = connectorSchema;
  for (const step of path) {
    if (!current) return undefined;
    current = typeof step === 'number' ? current.items && resolveSchema(current.items) : propertySchema(current, step);
  }
  return current;
}
