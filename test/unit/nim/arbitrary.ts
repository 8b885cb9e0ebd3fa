import fc from 'fast-check';
import { between, expression, group, link, manyToOne, oneToMany, type Item, type Table } from '../../support/nim-json.ts';

/** Each alias is there once, as in NIM. */
export function named(item: Item, next: () => string): Item {
  const isReference = item.core['type'] === 'reference';
  const core = isReference ? { ...item.core, colrefname: next() } : item.core;
  return { core, children: (item.children ?? []).map((child) => named(child, next)) };
}

const fields: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  persons: [
    ['name', 'text'],
    ['hours', 'number'],
    ['active', 'boolean'],
    ['leaves', 'date'],
  ],
  departments: [['title', 'text']],
  phones: [['kind', 'text']],
  accounts: [
    ['login', 'text'],
    ['enabled', 'boolean'],
  ],
  groups: [['title', 'text']],
};

const word = fc.constantFrom('a', 'B', "o'k", 'x y', '--', 'Österreich', '');
function condition(table: string): fc.Arbitrary<Item> {
  return fc.constantFrom(...(fields[table] ?? [])).chain(([field, type]) => {
    const parameter = fc.constantFrom({ parameter: 'word' }, { parameter: 'gone' });
    const plain = fc.constantFrom('exists', 'not exists').map((name) => expression(field, name));
    if (type === 'number') {
      const compared = fc
        .tuple(
          fc.constantFrom('equals', 'not equals', 'greater than', 'smaller than'),
          fc.oneof(fc.integer({ min: -9, max: 99 }), fc.constant({ parameter: 'count' })),
        )
        .map(([name, operand]) => expression(field, name, operand));
      return fc.oneof(plain, compared, fc.constant(expression(field, 'in', '1, 2,3')));
    }
    if (type === 'boolean')
      return fc.oneof(
        plain,
        fc.boolean().map((value) => expression(field, 'equals', value)),
      );
    if (type === 'date') {
      const days = fc.integer({ min: -3, max: 3 }).map((value) => expression(field, '<= today + [days]', value));
      return fc.oneof(
        plain,
        days,
        fc.constantFrom('<= today', '>= today or not exists').map((name) => expression(field, name)),
      );
    }
    const compared = fc
      .tuple(fc.constantFrom('equals', 'equals (ci)', 'not equals (ci)', 'contains (ci)', 'not contains (ci)'), fc.oneof(word, parameter))
      .map(([name, operand]) => expression(field, name, operand));
    const list = fc
      .tuple(fc.constantFrom('in', 'not in'), fc.constantFrom('a', 'a,b', ' a , c '))
      .map(([name, operand]) => expression(field, name, operand));
    const parameterFirst = fc.constant(expression('word', 'equals (ci)', 'on', { param_expression: true, param_name: 'word' }));
    return fc.oneof(plain, compared, list, parameterFirst);
  });
}

type Make = (option: string, children: readonly Item[]) => Item;

/** The relations from each table, with the table each leads to. */
const relations: Readonly<Record<string, readonly (readonly [to: string, make: Make])[]>> = {
  persons: [
    ['departments', (option, children) => manyToOne(option, 'department', table('departments'), children)],
    ['phones', (option, children) => oneToMany(option, 'person', table('phones'), children)],
    ['accounts', (option, children) => between(option, 'number', 'employee', table('accounts'), children)],
  ],
  departments: [['persons', (option, children) => oneToMany(option, 'department', table('persons'), children)]],
  phones: [['persons', (option, children) => manyToOne(option, 'person', table('persons'), children)]],
  accounts: [
    ['persons', (option, children) => between(option, 'employee', 'number', table('persons'), children)],
    ['groups', (option, children) => link(option, ['Directory', 'members'], 'account', 'group', table('groups'), children)],
  ],
  groups: [['accounts', (option, children) => manyToOne(option, 'owner', table('accounts'), children)]],
};

function table(name: string): Table {
  return [['accounts', 'groups'].includes(name) ? 'Directory' : 'Staff', name];
}

function reference(from: string, depth: number, options: readonly string[]): fc.Arbitrary<Item> {
  return fc
    .constantFrom(...(relations[from] ?? []))
    .chain(([to, make]) => fc.tuple(fc.constantFrom(...options), below(to, depth - 1)).map(([option, children]) => make(option, children)));
}

function below(name: string, depth: number): fc.Arbitrary<readonly Item[]> {
  if (depth <= 0) return fc.constant([]);
  return fc.array(all(name, depth), { maxLength: 1 });
}

export function all(name: string, depth: number): fc.Arbitrary<Item> {
  const leaf = condition(name);
  if (depth <= 0) return leaf;
  return fc.oneof(
    leaf,
    reference(name, depth, ['any', 'any-none', 'no']),
    fc.array(all(name, depth - 1), { minLength: 1, maxLength: 3 }).map((children) => group('and', children)),
    fc.array(any(name, depth - 1), { minLength: 1, maxLength: 3 }).map((children) => group('or', children)),
  );
}

/** What may stand below an "or": a relation there is one that must match. */
function any(name: string, depth: number): fc.Arbitrary<Item> {
  const leaf = condition(name);
  if (depth <= 0) return leaf;
  return fc.oneof(
    leaf,
    reference(name, depth, ['any', 'no', 'any-none']),
    fc.array(any(name, depth - 1), { minLength: 1, maxLength: 3 }).map((children) => group('and', children)),
  );
}

export const parameters = [
  { param_name: 'word', param_category: 'input', data_type: 'string', default_value: 'd', description: 'A word', variable_name: '' },
  { param_name: 'count', param_category: 'variable', data_type: 'number', default_value: '3', description: '', variable_name: 'counted' },
];
