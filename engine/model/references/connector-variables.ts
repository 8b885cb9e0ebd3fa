import { authenticationInputs } from '../connector/authentication.ts';
import { factsOf } from '../connector/facts.ts';
import type { Place, VariableOrigin } from '../connector/scope.ts';
import { variablesOf, type Variable } from '../connector/template.ts';
import { childOf, elementsOf, propertiesOf, stringOf, type JsonNode } from '../text/json.ts';
import type { Name, Span } from '../text/problem.ts';
import type { ConnectorNames, Note } from './connector-names.ts';
import type { Entity } from './entity.ts';
import type { Occurrence, Spelling } from './occurrence.ts';

/** Notes the connection items, and every variable of every template by what gives it its value. */
export function variableNames(home: string, names: ConnectorNames, found: Occurrence[], note: Note): void {
  const { connector } = names;
  const facts = factsOf(connector);
  const { authentication, node } = connector.rest;
  const declared = new Set(connector.items.map(({ name }) => name.text));
  for (const { name } of connector.items) note(name, itemEntity(home, names, name.text), { role: 'declaration' });
  for (const name of authenticationInputs(authentication?.text)) {
    if (!declared.has(name)) note(authentication, { kind: 'input', home, name }, { role: 'declaration', spelling: 'derived' });
  }
  const add = (text: string, span: Span, place: Place): void => {
    const origin = facts.scopeAt(place).get(text);
    const named = origin && originEntity(home, names, origin, text, place);
    if (named) found.push({ span, role: 'reference', ...named });
  };
  for (const { template, place } of facts.templates) {
    for (const variable of variablesOf(template)) add(variable.name, nameSpan(variable), place);
  }
  // `{"name": "clientId"}` in tokens names a value without braces.
  const tokens = [childOf(node, 'authOptions'), ...facts.operations.map(({ operation }) => childOf(operation.node, 'authOptions'))];
  for (const { text, span } of tokens.flatMap((token) => ['postData', 'JWT'].flatMap((part) => namedValues(childOf(token, part)))))
    add(text, { offset: span.offset + 1, length: span.length - 2 }, { kind: 'authentication' });
}

/** The thing a connection item's name stands for, or undefined where there is no such item. */
export function itemEntity(home: string, { connector }: Pick<ConnectorNames, 'connector'>, name: string): Entity | undefined {
  if (authenticationInputs(connector.rest.authentication?.text).includes(name)) return { kind: 'input', home, name };
  return connector.items.some((item) => item.name.text === name) ? { kind: 'item', home, name } : undefined;
}

/** What stands between the braces, before the modifier. */
function nameSpan({ span, modifier }: Variable): Span {
  return { offset: span.offset + 1, length: span.length - 2 - (modifier === undefined ? 0 : modifier.length + 1) };
}

function originEntity(
  home: string,
  names: ConnectorNames,
  origin: VariableOrigin,
  text: string,
  place: Place,
): { readonly entity: Entity; readonly spelling: Spelling } | undefined {
  const as = (entity: Entity | undefined, spelling: Spelling = 'name'): ReturnType<typeof originEntity> => entity && { entity, spelling };
  const table = place.kind === 'operation' ? place.table.name : undefined;
  switch (origin.kind) {
    case 'item':
      return as(itemEntity(home, names, origin.item.name.text), origin.item.name.text === text ? 'name' : 'camel');
    case 'authentication':
      return as({ kind: 'input', home, name: origin.input }, origin.input === text ? 'name' : 'camel');
    case 'column':
      return as({ kind: 'column', home, table: origin.table.name, name: origin.column.name });
    case 'iteration':
      return as(names.column(origin.table, origin.columnName), origin.columnName === text ? 'name' : 'alias');
    case 'base':
    case 'membership':
    case 'handler':
      return as(names.attribute(table, text));
    case 'engine':
      return as({ kind: 'engine', home, name: text });
  }
}

function namedValues(node: JsonNode | undefined): readonly Name[] {
  if (node?.type === 'array') return elementsOf(node).flatMap(namedValues);
  return propertiesOf(node).flatMap(({ name, value }) => {
    const text = name.text === 'name' ? stringOf(value) : undefined;
    return text ? [text] : namedValues(value);
  });
}
