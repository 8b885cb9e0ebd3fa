import { describe, expect, test } from 'vitest';
import { rowText } from '../../client/webviews/run/details/find-in-cut.ts';
import { laidOut, parseJson } from '../../client/webviews/run/details/json-text.ts';
import { useLab } from './lab.ts';
import { pageOf } from './samples.ts';
import { withTables } from './samples-tables.ts';
import { dark, light } from './themes.ts';

const open = useLab();

describe('a row in a text that was cut', () => {
  const text = '{ "n\\"x": "}]", "data": {"more": [1, {"a": "]"}], "items": [ {"id": 1, "t": "a\\"}"} , {"id": 2}, [3], 4, {"id": 5';
  test.each([
    [0, '{"id": 1, "t": "a\\"}"}'],
    [1, '{"id": 2}'],
    [2, '[3]'],
    [3, '4'],
    [4, undefined],
    [5, undefined],
  ])('number %i', (index, expected) => {
    expect(rowText(text, ['data', 'items'], index)).toBe(expected);
  });

  test('nothing is found where there is nothing', () => {
    expect(rowText(text, ['data', 'nothing'], 0)).toBeUndefined();
    expect(rowText('', [], 0)).toBeUndefined();
    expect(rowText('[]', [], 0)).toBeUndefined();
    expect(rowText('[1,2', [], 1)).toBeUndefined();
    expect(rowText('plain', ['a'], 0)).toBeUndefined();
  });
});

test('JSON is laid out with every digit', () => {
  const value = parseJson('{"a":12345678901234567890,"b":[1.10,-2e400,{}],"c":"x"}');
  expect(value === undefined ? '' : laidOut(value)).toBe(
    '{\n  "a": 12345678901234567890,\n  "b": [\n    1.10,\n    -2e400,\n    {}\n  ],\n  "c": "x"\n}',
  );
});

describe('what belongs to a row', () => {
  test('its child rows are listed, and each leads to the other', async () => {
    const run = await open(light);
    await run.show(pageOf(withTables));
    await run.page.getByRole('grid').focus();
    await run.page.keyboard.press('ArrowDown');
    await run.page.keyboard.press('ArrowDown');
    const details = run.page.locator('.details').locator('visible=true');
    expect(await details.getByRole('heading', { name: 'persons_phones: 2' }).count()).toBe(1);
    await details.getByRole('button', { name: 'Show in the grid' }).scrollIntoViewIfNeeded();
    await run.screenshot('children-light');
    await details.getByRole('button', { name: 'Show in the grid' }).click();
    expect(await run.page.getByRole('combobox', { name: 'Table' }).inputValue()).toBe('persons_phones');
    expect(await run.page.locator('.count').innerText()).toBe('2 of 120 rows');
    expect(await run.page.locator('.grid-body .row').count()).toBe(2);
    await details.getByRole('button', { name: 'E10002' }).click();
    expect(await run.page.getByRole('combobox', { name: 'Table' }).inputValue()).toBe('persons');
    expect(await run.page.locator('.row.active').innerText()).toContain('E10002');
    await run.page.getByRole('combobox', { name: 'Table' }).selectOption('persons_phones');
    expect(await run.page.getByRole('grid', { name: /persons_phones/ }).count()).toBe(1);
  });

  test('a column that was left out reads otherwise than one that was null; a multi-value is a list', async () => {
    const run = await open(dark, { width: 2600, height: 800 });
    await run.show(pageOf(withTables));
    const cell = (row: number, column: number) => run.page.locator(`.row[data-place="${String(row)}"] [aria-colindex="${String(column)}"]`);
    expect(await cell(3, 5).textContent()).toBe('absent');
    expect(await cell(4, 6).textContent()).toBe('null');
    await cell(1, 12).click();
    expect(await run.page.locator('.record .values li').allInnerTexts()).toEqual([
      'night shift',
      'first aid',
      expect.stringContaining('<img') as string,
    ]);
    expect(await run.page.locator('.record .json').innerText()).toContain('"grade": "A"');
    await run.screenshot('values-wide-dark');
  });

  test('its answer is shown with its own object, every digit, and leads to the request', async () => {
    const run = await open(dark, { width: 1300, height: 900 });
    await run.show(pageOf(withTables));
    await run.page.getByRole('grid').focus();
    for (let step = 0; step < 41; step += 1) await run.page.keyboard.press('ArrowDown');
    await run.page.getByRole('button', { name: 'Raw answer' }).click();
    const details = run.page.locator('.details').locator('visible=true');
    expect(await details.locator('.request-line').innerText()).toContain('skip=40');
    expect(await details.locator('.json').first().innerText()).toMatch(/"employeeNumber": "E10041"[\s\S]*"number": 1234567890123456741/);
    await details.getByText('The whole answer').click();
    await expect.poll(() => details.locator('details.own').count()).toBe(1);
    expect(await details.locator('details.own').innerText()).toContain('E10041');
    await run.screenshot('answer-dark');
    // The same view for the next row; a row of which nothing is sure says so, and so does one behind the cut.
    await run.page.locator('.row[data-place="42"] .cell').nth(2).click();
    expect(await details.locator('.json').first().innerText()).toContain('E10042');
    await run.page.getByRole('grid').focus();
    await run.page.keyboard.press('Control+End');
    expect(await details.innerText()).toContain('behind what was kept');
    await run.page.keyboard.press('Control+Home');
    for (let step = 0; step < 7; step += 1) await run.page.keyboard.press('ArrowDown');
    expect(await details.innerText()).toContain('not known for sure');
    // A row of the cut answer that lies before the cut.
    await run.page.getByRole('textbox', { name: 'Filter employeeNumber' }).fill('=E10081');
    await expect.poll(() => details.innerText()).toMatch(/E10081/);
    await details.getByRole('button', { name: 'Show the request' }).click();
    expect(await run.page.getByRole('tab', { selected: true }).textContent()).toContain('Requests');
    expect(await run.page.locator('.row.active').locator('visible=true').innerText()).toContain('skip=80');
  });
});
