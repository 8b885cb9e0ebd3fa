import type { AnyNode, ClassBody, Expression, Pattern, Program } from 'acorn';
import type { LibraryFile } from './library.ts';
import { parseScript } from './parse-script.ts';

/** What a script can name behind `<Name>.` of a library. */
export interface LibraryMember {
  readonly name: string;
  readonly kind: 'method' | 'property';
  /** As it is called: `fullName(first, last = '')`; of a property its name alone. */
  readonly signature: string;
}

const memory = new WeakMap<LibraryFile, readonly LibraryMember[]>();

/**
 * The members of the value that a library returns, as far as its text shows them: static ones of a class, those of an object that is written out, those of
 * `new` of a class of the library. None where the text cannot be read, or makes the value in another way.
 */
export function libraryMembers(file: LibraryFile): readonly LibraryMember[] {
  const known = memory.get(file);
  if (known) return known;
  const parsed = parseScript(file.text);
  const members = 'program' in parsed ? unique(membersOf(returned(parsed.program), parsed, file.text, 0)) : [];
  memory.set(file, members);
  return members;
}

interface Parsed {
  readonly program: Program;
}

/** What the last `return` at the top gives. */
function returned({ body }: Program): Expression | undefined {
  const last = (body as readonly AnyNode[]).findLast((node) => node.type === 'ReturnStatement');
  return last?.type === 'ReturnStatement' ? (last.argument ?? undefined) : undefined;
}

function membersOf(value: AnyNode | undefined, parsed: Parsed, text: string, depth: number): readonly LibraryMember[] {
  if (!value || depth > 5) return [];
  switch (value.type) {
    case 'Identifier':
      return membersOf(declared(parsed.program, value.name), parsed, text, depth + 1);
    case 'ClassExpression':
    case 'ClassDeclaration':
      return ofClass(value, true, parsed, text, depth);
    case 'NewExpression': {
      const of = value.callee.type === 'Identifier' ? declared(parsed.program, value.callee.name) : value.callee;
      return of?.type === 'ClassDeclaration' || of?.type === 'ClassExpression' ? ofClass(of, false, parsed, text, depth) : [];
    }
    case 'ObjectExpression':
      return value.properties.flatMap((property): readonly LibraryMember[] => {
        if (property.type === 'SpreadElement') return membersOf(property.argument, parsed, text, depth + 1);
        const name = property.computed ? undefined : nameOf(property.key);
        return name === undefined ? [] : [memberOf(name, resolved(property.value, parsed), text)];
      });
    case 'CallExpression': {
      // Object.freeze({ … }) is the object.
      const { callee } = value;
      const isFreeze = callee.type === 'MemberExpression' && text.slice(callee.start, callee.end) === 'Object.freeze';
      return isFreeze ? membersOf(value.arguments[0], parsed, text, depth + 1) : [];
    }
    default:
      return [];
  }
}

function ofClass(
  of: { readonly superClass?: Expression | null; readonly body: ClassBody },
  statics: boolean,
  parsed: Parsed,
  text: string,
  depth: number,
): readonly LibraryMember[] {
  const own = of.body.body.flatMap((node): readonly LibraryMember[] => {
    if (node.type !== 'MethodDefinition' && node.type !== 'PropertyDefinition') return [];
    const name = node.computed ? undefined : nameOf(node.key);
    if (name === undefined || node.static !== statics || (node.type === 'MethodDefinition' && node.kind === 'constructor')) return [];
    const isRead = node.type === 'MethodDefinition' && node.kind !== 'method';
    return [isRead ? { name, kind: 'property', signature: name } : memberOf(name, node.value ?? undefined, text)];
  });
  const base = of.superClass?.type === 'Identifier' ? declared(parsed.program, of.superClass.name) : undefined;
  const isClass = base?.type === 'ClassDeclaration' || base?.type === 'ClassExpression';
  return [...own, ...(isClass && depth < 5 ? ofClass(base, statics, parsed, text, depth + 1) : [])];
}

function memberOf(name: string, value: AnyNode | null | undefined, text: string): LibraryMember {
  const isFunction =
    value?.type === 'FunctionExpression' || value?.type === 'ArrowFunctionExpression' || value?.type === 'FunctionDeclaration';
  if (!isFunction) return { name, kind: 'property', signature: name };
  const parameters = value.params.map((one: Pattern) => text.slice(one.start, one.end).replace(/\s+/g, ' '));
  return { name, kind: 'method', signature: `${name}(${parameters.join(', ')})` };
}

function resolved(value: AnyNode, { program }: Parsed): AnyNode | undefined {
  return value.type === 'Identifier' ? declared(program, value.name) : value;
}

/** What a name at the top of the library stands for: a class, a function, or the value of a variable. */
function declared({ body }: Program, name: string): AnyNode | undefined {
  for (const node of body) {
    if ((node.type === 'ClassDeclaration' || node.type === 'FunctionDeclaration') && node.id.name === name) return node;
    if (node.type !== 'VariableDeclaration') continue;
    for (const { id, init } of node.declarations) if (id.type === 'Identifier' && id.name === name) return init ?? undefined;
  }
  return undefined;
}

/** Private names are none that a script can reach. */
function nameOf(key: AnyNode): string | undefined {
  if (key.type === 'Identifier') return key.name;
  return key.type === 'Literal' && typeof key.value === 'string' ? key.value : undefined;
}

function unique(members: readonly LibraryMember[]): readonly LibraryMember[] {
  return members.filter(({ name }, i) => members.findIndex((one) => one.name === name) === i);
}
