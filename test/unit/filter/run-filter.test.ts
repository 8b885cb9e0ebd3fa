import { describe, expect, it } from 'vitest';
import { runFilter } from '../../../engine/run/filter/run-filter.ts';
import { sqlFunctions } from '../../../engine/run/filter/sql-functions.ts';
import type { Query, Vault } from '../../../engine/run/vault/vault.ts';
import { compileText } from './vault.ts';

function fakeVault(collected: readonly string[], asked: Query[]): Vault {
  const refuse = (): never => {
    throw new Error('A filter only reads.');
  };
  return {
    tables: () => [],
    table: (system, table) => (collected.includes(`${system}.${table}`) ? ({ system, table } as ReturnType<Vault['table']>) : undefined),
    stage: refuse,
    together: refuse,
    noteAttempt: refuse,
    *query(query) {
      asked.push(query);
      yield { mail: 'x' };
    },
    explain: () => [],
    close: refuse,
  };
}

describe('running a compiled filter', () => {
  const text = 'select p.mail from hr.persons p anti join directory.users u';
  it('asks the vault for its rows', () => {
    const asked: Query[] = [];
    const compiled = compileText(text);
    expect([...runFilter(compiled, fakeVault(['hr.persons', 'directory.users'], asked))]).toEqual([{ mail: 'x' }]);
    expect(asked).toEqual([compiled.query]);
  });
  it('names the table that was not collected, also an anti-joined one', () => {
    expect(() => runFilter(compileText(text), fakeVault(['hr.persons'], []))).toThrow(
      expect.objectContaining({
        code: 'not-collected',
        subject: 'directory',
        message: expect.stringContaining('directory.users') as string,
      }),
    );
  });
  it('refuses a filter with errors', () => {
    expect(() => runFilter(compileText('parameter x text select p.mail from hr.persons p'), fakeVault([], []))).toThrow(
      expect.objectContaining({ code: 'file-broken', message: 'The parameter "x" has no default and was given no value.' }),
    );
  });
});

describe('functions the vault registers', () => {
  const call = (name: string, value: unknown): unknown => sqlFunctions.find((one) => one.name === name)?.call(value);
  it.each([
    ['sollist_fold', 'ÄÖÜ', 'äöü'],
    ['sollist_fold', 'Stra\u1E9Ee', 'strasse'],
    ['sollist_fold', 'ΣΊΣΥΦΟΣ', 'σίσυφοσ'],
    ['sollist_fold', 'u\u0308', 'ü'],
    ['sollist_fold', null, null],
    ['sollist_fold', 7n, 7n],
    ['sollist_fold', new Uint8Array(), null],
    ['sollist_lower', 'ÄB', 'äb'],
    ['sollist_upper', 'äb', 'ÄB'],
  ])('%s(%s)', (name, value, expected) => {
    expect(call(name, value)).toBe(expected);
  });
});
