import schema from './connector.schema.json' with { type: 'json' };

/** The parts of a JSON Schema (draft-07) that our readers look at; validators and editors read the whole. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly description?: string;
  readonly deprecationMessage?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly enumDescriptions?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
}

/** The schema of a NIM REST connector: what the file may hold, and the texts that hovers, completion and the manual show. */
export const connectorSchema: JsonSchema = schema;
