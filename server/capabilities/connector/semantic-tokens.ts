import type { Connector, Table } from '../../../engine/model/connector/connector.ts';
import { scopeAt, type Place, type Scope, type VariableOrigin } from '../../../engine/model/connector/scope.ts';
import { variablesOf } from '../../../engine/model/connector/template.ts';
import { templatesOf } from '../../../engine/model/connector/templates.ts';
import type { Name, Span } from '../../../engine/model/text/problem.ts';
import type { SemanticToken } from '../semantic-tokens.ts';
import type { ConnectorDocument } from './document.ts';

/**
 * Variables by where their value comes from, and the names of tables, operations and types. A variable without a value is none and keeps the
 * colour of its text; braces and quotes keep what the grammar gives them.
 */
export function connectorTokens({ connector, text }: ConnectorDocument): readonly SemanticToken[] {
  return [...variableTokens(connector), ...connector.tables.flatMap((table) => tableTokens(table, text))];
}

function variableTokens(connector: Connector): readonly SemanticToken[] {
  const scopes = new Map<unknown, Scope>();
  const scopeOf = (place: Place): Scope => {
    const key = place.kind === 'operation' ? place.operation : place.kind;
    const scope = scopes.get(key) ?? scopeAt(connector, place);
    scopes.set(key, scope);
    return scope;
  };
  return templatesOf(connector).flatMap(({ template, place }) =>
    variablesOf(template).flatMap(({ name, modifier, span }): readonly SemanticToken[] => {
      const origin = scopeOf(place).get(name);
      if (!origin) return [];
      const own: SemanticToken = { span: { offset: span.offset + 1, length: name.length }, ...kindOf(origin) };
      if (modifier === undefined) return [own];
      return [own, { span: { offset: span.offset + name.length + 2, length: modifier.length }, type: 'keyword' }];
    }),
  );
}

/** Values of the connection are variables, those of a row or an iteration parameters of the call; the engine's own nobody sets. */
function kindOf(origin: VariableOrigin): Pick<SemanticToken, 'type' | 'modifier'> {
  switch (origin.kind) {
    case 'item':
    case 'authentication':
      return { type: 'variable' };
    case 'column':
    case 'iteration':
    case 'base':
    case 'membership':
    case 'handler':
      return { type: 'parameter' };
    case 'engine':
      return { type: 'variable', modifier: 'readonly' };
  }
}

function tableTokens(table: Table, text: string): readonly SemanticToken[] {
  const token = (span: Span | undefined, type: SemanticToken['type'], declaration = false): readonly SemanticToken[] => {
    const inside = span && insideQuotes(text, span);
    return inside ? [{ span: inside, type, ...(declaration && { modifier: 'declaration' }) }] : [];
  };
  const name = (name: Name | undefined, type: SemanticToken['type']): readonly SemanticToken[] => token(name?.span, type);
  const { membership } = table;
  return [
    ...token(table.span, 'class', true),
    ...table.operations.flatMap((operation) => [...token(operation.name.span, 'method', true), ...name(operation.call.table, 'class')]),
    ...name(membership?.addOperation, 'method'),
    ...name(membership?.removeOperation, 'method'),
    ...name(membership?.memberTable, 'class'),
    ...name(membership?.groupTable, 'class'),
    ...table.columns.flatMap(({ specifierSpan }) => token(specifierSpan, 'type')),
  ];
}

function insideQuotes(text: string, { offset, length }: Span): Span | undefined {
  const closed = length > 2 && text[offset] === '"' && text[offset + length - 1] === '"';
  return closed ? { offset: offset + 1, length: length - 2 } : undefined;
}
