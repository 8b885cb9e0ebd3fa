import schema from './connector.schema.json' with { type: 'json' };

/** The parts of a JSON Schema (draft-07) that our readers look at; validators and editors read the whole. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly description?: string;
  /** Set on a spelling that is accepted but not to be written any more: what to write instead. */
  readonly deprecationMessage?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly enumDescriptions?: readonly string[];
  readonly const?: unknown;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  /** Conditional parts. A branch is `if` and `then` within `allOf`; there is no `else`, so that each branch says when it holds. */
  readonly allOf?: readonly JsonSchema[];
  readonly if?: JsonSchema;
  readonly then?: JsonSchema;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
}

/** The schema of a NIM REST connector: what the file may hold, and the texts that hovers, completion and the manual show. */
export const connectorSchema: JsonSchema = schema;
