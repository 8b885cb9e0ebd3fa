import axe from 'axe-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hostile, outcomes, pageOf } from './samples.ts';
import { openLab, type RunPageTest, type WebviewLab } from './run-page.ts';
import { dark, highContrast, light } from './themes.ts';

let lab: WebviewLab;
let opened: RunPageTest | undefined;

beforeAll(async () => {
  lab = await openLab();
}, 240_000);

afterAll(async () => {
  await lab.close();
});

afterEach(async () => {
  const faults = opened?.faults ?? [];
  await opened?.close();
  opened = undefined;
  expect(faults).toEqual([]);
});

async function open(...argument: Parameters<WebviewLab['open']>): Promise<RunPageTest> {
  opened = await lab.open(...argument);
  return opened;
}

/** Violations of WCAG A and AA that matter, as text. */
async function violations({ page }: RunPageTest): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<readonly { id: string; impact: string; nodes: readonly { html: string; failureSummary: string }[] }[]>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'] }).then(({ violations }) => violations)`,
  );
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary}`)
          .join(' | ')}`,
    );
}

describe('handshake', () => {
  test('the page says that it is ready, and which page it has drawn', async () => {
    const run = await open(dark);
    expect(await run.posted()).toEqual([{ type: 'ready' }]);
    const page = pageOf(outcomes.dryRun);
    await run.show(page);
    expect(await run.posted()).toContainEqual({ type: 'rendered', id: page.id });
  });

  test('a run under way shows its progress and can be cancelled; its result takes its place', async () => {
    const run = await open(dark);
    const page = pageOf({ kind: 'running' }, { startedAt: Date.now() - 2000 });
    await run.show(page);
    await run.send({ type: 'progress', id: page.id, message: 'persons, page 3', rows: 150 });
    await expect.poll(() => run.page.locator('.progress').textContent()).toBe('persons, page 3 · 150 rows');
    await run.send({ type: 'progress', id: page.id - 1, message: 'from an older run' });
    await run.screenshot('running-dark');
    await run.page.getByRole('button', { name: 'Cancel' }).click();
    expect(await run.posted()).toContainEqual({ type: 'cancel' });
    await run.show(pageOf(outcomes.dryRun));
    expect(await run.page.locator('.progress').count()).toBe(0);
    expect(await run.page.getByRole('grid').count()).toBe(1);
  });

  test('a run that hangs shows its last word and how long it takes', async () => {
    const run = await open(dark);
    const now = await run.page.evaluate<number>('Date.now()');
    const page = pageOf({ kind: 'running' }, { startedAt: now - 65_000 });
    await run.show(page);
    expect(await run.page.locator('.elapsed').textContent()).toMatch(/^1 min \d+ s$/);
    await run.send({ type: 'progress', id: page.id, message: 'persons, page 3' });
    const before = await run.page.locator('.elapsed').textContent();
    await expect.poll(() => run.page.locator('.elapsed').textContent(), { timeout: 5000 }).not.toBe(before);
    expect(await run.page.locator('.progress').textContent()).toBe('persons, page 3');
  });

  test('a preview says that a collection came after it, and its next run does not', async () => {
    const run = await open(dark);
    const page = pageOf(outcomes.mapping);
    await run.show(page);
    await run.send({ type: 'outdated', id: page.id - 1 });
    await run.send({ type: 'outdated', id: page.id });
    await expect.poll(() => run.page.locator('.outdated').allInnerTexts()).toEqual(['Collected since; run again.']);
    await run.send({ type: 'show', page: { ...page, outdated: true } });
    await run.send({ type: 'outdated', id: page.id });
    await expect.poll(() => run.page.locator('.outdated').count()).toBe(1);
    expect(await violations(run)).toEqual([]);
    await run.screenshot('outdated-dark');
    await run.show(pageOf(outcomes.mapping));
    expect(await run.page.locator('.outdated').count()).toBe(0);
  });

  test('pin and run again are told to the extension', async () => {
    const run = await open(dark);
    await run.show(pageOf(outcomes.dryRun));
    const pin = run.page.locator('.pin');
    await pin.click();
    expect(await run.posted()).toContainEqual({ type: 'pin', pinned: true });
    await run.send({ type: 'pinned', pinned: true });
    await expect.poll(() => pin.getAttribute('aria-pressed')).toBe('true');
    await run.page.getByRole('button', { name: 'Run again' }).click();
    expect(await run.posted()).toContainEqual({ type: 'again' });
  });
});

