import type { AnyNode, Program } from 'acorn';
import { isAllTables, keyOf, spanOf, tableAt, tablesIn, type TableAccess } from './access.ts';
import type { FreeName, ScriptAnalysis, ScriptRead } from './analyse-script.ts';
import { builtInNames, vaultFunctions } from './known-names.ts';
import { blockScope, functionScope, isDeclared, isFunction, namesOf, scriptScope, type Scope } from './scope.ts';
import { childrenOf } from './tree.ts';
import type { VaultCall } from './vault-names.ts';

/** What is known around a node. */
interface Around {
  readonly scope: Scope;
  /** Tables that were asked about before; `all` within `try`. */
  readonly guarded: ReadonlySet<string> | 'all';
  /** Only whether it is there matters: a condition. */
  readonly tested: boolean;
  /** In the script itself, not in a function of it. */
  readonly top: boolean;
}

type Of<Type extends AnyNode['type']> = Extract<AnyNode, { readonly type: Type }>;

const knownNames = new Set([...builtInNames, ...vaultFunctions]);
/** What every object has, whatever its columns. */
const objectMembers = new Set(['hasOwnProperty', 'propertyIsEnumerable', 'toString', 'valueOf', 'isPrototypeOf', 'toLocaleString']);

/** Goes through a script once. Throws RangeError where it nests deeper than the stack. */
export function walkScript(program: Program, tables: ReadonlySet<string>): ScriptAnalysis {
  const reads: ScriptRead[] = [];
  const whole = new Set<string>();
  const mentioned = new Set<string>();
  const keyed: ScriptAnalysis['keyed'][number][] = [];
  const free: FreeName[] = [];
  const imports: ScriptAnalysis['imports'][number][] = [];
  const vaultCalls: VaultCall[] = [];
  let dynamic = false;
  let returns = false;

  const isTable = (name: string): boolean => tables.has(name) || !knownNames.has(name);

  const name = (node: Of<'Identifier'>, { scope }: Around, use: FreeName['use']): boolean => {
    if (isDeclared(node.name, scope)) return false;
    free.push({ name: node.name, span: spanOf(node), use });
    return true;
  };

  /** Notes the names by which a table is reached. */
  const mention = (node: AnyNode, table: TableAccess, around: Around): void => {
    if (isTable(table.alias) || !table.asName) mentioned.add(table.alias);
    if (!table.asName) keyed.push({ alias: table.alias, span: table.span });
    for (const at of [node, ...(node.type === 'ChainExpression' ? [node.expression] : [])])
      if (at.type === 'Identifier') name(at, around, 'read');
      else if (at.type === 'MemberExpression' && at.object.type === 'Identifier') name(at.object, around, 'read');
  };

  const touch = (table: TableAccess, tested: boolean): void => {
    if (!tested && (isTable(table.alias) || !table.asName)) whole.add(table.alias);
  };

  /** A member of a table, given by the node of the table. */
  const column = (tableNode: AnyNode, table: TableAccess, member: Of<'MemberExpression'>, around: Around, sure: boolean): void => {
    mention(tableNode, table, around);
    const key = keyOf(member);
    if (!key || objectMembers.has(key.text)) touch(table, false);
    if (member.computed) visit(member.property, { ...around, tested: false });
    if (!key || objectMembers.has(key.text) || (table.asName && !isTable(table.alias))) return;
    const guarded = sure || member.optional || around.guarded === 'all' || around.guarded.has(table.alias);
    const { alias, span: aliasSpan, asName } = table;
    reads.push({ alias, column: key.text, span: key.span, aliasSpan, asName, dotted: !member.computed, unguarded: !guarded });
  };

  const member = (node: Of<'MemberExpression'>, around: Around): void => {
    const table = tableAt(node.object, around.scope);
    if (table) {
      column(node.object, table, node, around, false);
      return;
    }
    const own = tableAt(node, around.scope);
    if (own) {
      mention(node, own, around);
      touch(own, around.tested);
      return;
    }
    if (isAllTables(node.object, around.scope)) dynamic = true;
    const { object } = node;
    // (Users ?? {}).mail
    if (object.type === 'LogicalExpression' && object.operator !== '&&') {
      const left = tableAt(object.left, around.scope);
      if (left) {
        column(object.left, left, node, around, true);
        visit(object.right, { ...around, tested: false });
        return;
      }
    }
    visit(object, { ...around, tested: false });
    if (node.computed) visit(node.property, { ...around, tested: false });
  };

  /** `const { mail, ...rest } = Users` */
  const destructure = (pattern: Of<'ObjectPattern'>, init: AnyNode, around: Around): boolean => {
    const table = tableAt(init, around.scope);
    const all = isAllTables(init, around.scope);
    if (!table && !all) return false;
    const keys = pattern.properties.map((property) =>
      property.type === 'Property'
        ? keyOf({ property: property.key, computed: property.computed || property.key.type === 'Literal' })
        : undefined,
    );
    if (table) mention(init, table, around);
    for (const key of keys) {
      if (table && key) {
        const unguarded = around.guarded !== 'all' && !around.guarded.has(table.alias);
        const { alias, span: aliasSpan, asName } = table;
        reads.push({ alias, column: key.text, span: key.span, aliasSpan, asName, dotted: true, unguarded });
      } else if (table) touch(table, false);
      else if (key) {
        keyed.push({ alias: key.text, span: key.span });
        touch({ alias: key.text, span: key.span, asName: false }, false);
      } else dynamic = true;
    }
    visit(pattern, around);
    return true;
  };

  const guard = (around: Around, condition: AnyNode): Around =>
    around.guarded === 'all'
      ? around
      : { ...around, guarded: new Set([...around.guarded, ...tablesIn(condition, around.scope, childrenOf)]) };

  const statements = (body: readonly AnyNode[], around: Around): void => {
    let at = around;
    for (const statement of body) {
      visit(statement, at);
      // if (!Users) return …
      if (statement.type === 'IfStatement' && leaves(statement.consequent)) at = guard(at, statement.test);
    }
  };

  const target = (node: AnyNode, around: Around, use: FreeName['use']): void => {
    switch (node.type) {
      case 'Identifier':
        name(node, around, use);
        return;
      case 'ObjectPattern':
        for (const property of node.properties) {
          if (property.type === 'Property' && property.computed) visit(property.key, around);
          target(property.type === 'Property' ? property.value : property.argument, around, use);
        }
        return;
      case 'ArrayPattern':
        for (const element of node.elements) if (element) target(element, around, use);
        return;
      case 'AssignmentPattern':
        target(node.left, around, use);
        {
          visit(node.right, { ...around, tested: false });
          return;
        }
      case 'RestElement': {
        target(node.argument, around, use);
        return;
      }
      default:
        visit(node, { ...around, tested: false });
    }
  };

  const visit = (node: AnyNode, around: Around): void => {
    const plain = around.tested ? { ...around, tested: false } : around;
    const tested = { ...around, tested: true };
    switch (node.type) {
      case 'Identifier': {
        if (!name(node, around, 'read')) return;
        const table = tableAt(node, around.scope);
        if (!table) dynamic ||= !around.tested;
        else if (isTable(table.alias)) {
          mentioned.add(table.alias);
          touch(table, around.tested);
        }
        return;
      }
      case 'MemberExpression': {
        member(node, around);
        return;
      }
      case 'ChainExpression': {
        visit(node.expression, around);
        return;
      }
      case 'Property':
        if (node.computed) visit(node.key, plain);
        {
          visit(node.value, plain);
          return;
        }
      case 'PropertyDefinition':
      case 'MethodDefinition':
        if (node.computed) visit(node.key, plain);
        if (node.value) visit(node.value, { ...plain, top: false });
        return;
      case 'UnaryExpression':
        if (node.operator === 'typeof' && node.argument.type === 'Identifier') {
          name(node.argument, around, 'asked');
          if (isTable(node.argument.name) && !isDeclared(node.argument.name, around.scope)) mentioned.add(node.argument.name);
          return;
        }
        {
          visit(node.argument, node.operator === '!' || node.operator === 'typeof' ? tested : plain);
          return;
        }
      case 'BinaryExpression': {
        const sides = isNothing(node.left) || isNothing(node.right) ? tested : plain;
        visit(node.left, sides);
        visit(node.right, sides);
        return;
      }
      case 'LogicalExpression':
        visit(node.left, node.operator === '&&' ? tested : around);
        {
          visit(node.right, guard(around, node.left));
          return;
        }
      case 'ConditionalExpression':
        visit(node.test, tested);
        visit(node.consequent, guard(around, node.test));
        {
          visit(node.alternate, guard(around, node.test));
          return;
        }
      case 'IfStatement':
        visit(node.test, tested);
        visit(node.consequent, guard(plain, node.test));
        if (node.alternate) visit(node.alternate, guard(plain, node.test));
        return;
      case 'WhileStatement':
      case 'DoWhileStatement':
        visit(node.test, tested);
        {
          visit(node.body, guard(plain, node.test));
          return;
        }
      case 'AssignmentExpression':
        target(node.left, around, node.operator === '=' ? 'assigned' : 'read');
        {
          visit(node.right, plain);
          return;
        }
      case 'UpdateExpression': {
        target(node.argument, around, 'read');
        return;
      }
      case 'VariableDeclarator':
        if (node.init && node.id.type === 'ObjectPattern' && destructure(node.id, node.init, plain)) return;
        visit(node.id, plain);
        if (node.init) visit(node.init, plain);
        return;
      case 'ObjectPattern':
      case 'ArrayPattern': {
        target(node, plain, 'read');
        return;
      }
      case 'ForInStatement':
      case 'ForOfStatement': {
        const inner = { ...plain, scope: blockScope([node.left], around.scope) };
        target(node.left, inner, 'assigned');
        visit(node.right, plain);
        visit(node.body, inner);
        return;
      }
      case 'ForStatement': {
        const inner = { ...plain, scope: blockScope(node.init ? [node.init] : [], around.scope) };
        for (const child of childrenOf(node)) visit(child, inner);
        return;
      }
      case 'BlockStatement':
      case 'StaticBlock': {
        statements(node.body, { ...plain, scope: blockScope(node.body, around.scope) });
        return;
      }
      case 'SwitchStatement': {
        visit(node.discriminant, plain);
        const inner = {
          ...guard(plain, node.discriminant),
          scope: blockScope(
            node.cases.flatMap(({ consequent }) => consequent),
            around.scope,
          ),
        };
        for (const part of node.cases) visit(part, inner);
        return;
      }
      case 'TryStatement':
        visit(node.block, node.handler ? { ...plain, guarded: 'all' } : plain);
        if (node.handler) visit(node.handler, plain);
        if (node.finalizer) visit(node.finalizer, plain);
        return;
      case 'CatchClause': {
        visit(node.body, { ...plain, scope: { names: new Set(node.param ? namesOf(node.param) : []), outer: around.scope } });
        return;
      }
      case 'ClassDeclaration':
      case 'ClassExpression': {
        const inner = { ...plain, scope: { names: new Set(node.id ? [node.id.name] : []), outer: around.scope } };
        if (node.superClass) visit(node.superClass, inner);
        visit(node.body, inner);
        return;
      }
      case 'WithStatement':
        visit(node.object, plain);
        dynamic = true;
        // Whatever stands within may be a member of the object.
        return;
      case 'LabeledStatement': {
        visit(node.body, plain);
        return;
      }
      case 'BreakStatement':
      case 'ContinueStatement':
      case 'MetaProperty':
        return;
      case 'ImportExpression':
        imports.push(spanOf(node));
        {
          visit(node.source, plain);
          return;
        }
      case 'CallExpression': {
        const call = isDeclared(vaultFunctionOf(node) ?? '', around.scope) ? undefined : vaultCallOf(node);
        if (call) vaultCalls.push(call);
        for (const child of childrenOf(node)) visit(child, plain);
        return;
      }
      case 'ReturnStatement':
        if (around.top && node.argument) returns = true;
        if (node.argument) visit(node.argument, plain);
        return;
      default:
        if (isFunction(node)) {
          const inner = { ...plain, scope: functionScope(node, around.scope), top: false };
          for (const parameter of node.params) visit(parameter, inner);
          visit(node.body, inner);
          return;
        }
        for (const child of childrenOf(node)) visit(child, plain);
    }
  };

  const { body } = program;
  statements(body, { scope: scriptScope(body), guarded: new Set(), tested: false, top: true });
  const only = body.length === 1 ? body[0] : undefined;
  return {
    problems: [],
    reads,
    aliases: [...whole],
    mentioned: [...mentioned],
    keyed,
    dynamic,
    free,
    returns,
    ...(only?.type === 'ExpressionStatement' && { expressionAt: only.start }),
    imports,
    vaultCalls,
    strict: body.some((statement) => statement.type === 'ExpressionStatement' && statement.directive === 'use strict'),
  };
}

