import { booleanOf, childOf, elementsOf, propertiesOf, spanOf, type JsonNode, type Property } from '../text/json.ts';
import type { Amount, Expectation, Expectations, Field, TableExpectations } from './expectations.ts';
import { readColumns } from './read-columns.ts';
import { readValue } from './read-value.ts';

/** Builds the model of expectations; `system` is the file's name. Never fails: what cannot be understood is absent (the schema reports it). */
export function readExpectations(system: string, root: JsonNode | undefined): Expectations {
  const tables = new Map<string, TableExpectations>();
  // Of two entries of one name the last is meant, as JSON has it.
  for (const { name, value } of propertiesOf(childOf(root, 'tables'))) tables.set(name.text, { name, expectations: readTable(value) });
  return { system, tables: [...tables.values()] };
}

function readTable(node: JsonNode): readonly Expectation[] {
  const found = propertiesOf(node).flatMap((property): readonly Expectation[] => {
    switch (property.name.text) {
      case 'rows':
      case 'calls':
        return readAmountOf(property, property.name.text);
      case 'complete':
        return booleanOf(property.value) === true ? [{ id: 'complete', kind: 'complete', span: property.name.span }] : [];
      case 'columns':
        return readColumns(property.value);
      case 'samples':
        return elementsOf(property.value).flatMap(readSample);
      case 'absent':
        return elementsOf(property.value).flatMap(readAbsent);
      default:
        return [];
    }
  });
  const byId = new Map(found.map((expectation) => [expectation.id, expectation]));
  return [...byId.values()];
}

function readAmountOf({ name, value }: Property, kind: 'rows' | 'calls'): readonly Expectation[] {
  const amount = readAmount(value);
  return amount ? [{ id: kind, kind, span: name.span, amount }] : [];
}

function readAmount(node: JsonNode): Amount | undefined {
  const span = spanOf(node);
  const exact = countOf(node);
  if (exact !== undefined) return { min: exact, max: exact, span };
  const min = countOf(childOf(node, 'min'));
  const max = countOf(childOf(node, 'max'));
  return min === undefined && max === undefined
    ? undefined
    : { ...(min !== undefined && { min }), ...(max !== undefined && { max }), span };
}

function countOf(node: JsonNode | undefined): number | undefined {
  return node?.type === 'number' && Number.isFinite(Number(node.value)) ? Number(node.value) : undefined;
}

function readSample(node: JsonNode, index: number): readonly Expectation[] {
  const where = readFields(childOf(node, 'where'));
  const values = readFields(childOf(node, 'values'));
  return where.length === 0 ? [] : [{ id: `samples/${index}`, kind: 'sample', span: spanOf(node), where, values }];
}

function readAbsent(node: JsonNode, index: number): readonly Expectation[] {
  const where = readFields(node);
  return where.length === 0 ? [] : [{ id: `absent/${index}`, kind: 'absent', span: spanOf(node), where }];
}

function readFields(node: JsonNode | undefined): readonly Field[] {
  return propertiesOf(node).flatMap(({ name, value }) => {
    const expected = readValue(value);
    return expected === undefined ? [] : [{ column: name, value: expected }];
  });
}
