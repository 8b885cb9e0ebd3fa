import type { AnyNode, MemberExpression } from 'acorn';
import type { Span } from '../text/problem.ts';
import { isDeclared, type Scope } from './scope.ts';

/** A place where a script names a table: `Users`, `data['Users']`. */
export interface TableAccess {
  readonly alias: string;
  /** The alias as written, without quotes. */
  readonly span: Span;
  /** It stands as a name of its own, which may also be that of a library. */
  readonly asName: boolean;
}

/** What NIM calls the record of all tables. */
export const allTables = 'data';

/** The table that an expression is, if it is one by its form. */
export function tableAt(node: AnyNode, scope: Scope): TableAccess | undefined {
  if (node.type === 'ChainExpression') return tableAt(node.expression, scope);
  if (node.type === 'Identifier')
    return node.name === allTables || isDeclared(node.name, scope) ? undefined : { alias: node.name, span: spanOf(node), asName: true };
  if (node.type !== 'MemberExpression' || !isAllTables(node.object, scope)) return undefined;
  const key = keyOf(node);
  return key && { alias: key.text, span: key.span, asName: false };
}

export function isAllTables(node: AnyNode, scope: Scope): boolean {
  return node.type === 'Identifier' && node.name === allTables && !isDeclared(allTables, scope);
}

/** The property that `x.key` or `x['key']` names, where it can be told without running. */
export function keyOf({
  property,
  computed,
}: Pick<MemberExpression, 'property' | 'computed'>): { readonly text: string; readonly span: Span } | undefined {
  if (!computed) return property.type === 'Identifier' ? { text: property.name, span: spanOf(property) } : undefined;
  if (property.type === 'Literal' && (typeof property.value === 'string' || typeof property.value === 'number')) {
    const quotes = typeof property.value === 'string' ? 1 : 0;
    const span = { offset: property.start + quotes, length: property.end - property.start - 2 * quotes };
    return { text: String(property.value), span };
  }
  const [text] = property.type === 'TemplateLiteral' && property.expressions.length === 0 ? property.quasis : [];
  return text && { text: text.value.cooked ?? text.value.raw, span: spanOf(text) };
}

/** The tables that a condition asks about, so that what it decides may rely on them. */
export function tablesIn(node: AnyNode, scope: Scope, childrenOf: (node: AnyNode) => readonly AnyNode[]): readonly string[] {
  const found: string[] = [];
  const look = (at: AnyNode): void => {
    const table = tableAt(at, scope);
    if (table) found.push(table.alias);
    for (const child of childrenOf(at)) look(child);
  };
  look(node);
  return found;
}

export function spanOf({ start, end }: { readonly start: number; readonly end: number }): Span {
  return { offset: start, length: end - start };
}
