import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openFile, runAndAccept, runAndPick, runCommand, webview } from '../../scripts/editor/hands.ts';
import type { Sample } from '../../scripts/editor/sample.ts';
import type { EditorSession } from '../../scripts/editor/session.ts';
import { waitFor } from '../../scripts/editor/wait-for.ts';

const patience = 60_000;

/** One expectation that the sample does not meet, and some that it does. */
const expectations = `{
  "tables": {
    "persons": {
      "rows": { "min": 400 },
      "columns": ["id", "mail"]
    },
    "departments": {
      "complete": true,
      "rows": 27
    }
  }
}
`;

/** What a person does about a collection that did not bring everything in, and with what was recorded, with pictures. */
export function collectionScenes(session: () => EditorSession, sample: () => Sample, picture: (name: string) => Promise<void>): void {
  const page = (): Page => session().page;
  const panel = (): ReturnType<typeof webview> => webview(page());
  const collect = async (title = 'Sollist: Collect System…'): Promise<void> => {
    await runAndPick(page(), title, 'hr');
  };
  const complete = (): Promise<void> => panel().getByText('3 tables, complete').waitFor();
  const askedSince = (from: number): readonly string[] =>
    sample()
      .systems.hr.log.slice(from)
      .map(({ path }) => path);

  describe('who collects', () => {
    beforeAll(async () => {
      await runCommand(page(), 'View: Close All Editors');
      await runCommand(page(), 'Sollist: Focus on Systems View');
    }, patience);

    it('reads what became of a collection in the panel, table by table', { timeout: patience }, async () => {
      await collect();
      await panel().getByRole('heading', { name: 'Collection of hr' }).waitFor();
      await panel().getByText('departments').first().waitFor();
      await complete();
      await picture('collection');
      await panel()
        .getByRole('tab', { name: /Requests/ })
        .click();
      await panel()
        .getByText(/300 of 508 requests are kept/)
        .waitFor();
      await picture('collection-requests');
      await panel()
        .getByRole('tab', { name: /Tables/ })
        .click();
    });

    it('cancels in the middle, and goes on with what is left', { timeout: patience }, async () => {
      const { hr } = sample().systems;
      const from = hr.log.length;
      hr.faults.add({ path: /contracts/, after: 40, action: { kind: 'hang' } });
      await collect();
      await waitFor(
        'the first contracts to be asked for',
        () => askedSince(from).filter((path) => path.endsWith('/contracts')).length >= 40,
      );
      await panel().getByRole('button', { name: 'Cancel' }).click();
      await panel().getByText('Left as before: contracts.').waitFor();
      await picture('collection-cancelled');
      hr.faults.clear();
      const again = hr.log.length;
      await panel().getByRole('button', { name: 'Go on' }).click();
      await complete();
      expect(askedSince(again).filter((path) => !/\/contracts$|\/oidc\//.test(path))).toEqual([]);
    });

    it('sees what a guard held back, and lets it shrink only when asked', { timeout: patience }, async () => {
      const { hr } = sample().systems;
      hr.faults.add({ path: /departments/, after: 0, action: { kind: 'status', status: 200, body: { departments: [] } } });
      await collect();
      await panel().getByText('1 of 3 tables held back').waitFor();
      await picture('collection-held-back');
      await panel().getByRole('button', { name: 'Show what would go' }).click();
      await panel().getByText('26 gone').first().waitFor();
      await picture('versions-compared');
      await page().locator('.pane-body .monaco-list-row', { hasText: 'Collection of hr' }).first().click();
      await panel().getByRole('button', { name: 'Let it shrink…' }).click();
      await page().locator('.monaco-dialog-box', { hasText: 'departments: 26 rows → 0' }).waitFor();
      await session().screenshot('let-it-shrink');
      await page().getByRole('button', { name: 'Let It Shrink' }).click();
      await complete();
      hr.faults.clear();
    });

    it('records, and rehearses faults on the recording', { timeout: patience }, async () => {
      await collect('Sollist: Record Collection…');
      await panel()
        .getByText(/recordings\/hr, \d+ exchanges/)
        .waitFor();
      const from = sample().systems.hr.log.length;
      await runAndAccept(page(), 'Sollist: Rehearse Faults…');
      await panel().getByRole('heading', { name: 'Rehearsal of hr' }).waitFor();
      await panel()
        .getByText(/unsafe/)
        .first()
        .waitFor();
      await picture('rehearsal');
      expect(askedSince(from)).toEqual([]);
    });

    it('tests the recording in the Test Explorer, and sees which expectation is not met', { timeout: patience }, async () => {
      const { workspace } = sample();
      mkdirSync(join(workspace, 'expectations'), { recursive: true });
      writeFileSync(join(workspace, 'expectations/hr.json'), expectations);
      await openFile(page(), 'expectations/hr.json');
      await page().locator('.testing-run-glyph').first().waitFor();
      await runCommand(page(), 'Test: Run Tests in Current File');
      await page().locator('.test-error-content-widget', { hasText: '26 != 27' }).waitFor();
      await runCommand(page(), 'Testing: Focus on Test Explorer View');
      for (const name of [/^hr/, /^departments/])
        await page().locator('.test-explorer .monaco-list-row', { hasText: name }).locator('.monaco-tl-twistie').click();
      await page().locator('.test-explorer .monaco-list-row', { hasText: 'rows: 27' }).waitFor();
      await picture('tests');
      await runCommand(page(), 'View: Hide Panel');
    });
  });
}
