import { describe, expect, test } from 'vitest';
import { useLab } from './lab.ts';
import type { RunPageTest } from './run-page.ts';
import { outcomes, pageOf } from './samples.ts';
import { dark, light } from './themes.ts';

const open = useLab();

const headers = async ({ page }: RunPageTest): Promise<readonly string[]> => {
  const found = await page.getByRole('columnheader').all();
  const named = await Promise.all(
    found.map(
      async (header) =>
        [
          Number(await header.getAttribute('aria-colindex')),
          (await header
            .locator('.header-label')
            .textContent({ timeout: 500 })
            .catch(() => '')) ?? '',
        ] as const,
    ),
  );
  return named.sort(([left], [right]) => left - right).map(([, name]) => name);
};

describe('columns', () => {
  test('are chosen, searched and ordered, and the panel remembers it for the next run', async () => {
    const run = await open(light);
    await run.show(pageOf(outcomes.filter));
    await run.page.getByRole('button', { name: 'Columns: show, hide, order' }).click();
    const dialog = run.page.getByRole('dialog', { name: 'Columns' });
    await dialog.getByRole('searchbox').fill('last');
    expect(await dialog.getByRole('checkbox').count()).toBe(1);
    await dialog.getByRole('checkbox').uncheck();
    await dialog.getByRole('searchbox').fill('');
    await dialog.getByLabel('place').focus();
    for (let step = 0; step < 5; step += 1) await run.page.keyboard.press('Alt+ArrowUp');
    await run.screenshot('columns-light');
    await run.page.keyboard.press('Escape');
    expect(await dialog.count()).toBe(0);
    expect(await run.page.evaluate('document.activeElement.title')).toContain('Columns');
    expect((await headers(run)).slice(1, 4)).toEqual(['place', 'employeeNumber', 'firstName']);
    expect(await run.page.locator('.count').innerText()).toContain('1 column hidden');
    await run.show(pageOf(outcomes.filter));
    expect((await headers(run)).slice(1, 4)).toEqual(['place', 'employeeNumber', 'firstName']);
    await run.page.getByRole('button', { name: /Save what is shown/ }).click();
    const saved = (await run.posted()).findLast(({ type }) => type === 'save');
    expect(saved?.type === 'save' ? saved.text.split('\r\n')[0] : '').toBe(
      '\uFEFFplace,employeeNumber,firstName,mail,department,active,hours,hiredOn,remark',
    );
    await run.page.getByRole('button', { name: 'Columns: show, hide, order' }).click();
    await dialog.getByRole('button', { name: 'Reset' }).click();
    expect((await headers(run)).slice(1, 4)).toEqual(['employeeNumber', 'firstName', 'lastName']);
  });

  test('are dragged into another order', async () => {
    const run = await open(dark);
    await run.show(pageOf(outcomes.filter));
    await run.page.getByRole('button', { name: 'Columns: show, hide, order' }).click();
    const item = (at: number) => run.page.locator('.choices li').nth(at);
    await item(3).dragTo(item(0));
    await expect.poll(async () => (await headers(run)).slice(1, 3)).toEqual(['mail', 'employeeNumber']);
  });

  test('obey keys in the header: sort, sort by a second one, move, widen, hide', async () => {
    const run = await open(dark);
    await run.show(pageOf(outcomes.filter));
    const grid = run.page.getByRole('grid');
    await grid.focus();
    for (const key of [
      'ArrowUp',
      'ArrowRight',
      'ArrowRight',
      'ArrowRight',
      'ArrowRight',
      'Enter',
      'ArrowRight',
      'Shift+Enter',
      'Shift+Enter',
    ])
      await run.page.keyboard.press(key);
    const sortOf = (name: string) => run.page.getByRole('columnheader', { name, exact: true }).getAttribute('aria-sort');
    expect([await sortOf('department'), await sortOf('place')]).toEqual(['ascending', 'descending']);
    expect(await run.page.getByRole('columnheader', { name: 'place', exact: true }).locator('.rank').textContent()).toBe('2');
    const first = run.page.locator('.row[data-place="0"]');
    expect(await first.innerText()).toMatch(/Customer Care[\s\S]*القاهرة/);
    expect(await grid.getAttribute('aria-activedescendant')).toBe(
      await run.page.getByRole('columnheader', { name: 'place', exact: true }).getAttribute('id'),
    );
    const before = await run.page.getByRole('columnheader', { name: 'place', exact: true }).boundingBox();
    await run.page.keyboard.press('Shift+ArrowRight');
    expect((await run.page.getByRole('columnheader', { name: 'place', exact: true }).boundingBox())?.width).toBe((before?.width ?? 0) + 16);
    await run.page.keyboard.press('Alt+ArrowLeft');
    expect((await headers(run)).slice(4, 7)).toEqual(['mail', 'place', 'department']);
    await run.page.keyboard.press('Delete');
    expect(await headers(run)).not.toContain('place');
    await run.page.keyboard.press('ArrowDown');
    expect(await run.page.locator('.row.active').getAttribute('data-place')).toBe('0');
  });
});

describe('ranges', () => {
  test('a rectangle of cells is selected by keys and by mouse, and copied with its headers', async () => {
    const run = await open(dark);
    await run.show(pageOf(outcomes.filter));
    await run.page.getByRole('grid').focus();
    for (const key of ['ArrowRight', 'Shift+ArrowDown', 'Shift+ArrowRight', 'Control+c']) await run.page.keyboard.press(key);
    const copied = async (): Promise<string> => {
      const last = (await run.posted()).findLast(({ type }) => type === 'copy');
      return last?.type === 'copy' ? last.text : '';
    };
    expect(await copied()).toBe('firstName\tlastName\nUrsula\tO\u2019Hara-Müller\nנועה\tכהן-לוי');
    expect(await run.page.locator('.cell.in-range').count()).toBe(4);
    const cell = async (row: number, column: number): Promise<{ readonly x: number; readonly y: number }> => {
      const box = await run.page.locator(`.row[data-place="${String(row)}"] [aria-colindex="${String(column)}"]`).boundingBox();
      return { x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 12 };
    };
    const [from, to] = [await cell(2, 3), await cell(4, 4)];
    await run.page.mouse.move(from.x, from.y);
    await run.page.mouse.down();
    await run.page.mouse.move(to.x, to.y, { steps: 4 });
    await run.page.mouse.up();
    await run.screenshot('range-dark');
    await run.page.keyboard.press('Control+c');
    expect((await copied()).split('\n')).toEqual(['firstName\tlastName', 'Ömer\tYıldız', 'عبد الرحمن\tالخطيب', "Pieter\tvan 't Hof"]);
    // One column of every row.
    await run.page.keyboard.press('Escape');
    for (const key of ['Home', 'ArrowDown', 'ArrowRight', 'Control+Space', 'Control+c']) await run.page.keyboard.press(key);
    const lines = (await copied()).split('\n');
    expect([lines.length, lines[0]]).toEqual([10_001, 'firstName']);
  });
});