describe('dry run', () => {
  test('the header says what, where, when, how long, within which limits, and how it ended', async () => {
    const run = await open(dark);
    await run.show(pageOf(outcomes.dryRun));
    const header = (await run.page.locator('header').innerText()).replace(/\s+/g, ' ');
    for (const part of [
      'Dry run of HR.persons',
      '200 rows, not complete',
      'System HR',
      'Environment test',
      'Started 2026-11-21 20:31:05',
      'Took 1.8 s',
      'Limits at most 200 rows, 20 calls',
    ]) {
      expect(header).toContain(part);
    }
  });

  test('values are shown as what they are', async () => {
    const run = await open(dark);
    await run.show(pageOf(outcomes.dryRun));
    const cell = (row: number, name: number) => run.page.locator(`.grid-body .row[data-place="${String(row)}"] .cell`).nth(name + 1);
    expect(await cell(3, 3).textContent()).toBe('null');
    expect(await cell(3, 3).getAttribute('class')).toContain('null');
    expect(await cell(1, 6).textContent()).toBe('true');
    const style = (row: number, name: number, property: string): Promise<unknown> =>
      run.page.evaluate(
        `getComputedStyle(document.querySelectorAll('.grid-body .row[data-place="${String(row)}"] .cell')[${String(name + 1)}]).${property}`,
      );
    expect(await style(1, 7, 'textAlign')).toBe('right');
    expect(await cell(2, 9).textContent()).toMatch(/^Second floor, ↵ ask for/);
    expect(await cell(1, 1).textContent()).toBe('נועה');
    expect([await style(1, 1, 'direction'), await style(1, 1, 'unicodeBidi')]).toEqual(['rtl', 'isolate']);
  });

  test('the details hold the full text of the active row', async () => {
    const run = await open(dark);
    await run.show(pageOf(outcomes.dryRun));
    await run.page.locator('.row[data-place="2"] .cell').nth(10).click();
    const value = await run.page.locator('.details .active-value').last().textContent();
    expect(value).toContain('Second floor,\nask for Ömer');
    expect(value?.length).toBeGreaterThan(150);
    await run.screenshot('dry-run-dark');
  });

  test('requests show what was asked and answered, retries included', async () => {
    const run = await open(light);
    await run.show(pageOf(outcomes.dryRun));
    await run.page.getByRole('tab', { name: /Requests/ }).click();
    const rows = run.page.getByRole('grid', { name: /Requests/ }).locator('.grid-body .row');
    expect(await rows.count()).toBe(6);
    await rows.nth(3).click();
    expect(await rows.nth(2).textContent()).toContain('503');
    const details = run.page.locator('.details').last();
    expect(await details.innerText()).toContain('Attempt');
    expect(await details.locator('.json-string').nth(1).textContent()).toBe('"נועה"');
    expect(await details.innerText()).toContain('Bearer ***');
    await run.screenshot('requests-light');
  });

  test('evidence says in words why the table is not complete', async () => {
    const run = await open(light);
    await run.show(pageOf(outcomes.dryRun));
    await run.page.getByRole('tab', { name: 'Evidence' }).click();
    const text = await run.page.locator('.page-text').innerText();
    for (const part of [
      'Not proven complete',
      'its own limit',
      '200 received, 500 announced: they differ',
      '5, 1 retry',
      'E10041',
      'Paging starts at 0',
    ])
      expect(text).toContain(part);
    await run.screenshot('evidence-light');
  });

  test('a failed run is as loud as a good one, shows its requests first and what to do', async () => {
    const run = await open(dark);
    await run.show(pageOf(outcomes.failedDryRun, { offers: ['Open file'] }));
    expect(await run.page.locator('.verdict-chip').getAttribute('data-verdict')).toBe('bad');
    expect(await run.page.getByRole('alert').textContent()).toContain('HR answered 503');
    expect(await run.page.getByRole('tab', { selected: true }).textContent()).toContain('Requests');
    expect(await run.page.getByRole('grid').locator('.grid-body .row').count()).toBe(4);
    expect(await run.page.locator('.row.active').textContent()).toContain('503');
    await run.page.getByRole('button', { name: 'Open file' }).click();
    expect(await run.posted()).toContainEqual({ type: 'offer', index: 0 });
    await run.screenshot('failed-dark');
    await run.page.getByRole('tab', { name: /Rows/ }).click();
    expect(await run.page.locator('.empty').innerText()).toContain('before there were rows');
  });

  test('what a failed run shows first is no habit: the mended one shows its rows', async () => {
    const run = await open(dark);
    const selected = run.page.getByRole('tab', { selected: true });
    await run.show(pageOf(outcomes.failedDryRun));
    await run.page.getByRole('tab', { name: 'Evidence' }).click();
    await run.page.getByRole('tab', { name: /Requests/ }).click();
    await run.show(pageOf(outcomes.dryRun));
    expect(await selected.textContent()).toContain('Rows');
    await run.page.getByRole('tab', { name: 'Evidence' }).click();
    await run.show(pageOf(outcomes.failedDryRun));
    expect(await selected.textContent()).toContain('Requests');
    await run.show(pageOf(outcomes.dryRun));
    expect(await selected.textContent()).toContain('Evidence');
  });

  test('an iteration that a limit stopped does not claim all of its parents', async () => {
    const run = await open(light);
    const { report } = outcomes.dryRun;
    const cut = { ...report.outcome.evidence, parents: { total: 200, skipped: 0 } };
    await run.show(
      pageOf({ kind: 'dry-run', report: { ...report, outcome: { ...report.outcome, evidence: cut } as typeof report.outcome } }),
    );
    await run.page.getByRole('tab', { name: 'Evidence' }).click();
    const text = await run.page.locator('.page-text').innerText();
    expect(text).toContain('at most 200 parents, stopped early');
    expect(text).toMatch(/Read from 2026-11-21 20:31:05 in 1\.8 s/);
  });

  test('a run without any report says so', async () => {
    const run = await open(light);
    await run.show(
      pageOf(
        { kind: 'failed', code: 'secret-missing', message: 'HR needs the secret hr-client: enter it, then run again.' },
        { offers: ['Enter secret…'] },
      ),
    );
    expect(await run.page.getByRole('alert').innerText()).toContain('hr-client');
    expect(await violations(run)).toEqual([]);
    await run.screenshot('failed-no-report-light');
  });
});

