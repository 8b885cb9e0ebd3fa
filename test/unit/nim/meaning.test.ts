import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFilter } from '../../../engine/model/filter/compile.ts';
import type { NimExpression, NimItem, NimReference, NimStart } from '../../../engine/model/nim/nim-filter.ts';
import { readNimFilter } from '../../../engine/model/nim/read-filter.ts';
import { vaultTableName, type Catalog } from '../../../engine/model/system/catalog.ts';
import { bindInWorkspace } from '../../../engine/model/workspace/filter-library.ts';
import { sqlFunctions } from '../../../engine/run/filter/sql-functions.ts';
import { all, named, parameters } from './arbitrary.ts';
import { dataColumn, nimFilter, start } from './nim-json.ts';
import { exported, imported, workspaceOf } from './round-trip.ts';

type Value = string | number | null;
type Row = Readonly<Record<string, Value>>;
type Vault = Readonly<Record<string, readonly Row[]>>;

const today = '2026-05-10';
const given = { word: 'd', count: 3 } as const;

/** Which rows a filter of NIM keeps, row by row as its items say; written without a look at how importing does it. */
function kept(root: NimStart, vault: Vault): ReadonlySet<Value> {
  const holds = (item: NimItem, row: Row, table: string): boolean => {
    switch (item.type) {
      case 'expression':
        return compares(item, row);
      case 'and':
        return item.children.every((child) => holds(child, row, table));
      case 'or':
        return item.children.length === 0 || item.children.some((child) => holds(child, row, table));
      case 'reference': {
        if (item.option === 'any-none') return true;
        const found = related(item, row, vault).some((other) => item.children.every((child) => holds(child, other, item.table)));
        return item.option === 'no' ? !found : found;
      }
    }
  };
  const rows = vault[root.table] ?? [];
  return new Set(rows.filter((row) => root.children.every((child) => holds(child, row, root.table))).map((row) => row['number'] ?? null));
}

const keys: Readonly<Record<string, string>> = { persons: 'number', departments: 'code', accounts: 'guid', groups: 'guid' };

function related({ relation, table }: NimReference, row: Row, vault: Vault): readonly Row[] {
  const others = vault[table] ?? [];
  const same = (one: Value | undefined, other: Value | undefined): boolean => one !== null && one !== undefined && one === other;
  switch (relation.kind) {
    case 'n-1':
      return others.filter((other) => same(row[relation.field], other[keys[table] ?? '']));
    case '1-n':
      return others.filter((other) => same(other[relation.field], row['number'] ?? row['code'] ?? row['guid']));
    case 'inter-system':
      return others.filter((other) => same(row[relation.near], other[relation.far]));
    case 'link':
      return (vault[relation.table] ?? []).flatMap((link) =>
        same(link[relation.near], row['guid']) ? others.filter((other) => same(link[relation.far], other['guid'])) : [],
      );
  }
}

/** A comparison with what is not there holds for nobody, whichever way round it is asked. */
function compares(item: NimExpression, row: Row): boolean {
  const value = item.leftIsParameter ? given.word : (row[item.field] ?? null);
  const there = value !== null && value !== '';
  const name = item.function;
  if (name === 'exists') return there;
  if (name === 'not exists') return !there;
  if (name === '>= today or not exists' && !there) return true;
  if (value === null) return false;
  const { operand } = item;
  const wanted = operand.kind === 'parameter' ? given[operand.name as 'word' | 'count'] : (operand.value ?? '');
  const [left, right] = [String(value), String(typeof wanted === 'boolean' ? Number(wanted) : wanted)];
  const [low, lowRight] = [left.toLowerCase(), right.toLowerCase()];
  const list = right.split(',').map((part) => part.trim());
  const [number, limit] = [Number(left), Number(right)];
  switch (name) {
    case 'equals':
      return left === right;
    case 'not equals':
      return left !== right;
    case 'equals (ci)':
      return low === lowRight;
    case 'not equals (ci)':
      return low !== lowRight;
    case 'contains (ci)':
      return low.includes(lowRight);
    case 'not contains (ci)':
      return !low.includes(lowRight);
    case 'in':
      return list.includes(left);
    case 'not in':
      return !list.includes(left);
    case 'greater than':
      return number > limit;
    case 'smaller than':
      return number < limit;
    case '<= today':
      return left <= today;
    case '<= today + [days]':
      return left <= new Date(Date.parse(today) + limit * 86_400_000).toISOString().slice(0, 10);
    case '>= today or not exists':
      return left >= today;
    default:
      throw new Error(`no such function: ${name}`);
  }
}

