import { describe, expect, test } from 'vitest';
import { getOperation, type Operation } from '../../../engine/model/connector/connector.ts';
import { textOf, type HttpResponse } from '../../../engine/run/http/message.ts';
import type { RehearsedMapping, RehearsedTable } from '../../../engine/run/rehearsal-report.ts';
import { listAnswer } from '../../../engine/run/rehearse/list-answer.ts';
import { lostRows } from '../../../engine/run/rehearse/lost-rows.ts';
import { judge } from '../../../engine/run/rehearse/verdict.ts';
import type { Cell } from '../../../engine/run/records.ts';
import { openVault } from '../../../engine/run/vault/open-vault.ts';
import type { Vault } from '../../../engine/run/vault/vault.ts';
import { connectorOf } from './support.ts';
import { evidenceOf } from '../../support/evidence.ts';

describe('an answer with a list', () => {
  const operationWith = (field: string | undefined): Operation => {
    const connector = connectorOf({
      schema: {
        crud_objects: {
          people: {
            operations: {
              people_get: {
                method: 'get',
                call: { mode: 'normal' },
                ...(field !== undefined && { processing_options: { output_field: field } }),
              },
            },
          },
        },
      },
    });
    const [table] = connector.tables;
    const operation = table && getOperation(table);
    if (!operation) throw new Error('no operation');
    return operation;
  };
  const answer = (text: string): HttpResponse => ({
    status: 200,
    headers: { 'content-type': 'application/json', link: '<https://x/2>; rel="next"' },
    body: Buffer.from(text),
  });

  test('keeps everything that is not changed, digit by digit', () => {
    const list = listAnswer(
      answer('{"data":{"rows":[{"id":12345678901234567890,"n":1.50}]},"total":7,"at":1e3}'),
      operationWith('data.rows'),
    );
    expect(list).toMatchObject({ total: 7, rows: [expect.anything()] });
    expect(textOf(list?.with({ total: 14 }) ?? answer(''))).toBe(
      '{"data":{"rows":[{"id":12345678901234567890,"n":1.50}]},"total":14,"at":1e3}',
    );
    expect(textOf(list?.with({ rows: [] }) ?? answer(''))).toBe('{"data":{"rows":[]},"total":7,"at":1e3}');
  });

  test('says that it is the last one in every way an API says so', () => {
    const body = {
      rows: [{ nextStep: 'stay' }],
      paging: { nextLink: 'https://x/2', hasMore: true, last: false },
      '@odata.nextLink': 'y',
      cursor: 'c',
    };
    const last = listAnswer(answer(JSON.stringify(body)), operationWith('rows'))?.with({ last: true });
    expect(JSON.parse(textOf(last ?? answer('')))).toEqual({
      rows: [{ nextStep: 'stay' }],
      paging: { nextLink: null, hasMore: false, last: true },
      '@odata.nextLink': null,
      cursor: null,
    });
    expect(last?.headers).not.toHaveProperty('link');
    const other = listAnswer(
      answer(
        '{"rows":[],"at":1e3,"next_page":2,"meta":{"total_pages":4,"x":2.0},"_links":{"next":{"href":"/2"}},"links":[{"rel":"self","href":"/1"},{"rel":"next","href":"/2"}]}',
      ),
      operationWith('rows'),
    )?.with({ last: true });
    expect(textOf(other ?? answer(''))).toBe(
      '{"rows":[],"at":1e3,"next_page":null,"meta":{"total_pages":1,"x":2.0},"_links":{"next":null},"links":[{"rel":"self","href":"/1"}]}',
    );
  });

  test('changes the total wherever a collection looks for it', () => {
    const list = listAnswer(
      answer('{"data":{"rows":[{"total":3}],"total":9},"meta":{"pagination":{"total_count":"9"}},"summary":{"total":1}}'),
      operationWith('data.rows'),
    );
    expect(textOf(list?.with({ total: 5 }) ?? answer(''))).toBe(
      '{"data":{"rows":[{"total":3}],"total":5},"meta":{"pagination":{"total_count":5}},"summary":{"total":1}}',
    );
  });

  test('is none where the operation has no rows', () => {
    expect(listAnswer(answer('[1]'), operationWith(undefined))?.rows).toEqual([1]);
    for (const text of ['{"rows":{}}', '<a/>', '', '{"other":[]}'])
      expect(listAnswer(answer(text), operationWith('rows')), text).toBeUndefined();
    expect(listAnswer({ ...answer('[]'), status: 500 }, operationWith(undefined))).toBeUndefined();
    expect(listAnswer(answer('[]'), undefined)).toBeUndefined();
  });
});