describe('mapping preview', () => {
  test('changes show from and to, reasons and the request that is never sent', async () => {
    const run = await open(dark);
    await run.show(pageOf(outcomes.mapping));
    expect(await run.page.locator('.notice.error').first().innerText()).toContain('60 deletes exceed the guard');
    const details = run.page.locator('.details');
    expect((await details.innerText()).toLowerCase()).toContain('request, never sent by a preview');
    expect(await details.locator('.attributes tbody tr').first().innerText()).toMatch(/title\s+Engineer\s+Lead engineer/);
    expect(await details.locator('.reasons li').count()).toBe(3);
    await run.screenshot('changes-dark');
    await run.page.locator('.row[data-place="2"]').click();
    expect(await details.innerText()).toContain('userName is mandatory');
    await run.screenshot('blocked-dark');
  });

  test('requests stand as they would go out, and the basis says what they rest on', async () => {
    const run = await open(light);
    await run.show(pageOf(outcomes.mapping));
    await run.page.getByRole('tab', { name: /never sent/ }).click();
    expect(await run.page.locator('.details').last().innerText()).toMatch(
      /never sends this request[\s\S]*PATCH[\s\S]*application\/scim\+json[\s\S]*Lead engineer/,
    );
    await run.screenshot('planned-requests-light');
    await run.page.getByRole('tab', { name: 'Basis' }).click();
    const text = await run.page.locator('.page-text').innerText();
    for (const part of ['HR.persons', '2026-11-20 06:10:00 UTC', 'cut by a limit', '33 updates, below', 'An empty source value'])
      expect(text).toContain(part);
    await run.screenshot('basis-light');
  });
});

describe('deletes', () => {
  test('have no attributes, whoever sends some, and no green tick', async () => {
    const run = await open(light);
    await run.show(pageOf(outcomes.deletes, { heading: 'Preview of Remove accounts' }));
    expect(await run.page.locator('.verdict-chip').getAttribute('data-verdict')).toBe('doubtful');
    expect(await run.page.locator('.verdict-chip').innerText()).toContain('2 deletes');
    expect(await run.page.getByRole('columnheader').allInnerTexts()).not.toContain('Attributes');
    expect(await run.page.locator('#run').innerText()).not.toContain('u-0032');
    await run.screenshot('deletes-light');
  });
});

