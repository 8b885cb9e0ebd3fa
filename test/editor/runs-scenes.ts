import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCommand, webview } from '../../scripts/editor/hands.ts';
import type { EditorSession } from '../../scripts/editor/session.ts';
import { waitFor } from '../../scripts/editor/wait-for.ts';

const patience = 60_000;

/** What a person sees of runs that are over, with pictures. The workspace has had dry runs, one that failed and one cancelled, and collections. */
export function runsScenes(session: () => EditorSession, picture: (name: string) => Promise<void>): void {
  const page = (): Page => session().page;

  describe('who looks back at runs', () => {
    beforeAll(async () => {
      await runCommand(page(), 'View: Close All Editors');
    }, patience);

    it('finds every run in the Runs view, the bad ones at a glance', { timeout: patience }, async () => {
      await runCommand(page(), 'Sollist: Focus on Runs View');
      await row(page(), 'Collection of hr').first().waitFor();
      expect(await row(page(), 'Collection of hr').first().innerText()).toMatch(/tables, \d+/);
      await row(page(), 'failed').first().waitFor();
      await picture('runs');
    });

    it('opens an older run as it was, with its time', { timeout: patience }, async () => {
      await row(page(), 'Dry run of hr.persons').last().click();
      const panel = webview(page());
      await panel.getByRole('heading', { name: /^Dry run of hr\.persons, \d{4}-/ }).waitFor();
      await picture('run-opened');
    });

    it('sees the runs of one thing together', { timeout: patience }, async () => {
      await runCommand(page(), 'Sollist: Group Runs by Subject');
      await waitFor('the runs by subject', () =>
        row(page(), /runs?,? /)
          .first()
          .isVisible(),
      );
      await picture('runs-by-subject');
      await runCommand(page(), 'Sollist: Group Runs by Day');
    });
  });
}

/** A line of the Runs view. */
function row(page: Page, text: string | RegExp): Locator {
  return page.locator('.pane', { has: page.locator('.pane-header', { hasText: /^Runs/ }) }).locator('.monaco-list-row', { hasText: text });
}
