import { describe, expect, test } from 'vitest';
import { answerer } from './filter-answers.ts';
import { useLab, violations } from './lab.ts';
import { effect, explanation, filters, frame, whyHere, whyNot } from './samples-filter.ts';
import { pageOf } from './samples.ts';
import { history } from './samples-runs.ts';
import { dark, highContrast, light } from './themes.ts';

const open = useLab();
const whyEmpty = {
  parts: [
    { text: 'HR.persons as p', path: 'filters/Staff of department.filter', span: { offset: 1, length: 2 }, rows: 500 },
    { text: 'join recursive HR.departments as d', path: 'filters/Staff of department.filter', span: { offset: 3, length: 2 }, rows: 1480 },
    {
      text: "p.status = 'active' and d.name = @department",
      path: 'filters/Staff of department.filter',
      span: { offset: 5, length: 2 },
      rows: 0,
    },
  ],
  hazards: [
    {
      text: 'd.name = @department',
      path: 'filters/Staff of department.filter',
      span: { offset: 5, length: 2 },
      message: "None of 1,480 rows meets this condition. @department is 'Nowhere'. d.name has 'Accounting', 'Applications', …",
    },
  ],
  tried: 8,
  drops: [{ step: whyNot.steps[2]!, keys: ['E10001', 'E10002', 'E10003', 'E10004', 'E10005', 'E10006', 'E10007'] }],
};

describe('every page of a filter', () => {
  for (const theme of [light, dark, highContrast])
    test(`has no serious violation, and no markup from data; ${theme.name}`, { timeout: 150_000 }, async () => {
      const which = theme === light ? 'all' : 'colours';
      const run = await open(theme);
      const { answer } = answerer(run);
      const look = async (name: string): Promise<void> => {
        expect(await violations(run, which), name).toEqual([]);
        await run.screenshot(`filter-${name}-${theme.name}`);
      };
      const tab = (name: RegExp): Promise<void> => run.page.getByRole('tab', { name }).click();

      await run.show(pageOf(filters.rows, { filter: frame, history, ...(history[0] && { runId: history[0].id }) }));
      await look('rows');
      await run.page.getByRole('button', { name: 'Why is it here' }).click();
      await answer('why-row', { ok: true, answer: whyHere });
      await run.page.getByText('The row is here once.').waitFor();
      await look('why-here');

      await tab(/Why not/);
      await answer('keys', { ok: true, answer: [{ column: 'employeeNumber', values: ['E10001', 'E10002'] }] });
      await run.page
        .getByRole('textbox', { name: 'Why is' })
        .or(run.page.getByRole('combobox', { name: 'Why is' }))
        .fill('E10001');
      await run.page.keyboard.press('Enter');
      await answer('why-not', { ok: true, answer: whyNot });
      await run.page.getByText('drops it, because').waitFor();
      await look('why-not');

      await tab(/What changes/);
      await answer('effect', { ok: true, answer: effect });
      await run.page.getByRole('grid', { name: /Differences/ }).waitFor();
      await look('effect');

      await tab(/SQL/);
      await answer('explain', { ok: true, answer: explanation });
      await run.page.getByText('SCAN p USING INDEX').waitFor();
      await look('sql');

      await tab(/Basis/);
      await look('basis');

      await tab(/Rows/);
      await run.page.getByRole('button', { name: 'Values', exact: true }).click();
      await run.show(pageOf(filters.problems, { filter: frame }));
      await look('problems');

      await run.show(pageOf(filters.empty, { filter: frame }));
      await answer('why-empty', { ok: true, answer: whyEmpty });
      await run.page.getByText('followed through the filter').waitFor();
      await look('empty');

      await run.show(
        pageOf(filters.notRun, {
          filter: { ...frame, parameters: [{ name: 'department', type: 'text' }, ...frame.parameters.slice(1)], given: {} },
        }),
      );
      await run.page.getByRole('button', { name: 'Run', exact: true }).last().click();
      await look('needs-value');

      await run.show(
        pageOf(
          { kind: 'failed', code: 'not-collected', message: 'HR.persons has not been collected yet. Collect HR first.' },
          { filter: frame, offers: [{ title: 'Collect now' }] },
        ),
      );
      await look('failed');
      expect(await run.page.evaluate('window.injected')).toBeUndefined();
      expect(await run.page.locator('img, #run script').count()).toBe(0);
    });
});