function vaultFunctionOf({ callee }: Of<'CallExpression'>): string | undefined {
  return callee.type === 'Identifier' && vaultFunctions.includes(callee.name) ? callee.name : undefined;
}

function vaultCallOf(node: Of<'CallExpression'>): VaultCall | undefined {
  const name = vaultFunctionOf(node);
  if (name === undefined) return undefined;
  const byKey = name === 'vaultObjectExists';
  // What stands behind a spread has a place that only the run knows.
  const spread = node.arguments.findIndex(({ type }) => type === 'SpreadElement');
  const plain = spread < 0 ? node.arguments : node.arguments.slice(0, spread);
  const names = plain.slice(0, byKey ? 2 : 3).map((argument) => {
    const isOther = argument.type === 'SpreadElement' || (argument.type === 'Literal' && typeof argument.value !== 'string');
    return isOther ? undefined : keyOf({ property: argument, computed: true });
  });
  return { byKey, names };
}

function isNothing(node: AnyNode): boolean {
  return (
    (node.type === 'Literal' && node.value === null && node.raw === 'null') || (node.type === 'Identifier' && node.name === 'undefined')
  );
}

/** Whether what stands behind a statement is reached only without it. */
function leaves(node: AnyNode): boolean {
  if (node.type === 'ReturnStatement' || node.type === 'ThrowStatement' || node.type === 'ContinueStatement') return true;
  return node.type === 'BlockStatement' && node.body.some(leaves);
}
