import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clickLens, openFile, pick, runCommand, webview } from '../../scripts/editor/hands.ts';
import type { Sample } from '../../scripts/editor/sample.ts';
import type { EditorSession } from '../../scripts/editor/session.ts';
import { waitFor } from '../../scripts/editor/wait-for.ts';

const patience = 90_000;
const filter = 'filters/Staff of a department.filter';

/** What a person sees who runs a filter over collected systems and asks about its rows, with pictures. */
export function filterScenes(session: () => EditorSession, sample: () => Sample, picture: (name: string) => Promise<void>): void {
  const page = (): Page => session().page;
  const panel = (): ReturnType<typeof webview> => webview(page());
  const verdict = (text: string | RegExp): Locator => panel().locator('.verdict', { hasText: text });

  describe('who runs a filter', () => {
    beforeAll(async () => {
      commit(sample().workspace);
      await runCommand(page(), 'View: Close All Editors');
      await openFile(page(), filter);
    }, patience);

    afterAll(async () => {
      await openFile(page(), filter);
      await runCommand(page(), 'File: Revert File');
      await runCommand(page(), 'View: Close All Editors');
    }, patience);

    it('sees its rows, its form, and what they rest on', { timeout: patience }, async () => {
      const run = page().locator('.codelens-decoration a', { hasText: 'Run' }).first();
      await clickLens(() => run, panel().getByRole('heading', { name: 'Rows of Staff of a department' }));
      await panel().getByRole('grid').getByText('IT').first().waitFor();
      expect(await panel().getByLabel('department', { exact: true }).inputValue()).toBe('IT');
      expect(await panel().locator('.rests-on').innerText()).toMatch(/hr\.departments.*hr\.persons/s);
      await picture('filter-rows');
    });

    it('runs it with another value, by Enter', { timeout: patience }, async () => {
      const department = panel().getByLabel('department', { exact: true });
      await department.fill('Finance');
      await department.press('Enter');
      await panel().getByRole('grid').getByText('Finance').first().waitFor();
      expect(await panel().locator('.parameters .hint').first().innerText()).toBe('default: IT');
      await panel().getByRole('button', { name: 'Compare with the run before' }).waitFor();
    });

    it('asks why a row is here, and goes to the place of a step', { timeout: patience }, async () => {
      await panel().getByRole('button', { name: 'Why is it here' }).click();
      await panel().locator('.why .verdict.good').waitFor();
      await picture('filter-why');
      await panel().getByRole('button', { name: 'd.name = @department' }).first().click();
      await page().locator('[id="status.editor.selection"]', { hasText: 'selected' }).waitFor();
    });

    it('asks why a row is not here', { timeout: patience }, async () => {
      await panel().getByRole('tab', { name: 'Why not?' }).click();
      const picker = panel().getByLabel('Column that names the row');
      await picker.locator('option', { hasText: 'p.employeeNumber' }).waitFor({ state: 'attached' });
      await picker.selectOption({ label: 'p.id' });
      const key = panel().getByLabel('Why is', { exact: true });
      await key.fill('P0003');
      await key.press('Enter');
      await verdict('is not there').waitFor();
      expect(await panel().locator('.step.dropped .place').innerText()).toBe('d.name = @department');
      await picture('filter-why-not');
    });

    it('looks at the SQL, and at what an edit changes, without a new run', { timeout: patience }, async () => {
      await openFile(page(), filter);
      await runCommand(page(), 'Sollist: Explain Filter…');
      await panel().getByText('WITH RECURSIVE').first().waitFor();
      await picture('filter-sql');
      await openFile(page(), filter);
      await page().keyboard.press('Control+End');
      await page().keyboard.type('\nlimit 7');
      await runCommand(page(), 'Sollist: Show What This Edit Changes…');
      await verdict(/\d+ rows gone; 7 as before/).waitFor();
      await picture('filter-effect');
      // What was committed had a limit of 3, and what is saved has none.
      await panel().getByRole('button', { name: 'the last commit' }).click();
      await verdict('4 rows new; 3 as before').waitFor();
    });

    it('saves the rows as a file', { timeout: patience }, async () => {
      const file = join(dirname(sample().workspace), 'rows.csv');
      await panel().getByRole('tab', { name: /^Rows/ }).click();
      await panel().getByRole('button', { name: /Save/ }).click();
      const box = page().locator('.quick-input-widget .quick-input-box input');
      await waitFor('the place that is proposed', async () => (await box.inputValue()).endsWith('.csv'));
      await box.fill(file);
      const saved = await waitFor('the file', async () => {
        // The dialog takes no Enter while it looks at what is written.
        await box.press('Enter', { timeout: 500 }).catch(() => undefined);
        return readFileSync(file, 'utf8');
      });
      expect(saved.split('\r\n')[0]).toBe('\uFEFFemployeeNumber,displayName,department,accountId');
      expect(saved.split('\r\n').length).toBeGreaterThan(20);
    });

    it('reads of an empty result what dropped its rows', { timeout: patience }, async () => {
      await panel().getByRole('tab', { name: /^Rows/ }).click();
      const department = panel().getByLabel('department', { exact: true });
      await department.fill('Nowhere');
      await department.press('Enter');
      await verdict('gives no rows').waitFor();
      await panel().getByText('leaves none').waitFor();
      await picture('filter-empty');
    });

    it('sees the words of a script in the colours of JavaScript', { timeout: patience }, async () => {
      await openFile(page(), 'filters/Badges.filter');
      const colour = (word: string): Promise<string | null> =>
        page()
          .locator('.view-line span span', { hasText: new RegExp(`^${word}$`) })
          .first()
          .getAttribute('class');
      // Without its grammar a script is one piece of text.
      await waitFor('the colours', async () => {
        const [name, ...words] = await Promise.all(['length', 'const', 'return'].map(colour));
        return words.every((word) => word !== name);
      });
      await picture('filter-script');
    });

    it('compares the values of a relation of the data model', { timeout: patience }, async () => {
      const relation = 'hr.persons.departmentId → hr.departments.id';
      const row = (label: string): Locator => page().locator('.quick-input-list .monaco-list-row', { hasText: label });
      await runCommand(page(), 'Sollist: Check Relations');
      await row(relation).waitFor();
      expect(await row(relation).innerText()).toMatch(/100 %.*0 left only.*26 common.*0 right only/s);
      await picture('relations');
      await pick(page(), relation);
      await row('In both').waitFor();
      await picture('relation-match');
      await page().keyboard.press('Escape');
    });
  });
}

/** Commits the workspace, the filter with a limit of 3. */
function commit(workspace: string): void {
  const path = join(workspace, filter);
  const text = readFileSync(path, 'utf8');
  const git = (...args: readonly string[]): void => {
    const { status, stderr } = spawnSync('git', ['-c', 'user.name=Author', '-c', 'user.email=author@example.test', ...args], {
      cwd: workspace,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  };
  writeFileSync(path, `${text}limit 3\n`);
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'Filters');
  writeFileSync(path, text);
}