const text = fc.constantFrom('a', 'A', 'B', 'x y', 'd', '', null);
const id = fc.constantFrom('1', '2', '3', null);
const whole = fc.integer({ min: 1, max: 3 }).map(String);
const distinct = <Of extends Row>(rows: fc.Arbitrary<Of>, key: string): fc.Arbitrary<readonly Of[]> =>
  fc.uniqueArray(rows, { selector: (row) => row[key], maxLength: 4 });

const vaults: fc.Arbitrary<Vault> = fc.record({
  persons: distinct(
    fc.record({
      number: whole,
      name: text,
      active: fc.constantFrom(0, 1, null),
      hours: fc.constantFrom(0, 2, 3, 40, null),
      leaves: fc.constantFrom('2026-05-09', '2026-05-10', '2026-05-12', null),
      note: text,
      department: id,
    }),
    'number',
  ),
  departments: distinct(fc.record({ code: whole, title: text, above: id }), 'code'),
  phones: fc.array(fc.record({ person: id, phone: text, kind: text }), { maxLength: 5 }),
  accounts: distinct(fc.record({ guid: whole, login: text, employee: id, enabled: fc.constantFrom(0, 1, null) }), 'guid'),
  groups: distinct(fc.record({ guid: whole, title: text, owner: id }), 'guid'),
  members: fc.array(fc.record({ group: id, account: id }), { maxLength: 5 }),
});

function database(catalog: Catalog, vault: Vault): Database.Database {
  const made = new Database(':memory:');
  for (const { name, deterministic, call } of sqlFunctions) made.function(name, { deterministic, varargs: true }, call);
  const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
  for (const { system, table, columns } of catalog.tables) {
    const name = quote(vaultTableName(system, table));
    made.exec(`create table ${name} (${columns.map((column) => quote(column.name)).join(', ')})`);
    const insert = made.prepare(`insert into ${name} values (${columns.map(() => '?').join(', ')})`);
    for (const row of vault[table] ?? []) {
      const cells = columns.map((column) => row[column.name] ?? null);
      insert.run(cells.map((cell) => (typeof cell === 'number' ? BigInt(cell) : cell)));
    }
  }
  return made;
}

describe('the meaning of a filter of NIM', () => {
  it('its text keeps the rows that its items keep', () => {
    fc.assert(
      fc.property(all('persons', 3), vaults, (item, vault) => {
        fc.pre(!JSON.stringify(item).includes('"gone"'));
        let count = 0;
        const filter = nimFilter(
          'F',
          named(start('Staff', 'persons', [item]), () => `t${++count}`),
          [dataColumn('persons.number')],
          { params: parameters, group: { enabled: true, count: 1, field: 'persons.number' } },
        );
        const workspace = workspaceOf(imported([filter]));
        const document = workspace.filters.get('F')?.model;
        if (!document) throw new Error('no filter');
        const { query, problems } = compileFilter(bindInWorkspace(document, workspace), {
          parameters: new Map(Object.entries(given)),
          today,
        });
        if (!query) throw new Error(`${document.text}\n${problems.map(({ message }) => message).join('\n')}`);
        const made = database(workspace.catalog, vault);
        const rows = made
          .prepare(query.sql)
          .raw()
          .all(...query.parameters) as Value[][];
        made.close();
        const read = readNimFilter(filter).start;
        if (!read) throw new Error('no start');
        const wanted = kept(read, vault);
        expect(new Set(rows.map(([number]) => number)), document.text).toEqual(wanted);
        // What goes back to NIM means the same there.
        const back = readNimFilter(exported(workspace, 'F').data).start;
        expect(back && kept(back, vault), document.text).toEqual(wanted);
      }),
      { numRuns: 400 },
    );
  });
});
