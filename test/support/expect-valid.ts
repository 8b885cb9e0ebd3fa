import { Ajv, type ValidateFunction } from 'ajv';
import { expect } from 'vitest';

/** Holds that a JSON text is as a schema has it, which may refer to others. */
export function expectValid(schema: object, text: string, ...others: readonly object[]): void {
  const ajv = new Ajv({ allErrors: true, strict: false });
  for (const other of others) ajv.addSchema(other);
  const validate: ValidateFunction = ajv.compile(schema);
  expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
}
