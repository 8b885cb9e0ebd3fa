import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFilter } from '../../../engine/model/filter/compile.ts';
import type { NimExpression, NimItem, NimReference, NimStart } from '../../../engine/model/nim/nim-filter.ts';
import { readNimFilter } from '../../../engine/model/nim/read-filter.ts';
import { bindInWorkspace } from '../../../engine/model/workspace/filter-library.ts';
import { all, named, parameters } from './arbitrary.ts';
import { dataColumn, nimFilter, start } from '../../support/nim-json.ts';
import { exported, imported, workspaceOf } from './round-trip.ts';
import { database, vaults, type Row, type Value, type Vault } from './small-vault.ts';

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
