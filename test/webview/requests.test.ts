import { describe, expect, test } from 'vitest';
import { curlOf } from '../../client/webviews/run/details/curl.ts';
import { laidOutXml } from '../../client/webviews/run/details/xml-text.ts';
import { arranged, axisOf, mostAtOnce } from '../../client/webviews/run/pages/waterfall.ts';
import { useLab } from './lab.ts';
import { pageOf, request, requests, start } from './samples.ts';
import { collection } from './samples-runs.ts';
import { busy } from './samples-tables.ts';
import { dark, light } from './themes.ts';

const open = useLab();

describe('the order of exchanges', () => {
  test('a retry stands behind its first attempt, with the wait before it', () => {
    const calls = arranged(busy);
    const at = calls.findIndex(({ entry }) => entry.sequence === 30);
    expect(calls[at - 1]?.entry).toMatchObject({ sequence: 11, status: 429 });
    const first = calls[at - 1]?.entry;
    expect(calls[at]?.waited).toBe(start + 1700 - (first?.startedAt ?? 0) - (first?.milliseconds ?? 0));
    expect(calls.filter(({ waited }) => waited > 0)).toHaveLength(1);
    expect(calls).toHaveLength(busy.length);
  });

  test('an attempt whose first one was not kept stands on its own', () => {
    const orphan = request(9, { attempt: 2 });
    expect(arranged([request(2), orphan]).map(({ entry }) => entry)).toEqual([request(2), orphan]);
  });

  test('sessions side by side are counted', () => {
    expect(mostAtOnce(busy)).toBe(5);
    expect(mostAtOnce(requests)).toBe(1);
    expect(mostAtOnce([])).toBe(0);
    expect(axisOf([])).toEqual({ start: 0, length: 1 });
  });
});

describe('curl', () => {
  test('quotes what a shell would read, and leaves a blank for each secret', () => {
    const text = curlOf(
      request(1, {
        verb: 'POST',
        url: "http://127.0.0.1/it's?x=$(id)&y=`id`",
        requestHeaders: { authorization: 'Bearer ***', 'content-length': '12', 'x-note': 'a\nb' },
        requestBody: '{"password":"***","name":"O\'Hara"}',
      }),
    );
    expect(text).toBe(
      "curl -X POST 'http://127.0.0.1/it'\\''s?x=$(id)&y=`id`' \\\n  -H 'authorization: Bearer •••' \\\n  -H 'x-note: a\nb' \\\n  --data-raw '{\"password\":\"•••\",\"name\":\"O'\\''Hara\"}'",
    );
  });
});

describe('XML', () => {
  test('is indented, with text beside its element; broken XML loses nothing', () => {
    expect(laidOutXml('<a x="1"><b>text</b><c/><!-- n --><d><e/></d></a>')).toBe(
      '<a x="1">\n  <b>text</b>\n  <c/>\n  <!-- n -->\n  <d>\n    <e/>\n  </d>\n</a>',
    );
    expect(laidOutXml('</a></b>text<c').replace(/\s/g, '')).toContain('</a></b>text');
  });
});

describe('the waterfall', () => {
  test('shows when each exchange was under way, and its failures alone on demand', async () => {
    const run = await open(light);
    await run.show(pageOf(collection));
    await run.page.getByRole('tab', { name: /Requests/ }).click();
    const summary = await run.page.locator('.summary').last().innerText();
    for (const part of ['up to 5 at once', '1 retry', '2 failed', '2.2 s from the first to the last']) expect(summary).toContain(part);
    const spans = await run.page.locator('.row[data-place="1"] .span, .row[data-place="2"] .span').all();
    const [first, second] = await Promise.all(spans.map((span) => span.boundingBox()));
    // Two sessions at once: the second begins before the first has ended.
    expect(second?.x ?? 0).toBeLessThan((first?.x ?? 0) + (first?.width ?? 0));
    expect(second?.x ?? 0).toBeGreaterThan(first?.x ?? 0);
    await run.screenshot('waterfall-light');
    const failures = run.page.getByRole('button', { name: '2 failed' });
    await failures.click();
    expect(await failures.getAttribute('aria-pressed')).toBe('true');
    const grid = run.page.getByRole('grid', { name: /Requests/ });
    expect(await grid.locator('.grid-body .row').count()).toBe(2);
    await failures.click();
    expect(Number(await grid.getAttribute('aria-rowcount'))).toBe(busy.length + 1);
  });

  test('details fold JSON by keys, lay XML out, and give a curl command', async () => {
    const run = await open(dark);
    await run.show(pageOf(collection));
    await run.page.getByRole('tab', { name: /Requests/ }).click();
    const grid = run.page.getByRole('grid', { name: /Requests/ });
    await grid.focus();
    for (const key of ['Control+Home', 'ArrowDown']) await run.page.keyboard.press(key);
    const details = run.page.locator('.details').last();
    const folds = details.locator('.json details');
    expect(await folds.count()).toBe(3);
    await details.locator('summary').first().focus();
    for (const key of ['ArrowDown', 'ArrowLeft']) await run.page.keyboard.press(key);
    expect(await folds.nth(1).getAttribute('open')).toBeNull();
    expect(await details.locator('.json').innerText()).toContain('"items": [ 1 ]');
    for (const key of ['ArrowRight', 'ArrowRight']) await run.page.keyboard.press(key);
    expect(await run.page.evaluate(`document.activeElement === document.querySelectorAll('.json summary')[2]`)).toBe(true);
    await details.getByRole('button', { name: 'Copy as curl' }).click();
    const copied = (await run.posted()).findLast(({ type }) => type === 'copy');
    expect(copied?.type === 'copy' ? copied.text : '').toMatch(/^curl http:[\s\S]*authorization: Bearer •••/);
    await run.page.getByRole('searchbox').last().fill('D-014');
    await expect.poll(() => details.innerText()).toContain('<name>Zoë &amp; Ömer</name>');
    expect(await details.locator('pre').innerText()).toMatch(/^<\?xml version="1.0"\?>\n<persons total="2">\n {2}<person id="1">/);
    await run.screenshot('request-xml-dark');
  });
});