describe('grid', () => {
  test('ten thousand rows are drawn as they come into sight', async () => {
    const run = await open(dark);
    await run.show(pageOf(outcomes.filter));
    const drawn = run.page.locator('.grid-body .row');
    expect(await drawn.count()).toBeLessThan(80);
    expect(await run.page.getByRole('grid').getAttribute('aria-rowcount')).toBe('10001');
    await run.page.getByRole('grid').focus();
    await run.page.keyboard.press('Control+End');
    await expect.poll(() => run.page.locator('.row[data-place="9999"] .active-cell').count()).toBe(1);
    const active = await run.page.getByRole('grid').getAttribute('aria-activedescendant');
    expect(await run.page.locator(`[id="${active ?? ''}"]`).isVisible()).toBe(true);
    await run.screenshot('filter-end-dark');
  });

  test('the keyboard moves, selects and copies with headers', async () => {
    const run = await open(dark);
    await run.show(pageOf(outcomes.filter));
    await run.page.getByRole('grid').focus();
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight', 'Shift+ArrowDown', 'Shift+ArrowDown']) await run.page.keyboard.press(key);
    expect(await run.page.locator('.active-cell').textContent()).toBe('الخطيب');
    expect(await run.page.locator('.row[aria-selected="true"]').count()).toBe(3);
    await run.page.keyboard.press('Control+c');
    const copied = (await run.posted()).find(({ type }) => type === 'copy');
    const lines = copied?.type === 'copy' ? copied.text.split('\n') : [];
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^employeeNumber\tfirstName\tlastName\t/);
    expect(lines[1]).toContain('נועה');
    expect(await run.page.locator('.count').innerText()).toBe('Copied 3 rows.');
    await expect.poll(() => run.page.locator('.count').innerText(), { timeout: 8000 }).toContain('3 selected');
    await run.page.keyboard.press('Control+a');
    await expect.poll(() => run.page.locator('.count').innerText()).toContain('10\u202f000 selected');
  });

  test('the filter looks in every column, the header sorts, null stays last', async () => {
    const run = await open(dark);
    await run.show(pageOf(outcomes.filter));
    await run.page.getByRole('searchbox').fill('care łódź');
    await expect.poll(() => run.page.locator('.count').innerText()).toMatch(/ of 10\u202f000 rows$/);
    expect(await run.page.locator('.row[data-place="0"]').innerText()).toMatch(/Customer Care[\s\S]*Łódź/);
    await run.page.getByRole('searchbox').fill('nobody at all');
    await expect.poll(() => run.page.locator('.count').innerText()).toMatch(/^0 of/);
    await run.page.getByRole('searchbox').fill('');
    const header = run.page.getByRole('columnheader', { name: 'mail' });
    await header.click();
    expect(await header.getAttribute('aria-sort')).toBe('ascending');
    await run.page.getByRole('grid').focus();
    await run.page.keyboard.press('Control+End');
    await expect.poll(() => run.page.locator('.row.active .cell.null').count()).toBeGreaterThan(0);
  });

  test('columns can be resized', async () => {
    const run = await open(dark);
    await run.show(pageOf(outcomes.filter));
    const header = run.page.getByRole('columnheader', { name: 'firstName' });
    const before = await header.boundingBox();
    const handle = await header.locator('.resize').boundingBox();
    if (before === null || handle === null) throw new Error('The header has no place.');
    await run.page.mouse.move(handle.x + 3, handle.y + 5);
    await run.page.mouse.down();
    await run.page.mouse.move(handle.x + 83, handle.y + 5);
    await run.page.mouse.up();
    expect((await header.boundingBox())?.width).toBeCloseTo(before.width + 80, -1);
    expect(await header.getAttribute('aria-sort')).toBe('none');
  });

  test('what is saved is all rows shown, as CSV', async () => {
    const run = await open(dark);
    await run.show(pageOf(outcomes.dryRun));
    await run.page.getByRole('button', { name: /Save what is shown/ }).click();
    const saved = (await run.posted()).find(({ type }) => type === 'save');
    if (saved?.type !== 'save') throw new Error('Nothing was saved.');
    expect(saved.name).toBe('HR.persons.csv');
    const lines = saved.text.split('\r\n');
    expect(lines).toHaveLength(202);
    expect(lines[1]).toBe('E10000,Ursula,O\u2019Hara-Müller,e10000@example.test,IT,Zürich,false,40,2010-01-01,');
    expect(lines[2]).toContain(`"${hostile.replaceAll('"', '""')}"`);
  });
});

