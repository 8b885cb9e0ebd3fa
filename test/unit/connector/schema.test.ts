import { describe, expect, it } from 'vitest';
import { connectorSchema, type JsonSchema } from '../../../schemas/connector-schema.ts';
import { expectProblems, readSections } from '../../support/connector.ts';

describe('what does not fit the schema', () => {
  for (const { title, body } of readSections('schema.txt')) it(title, () => void expectProblems(body));
});

describe('the schema', () => {
  const places: [string, JsonSchema][] = [];
  const visit = (schema: JsonSchema, path: string): void => {
    places.push([path, schema]);
    for (const [name, child] of Object.entries({ ...schema.properties, ...schema.patternProperties })) visit(child, `${path}.${name}`);
    if (typeof schema.additionalProperties === 'object') visit(schema.additionalProperties, `${path}.*`);
    if (schema.items) visit(schema.items, `${path}[]`);
  };
  visit(connectorSchema, '');
  for (const [name, definition] of Object.entries(connectorSchema.definitions ?? {})) visit(definition, name);

  it('has a text for every property', () => {
    const silent = places.filter(([, { description, $ref }]) => $ref === undefined && (description ?? '').length < 10);
    expect(silent.map(([path]) => path)).toEqual([]);
  });

  it('has a text for every value of an enumeration', () => {
    const uneven = places.filter(([, schema]) => schema.enum && schema.enumDescriptions?.length !== schema.enum.length);
    expect(uneven.map(([path]) => path)).toEqual([]);
  });

  it('refers to definitions that exist', () => {
    const broken = places.filter(
      ([, { $ref }]) => $ref !== undefined && !connectorSchema.definitions?.[$ref.replace('#/definitions/', '')],
    );
    expect(broken.map(([path]) => path)).toEqual([]);
  });
});
