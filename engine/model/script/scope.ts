import type { AnyNode, ArrowFunctionExpression, FunctionDeclaration, FunctionExpression } from 'acorn';
import { childrenOf } from './tree.ts';

export type FunctionNode = FunctionDeclaration | FunctionExpression | ArrowFunctionExpression;

/** The names that a stretch of a script declares, inside those around it. */
export interface Scope {
  readonly names: ReadonlySet<string>;
  readonly outer?: Scope;
}

export function isDeclared(name: string, scope: Scope | undefined): boolean {
  for (let at = scope; at; at = at.outer) if (at.names.has(name)) return true;
  return false;
}

/** What a function declares: its parameters, its variables wherever they stand, and what its body declares at the top. */
export function functionScope(node: FunctionNode, outer: Scope): Scope {
  const names = new Set(node.params.flatMap(namesOf));
  if (node.type !== 'ArrowFunctionExpression') names.add('arguments');
  if (node.type === 'FunctionExpression' && node.id) names.add(node.id.name);
  if (node.body.type === 'BlockStatement') declareBody(node.body.body, names);
  return { names, outer };
}

/** What the script itself declares. */
export function scriptScope(body: readonly AnyNode[]): Scope {
  const names = new Set(['arguments']);
  declareBody(body, names);
  return { names };
}

/** What a block declares for itself: `let`, `const`, `class`, `function`. */
export function blockScope(statements: readonly AnyNode[], outer: Scope): Scope {
  const names = new Set<string>();
  declareBlock(statements, names);
  return { names, outer };
}

/** The names that a pattern binds: `{ a, b: [c] }` has `a` and `c`. */
export function namesOf(pattern: AnyNode): readonly string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) => namesOf(property.type === 'RestElement' ? property.argument : property.value));
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? namesOf(element) : []));
    case 'AssignmentPattern':
      return namesOf(pattern.left);
    case 'RestElement':
      return namesOf(pattern.argument);
    default:
      return [];
  }
}

function declareBody(statements: readonly AnyNode[], names: Set<string>): void {
  declareBlock(statements, names);
  for (const statement of statements) declareVariables(statement, names);
}

function declareBlock(statements: readonly AnyNode[], names: Set<string>): void {
  for (const statement of statements) {
    if (statement.type === 'VariableDeclaration' && statement.kind !== 'var')
      for (const { id } of statement.declarations) for (const name of namesOf(id)) names.add(name);
    if (statement.type === 'ClassDeclaration' || statement.type === 'FunctionDeclaration') names.add(statement.id?.name ?? '');
  }
}

/** `var` counts for the whole function, and so does a function declared within a block. */
function declareVariables(node: AnyNode, names: Set<string>): void {
  if (node.type === 'FunctionDeclaration') names.add(node.id?.name ?? '');
  if (isFunction(node) || node.type.startsWith('Class')) return;
  if (node.type === 'VariableDeclaration' && node.kind === 'var')
    for (const { id } of node.declarations) for (const name of namesOf(id)) names.add(name);
  for (const child of childrenOf(node)) declareVariables(child, names);
}

export function isFunction(node: AnyNode): node is Extract<AnyNode, FunctionNode> {
  return node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression';
}