test('rows are lost by their key, or as a whole without one', () => {
  const filled = (rows: readonly (readonly Cell[])[]): Vault => {
    const vault = openVault(':memory:');
    const staging = vault.stage('hr', 'people', [
      { name: 'id', type: 'text' },
      { name: 'name', type: 'text' },
    ]);
    staging.add(rows);
    staging.commit(evidenceOf(rows.length));
    return vault;
  };
  const name = { system: 'hr', table: 'people' };
  const before = filled([
    ['1', 'a'],
    ['2', 'b'],
    ['2', 'c'],
    ['3', 'd'],
  ]);
  const after = filled([
    ['2', 'b'],
    ['2', 'x'],
    ['1', 'renamed'],
  ]);
  expect(lostRows(before, after, name, 'id')).toBe(1);
  expect(lostRows(before, after, name, undefined)).toBe(3);
  expect(lostRows(before, before, name, undefined)).toBe(0);
  expect(lostRows(before, filled([]), name, 'id')).toBe(3);
  before.close();
  after.close();
});

describe('the verdict', () => {
  const table = (more: Partial<RehearsedTable>): RehearsedTable => ({
    table: 'people',
    rowsBefore: 10,
    rowsAfter: 10,
    lost: 0,
    deletesAllowed: true,
    outcome: { system: 'hr', table: 'people', state: 'collected' },
    ...more,
  });
  const mapping = (more: Partial<RehearsedMapping>): RehearsedMapping => ({
    mapping: 'Leavers',
    creates: 0,
    updates: 0,
    deletes: 0,
    deletesWrong: 0,
    deletesWithheld: 0,
    guards: [],
    ...more,
  });
  const clean = [mapping({})];

  test('is not safe for a table that lost rows while deletes may rest on it', () => {
    expect(judge(1, [table({ lost: 2 })], [], clean)).toEqual({
      safe: false,
      verdict: 'Not safe: people lost 2 rows unnoticed, and deletes may rest on it.',
    });
    expect(judge(1, [table({ lost: 2, deletesAllowed: false })], [], clean)).toEqual({
      safe: true,
      verdict: 'No wrong delete: no delete may rest on people.',
    });
  });

  test('is not safe for a wrong delete that no guard stops, nor where the guard stops clean data, too', () => {
    const wrong = mapping({ deletes: 3, deletesWrong: 3 });
    expect(judge(1, [table({})], [wrong], clean)).toMatchObject({ safe: false, verdict: 'Not safe: Leavers would wrongly delete 3.' });
    expect(judge(1, [table({})], [{ ...wrong, guards: ['stop'] }], clean)).toMatchObject({
      safe: true,
      verdict: 'No wrong delete: only the guard keeps Leavers from 3 wrong deletes.',
    });
    expect(judge(1, [table({})], [{ ...wrong, guards: ['stop'] }], [mapping({ guards: ['stop'] })]).safe).toBe(false);
  });

  test('names creates that clean data would not bring, and what did not strike', () => {
    expect(
      judge(1, [table({ outcome: { system: 'hr', table: 'people', state: 'held-back' } })], [mapping({ creates: 4 })], clean).verdict,
    ).toBe('No wrong delete: people was held back and stayed as before; Leavers would create 4 more than from clean data.');
    expect(judge(0, [table({})], [mapping({})], clean)).toEqual({ safe: true, verdict: 'The recording gave it no chance.' });
  });
});
