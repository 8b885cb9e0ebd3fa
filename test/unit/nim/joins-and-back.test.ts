import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { compileFilter } from '../../../engine/model/filter/compile.ts';
import { importWorkspace } from '../../../engine/model/nim/import-workspace.ts';
import { bindInWorkspace } from '../../../engine/model/workspace/filter-library.ts';
import type { Workspace } from '../../../engine/model/workspace/workspace.ts';
import { nimExport } from '../../support/nim-shop.ts';
import { exported, exportOf, imported, workspaceOf } from './round-trip.ts';
import { database, vaults, type Vault } from './small-vault.ts';

/** A table that a filter joins, under its name there. */
interface Joined {
  readonly alias: string;
  readonly table: string;
}

const systems: Readonly<Record<string, string>> = { accounts: 'Directory', groups: 'Directory', members: 'Directory' };
const keys: Readonly<Record<string, string>> = {
  persons: 'number',
  departments: 'code',
  phones: 'phone',
  accounts: 'guid',
  groups: 'guid',
  members: 'account',
};
const relations = (
  [
    ['persons', 'department', 'departments', 'code'],
    ['phones', 'person', 'persons', 'number'],
    ['persons', 'number', 'accounts', 'employee'],
    ['groups', 'owner', 'accounts', 'guid'],
    ['members', 'group', 'groups', 'guid'],
    ['members', 'account', 'accounts', 'guid'],
  ] as const
).flatMap(([table, column, other, otherColumn]) => [
  { from: table, near: column, to: other, far: otherColumn },
  { from: other, near: otherColumn, to: table, far: column },
]);
const conditions: Readonly<Record<string, (alias: string) => string>> = {
  persons: (alias) => ` and ${alias}.name = 'a'`,
  departments: (alias) => ` and ${alias}.title <> 'B'`,
  accounts: (alias) => ` and ${alias}.enabled = true`,
  groups: (alias) => ` and exists(${alias}.title)`,
};

/** Numbers that choose what a filter says, so that each table finds one before it. */
const choices = fc.array(fc.nat(1_000), { minLength: 40, maxLength: 40 });

/** A filter of plain, left and anti joins, some in brackets; each goes from any table before it. */
function write(numbers: readonly number[]): string {
  let at = 0;
  const pick = <Of>(from: readonly Of[]): Of => from[(numbers[at++] ?? 0) % from.length] as Of;
  let count = 0;
  const first = { alias: 't0', table: pick(['persons', 'accounts']) };
  const named = ({ alias, table }: Joined): string => `${systems[table] ?? 'Staff'}.${table} as ${alias}`;
  const join = (before: Joined[], depth: number): string => {
    const near = pick(before);
    const relation = pick(relations.filter(({ from }) => from === near.table));
    const joined = { alias: `t${++count}`, table: relation.to };
    const mode = pick(['', '', 'left ', 'left ', 'left ', 'anti ']);
    const more = pick([true, false, false]) ? (conditions[joined.table]?.(joined.alias) ?? '') : '';
    const on = `${joined.alias}.${relation.far} = ${near.alias}.${relation.near}${more}`;
    const own = [joined];
    const inside = depth > 0 && pick([true, false]) ? Array.from({ length: pick([1, 2]) }, () => join(own, depth - 1)) : [];
    if (mode !== 'anti ') before.push(...own);
    return `${mode}join ${inside.length > 0 ? `(${named(joined)} ${inside.join(' ')})` : named(joined)} on ${on}`;
  };
  const before = [first];
  const joins = Array.from({ length: 1 + pick([0, 1, 2, 3]) }, () => join(before, 2));
  const columns = before.map(({ alias, table }) => `${alias}.${keys[table] ?? ''} as ${alias}`);
  return `select ${columns.join(', ')}\nfrom ${named(first)}\n${joins.join('\n')}`;
}

function rowsOf(workspace: Workspace, vault: Vault): readonly string[] {
  const document = workspace.filters.get('F')?.model;
  if (!document) throw new Error('no filter');
  const { query, problems } = compileFilter(bindInWorkspace(document, workspace), { parameters: new Map(), today: '2026-05-10' });
  if (!query) throw new Error(`${document.text}\n${problems.map(({ message }) => message).join('\n')}`);
  const made = database(workspace.catalog, vault);
  const rows = made.prepare(query.sql).all(...query.parameters) as Record<string, unknown>[];
  made.close();
  return rows.map((row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => a.localeCompare(b)))).sort();
}

function workspaceWith(text: string): Workspace {
  return workspaceOf({ files: new Map([...imported([]).files, ['filters/F.filter', text]]) });
}

let sayable = 0;

describe('joins of any shape, exported', () => {
  it('give the same rows when they are imported again, or are refused', () => {
    fc.assert(
      fc.property(choices, vaults, (numbers, vault) => {
        const text = write(numbers);
        const workspace = workspaceWith(text);
        const { data } = exported(workspace, 'F');
        if (!data) return;
        sayable++;
        const again = workspaceOf(importWorkspace(exportOf(nimExport([data]))));
        expect(rowsOf(again, vault), `${text}\n\n${again.filters.get('F')?.model.text ?? ''}`).toEqual(rowsOf(workspace, vault));
      }),
      { numRuns: 600 },
    );
  });
  afterAll(() => {
    expect(sayable).toBeGreaterThan(200);
  });
});
