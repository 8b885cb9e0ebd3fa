import { booleanOf, elementsOf, propertiesOf, stringOf, type JsonNode } from '../text/json.ts';
import type { Name } from '../text/problem.ts';
import { expectedTypes, type ColumnCheck, type Expectation, type ExpectedType, type ExpectedValue } from './expectations.ts';
import { readValue } from './read-value.ts';

/** `columns`: a list of names, or an object that says more of each. */
export function readColumns(node: JsonNode): readonly Expectation[] {
  if (node.type === 'array') {
    return elementsOf(node).flatMap((element) => {
      const column = stringOf(element);
      return column ? [expectationOf(column, [])] : [];
    });
  }
  return propertiesOf(node).flatMap(({ name, value }) => {
    if (value.type === 'object') return [expectationOf(name, readChecks(value))];
    return booleanOf(value) === true ? [expectationOf(name, [])] : [];
  });
}

/** A column that is named is to have a value somewhere, unless `filled` says otherwise. */
function expectationOf(column: Name, checks: readonly ColumnCheck[]): Expectation {
  const said = checks.some(({ kind }) => kind === 'filled');
  const filled: ColumnCheck = { kind: 'filled', share: undefined, span: column.span };
  return { id: `columns/${column.text}`, kind: 'column', span: column.span, column, checks: said ? checks : [filled, ...checks] };
}

function readChecks(node: JsonNode): readonly ColumnCheck[] {
  const found = propertiesOf(node).flatMap(({ name, value }): readonly ColumnCheck[] => {
    const { span } = name;
    switch (name.text) {
      case 'filled':
        return value.type === 'number' ? [{ kind: 'filled', share: Number(value.value), span }] : [];
      case 'unique':
        return booleanOf(value) === true ? [{ kind: 'unique', span }] : [];
      case 'type': {
        const type = stringOf(value)?.text;
        return isExpectedType(type) ? [{ kind: 'type', type, span }] : [];
      }
      case 'matches': {
        const pattern = stringOf(value)?.text;
        return pattern === undefined || pattern === '' ? [] : [{ kind: 'matches', pattern, span }];
      }
      case 'oneOf':
        return value.type === 'array' ? [{ kind: 'oneOf', values: valuesOf(value), span }] : [];
      default:
        return [];
    }
  });
  // Of two of one name the last is meant.
  return [...new Map(found.map((check) => [check.kind, check])).values()];
}

function valuesOf(list: JsonNode): readonly ExpectedValue[] {
  return elementsOf(list)
    .map(readValue)
    .filter((value) => value !== undefined);
}

function isExpectedType(type: string | undefined): type is ExpectedType {
  return expectedTypes.some((known) => known === type);
}