describe('safety', () => {
  test('nothing that an API returned becomes markup', async () => {
    const run = await open(dark);
    await run.show(
      pageOf(
        { ...outcomes.dryRun, report: { ...outcomes.dryRun.report, system: hostile } },
        { heading: hostile, workspace: hostile, offers: [hostile] },
      ),
    );
    await run.page.locator('.row[data-place="1"] .cell').nth(10).click();
    for (const name of [/Requests/, 'Evidence']) await run.page.getByRole('tab', { name }).click();
    await run.show(pageOf(outcomes.mapping));
    await run.show(pageOf({ kind: 'failed', code: 'x', message: hostile }));
    expect(await run.page.evaluate('window.injected')).toBeUndefined();
    expect(await run.page.locator('img').count()).toBe(0);
    expect(await run.page.locator('#run script').count()).toBe(0);
  });
});

describe('accessibility', () => {
  for (const theme of [dark, light, highContrast]) {
    test(`no serious violation in ${theme.name}`, async () => {
      const run = await open(theme);
      for (const outcome of [outcomes.dryRun, outcomes.failedDryRun, outcomes.mapping, outcomes.filter]) {
        await run.show(pageOf(outcome));
        const tabs = await run.page.getByRole('tab').all();
        for (const tab of tabs) {
          await tab.click();
          expect(await violations(run), `${outcome.kind}, ${(await tab.textContent()) ?? ''}`).toEqual([]);
        }
      }
      await run.show(pageOf(outcomes.mapping));
      await run.screenshot(`mapping-${theme.name}`);
      await run.show(pageOf(outcomes.dryRun));
      await run.screenshot(`rows-${theme.name}`);
    }, 60_000);
  }

  test('tabs follow the arrows', async () => {
    const run = await open(dark);
    await run.show(pageOf(outcomes.dryRun));
    await run.page.getByRole('tab', { selected: true }).focus();
    await run.page.keyboard.press('ArrowRight');
    expect(await run.page.getByRole('tab', { selected: true }).textContent()).toContain('Requests');
    await run.page.keyboard.press('ArrowLeft');
    await run.page.keyboard.press('ArrowLeft');
    expect(await run.page.getByRole('tab', { selected: true }).textContent()).toContain('Evidence');
  });

  test('a very narrow panel wraps its heading, shortens its tab, and says what was copied', async () => {
    const run = await open(light, { width: 340, height: 760 });
    await run.show(pageOf(outcomes.mapping));
    const isWhole = (selector: string): Promise<boolean> =>
      run.page.evaluate<boolean>(`(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)(document.querySelector('${selector}'))`);
    expect(await isWhole('h1')).toBe(true);
    expect(await isWhole('.verdict-chip')).toBe(true);
    const tab = run.page.getByRole('tab', { name: 'Requests', exact: false });
    expect(await tab.innerText()).not.toContain('never sent');
    await run.page.getByRole('grid').focus();
    await run.page.keyboard.press('Control+c');
    expect(await run.page.locator('.count').innerText()).toMatch(/^Copied \d+ changes\.$/);
    expect(await isWhole('.count')).toBe(true);
    await run.screenshot('very-narrow-light');
    await tab.click();
    expect(await run.page.locator('.details').last().innerText()).toContain('never sends this request');
  });

  test('a narrow panel puts the details below', async () => {
    const run = await open(light, { width: 520, height: 760 });
    await run.show(pageOf(outcomes.dryRun));
    const grid = await run.page.getByRole('grid').boundingBox();
    const details = await run.page.locator('.details').boundingBox();
    expect(details?.y).toBeGreaterThanOrEqual((grid?.y ?? 0) + (grid?.height ?? 0));
    await run.screenshot('narrow-light');
  });
});
