import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildSuite } from '../../scripts/editor/build-suite.ts';
import { clickLens, goTo, openFile, runAndPick, runCommand, webview } from '../../scripts/editor/hands.ts';
import { runSuiteInHost } from '../../scripts/editor/host-suite.ts';
import type { SuiteResult } from '../../scripts/editor/host-suite.ts';
import { startSample } from '../../scripts/editor/sample.ts';
import type { Sample } from '../../scripts/editor/sample.ts';
import { startEditor } from '../../scripts/editor/session.ts';
import type { EditorSession } from '../../scripts/editor/session.ts';
import type { Theme } from '../../scripts/editor/settings.ts';
import { waitFor } from '../../scripts/editor/wait-for.ts';
import { packageVsix } from '../../scripts/package.ts';
import { collectionScenes } from './collection-scenes.ts';
import { connectorScenes } from './connector-scenes.ts';
import { filterScenes } from './filter-scenes.ts';
import { runsScenes } from './runs-scenes.ts';

const patience = 180_000;

/** The first run installs an editor and a browser. */
const installing = 900_000;

/** What Sollist asks of git it asks itself; the editor's own view of it only takes time. */
const settings = { 'git.enabled': false };

describe('Sollist in VS Code', () => {
  let vsix: readonly string[];
  let sample: Sample;
  let suite: Promise<SuiteResult>;
  let untrusted: Promise<EditorSession> | undefined;

  beforeAll(async () => {
    vsix = [await packageVsix()];
    sample = await startSample();
    // An editor waits more than it computes, so two of them take little longer than one.
    suite = runSuite();
    suite.catch(() => undefined);
  }, installing);

  afterAll(async () => {
    await close(await untrusted);
    await suite.catch(() => undefined);
    await close(sample);
  }, patience);

  /** The suite inside the extension host, in a workspace of its own: it collects, and chooses an environment. */
  const runSuite = async (): Promise<SuiteResult> => {
    const own = await startSample();
    try {
      // Nobody looks at this one: what is small is drawn in less time.
      const size = { width: 800, height: 600 };
      const result = await runSuiteInHost({ workspace: own.workspace, vsix, env: own.env, settings, size }, await buildSuite());
      expect(own.systems.directory.writes()).toEqual([]);
      return result;
    } finally {
      await own.close();
    }
  };

  /** An editor takes seconds to start, and they pass while another one is looked at. */
  const openUntrusted = (): Promise<EditorSession> =>
    (untrusted ??= startEditor({ workspace: sample.workspace, vsix, env: sample.env, settings, trusted: false }));

  describe('as a person sees it', () => {
    let editor: EditorSession;

    beforeAll(async () => {
      editor = await startEditor({ workspace: sample.workspace, vsix, env: sample.env, settings });
    }, installing);

    afterAll(() => close(editor), patience);

    // What was on the screen says more than what was waited for.
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail') await editor.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`);
    });

    const asked = (system: 'hr' | 'directory', from: number): readonly string[] =>
      sample.systems[system].log.slice(from).map(({ path }) => path);
    let theme: Theme = 'light';
    /** The theme that is shown comes first and the other one stays: each change takes a while. */
    const bothThemes = async (name: string): Promise<void> => {
      await editor.screenshot(`${name}-${theme}`);
      theme = theme === 'light' ? 'dark' : 'light';
      await editor.setTheme(theme);
      await editor.screenshot(`${name}-${theme}`);
    };

    it('shows a connector with its lenses', { timeout: patience }, async () => {
      await openFile(editor.page, 'connectors/hr.json');
      await lens('Dry run').waitFor();
      await bothThemes('connector');
    });

    it('takes the environment that a person selects', { timeout: patience }, async () => {
      // The sample systems of a test listen on free ports; this environment takes the addresses from variables.
      await runAndPick(editor.page, 'Sollist: Select Environment…', 'elsewhere');
      await editor.page.locator('.statusbar-item', { hasText: 'elsewhere' }).waitFor();
    });

    it('dry-runs from the lens, with rows from the running system', { timeout: patience }, async () => {
      const before = sample.systems.hr.log.length;
      const panel = webview(editor.page);
      await clickLens(() => lens('Dry run'), panel.getByRole('grid').getByText('P0003').first());
      expect(asked('hr', before)).toContain('/api/v1/persons');
      await bothThemes('dry-run');
      await panel.getByRole('tab', { name: /Requests/ }).click();
      await panel.getByText('/api/v1/persons').first().waitFor();
      await bothThemes('dry-run-requests');
    });

    it('runs the text in the editor, saved or not', { timeout: patience }, async () => {
      const before = sample.systems.hr.log.length;
      await openFile(editor.page, 'connectors/hr.json');
      await goTo(editor.page, 10, 39);
      await editor.page.keyboard.type('-of-tomorrow');
      await clickLens(() => lens('Dry run'), webview(editor.page).getByText('404').first());
      expect(asked('hr', before)).toContain('/api/v1/persons-of-tomorrow');
      await editor.screenshot(`dry-run-failed-${theme}`);
      expect(readFileSync(join(sample.workspace, 'connectors/hr.json'), 'utf8')).not.toContain('tomorrow');
      await openFile(editor.page, 'connectors/hr.json');
      await runCommand(editor.page, 'File: Revert File');
    });

    it('cancels a run whose server hangs', { timeout: patience }, async () => {
      sample.systems.hr.faults.add({ path: /\/persons/, after: 0, action: { kind: 'hang' } });
      await openFile(editor.page, 'connectors/hr.json');
      const panel = webview(editor.page);
      const cancel = panel.getByRole('button', { name: 'Cancel' });
      await clickLens(() => lens('Dry run'), cancel);
      await cancel.click();
      await panel
        .getByText(/cancelled/i)
        .first()
        .waitFor();
      sample.systems.hr.faults.clear();
    });

    it('collects both systems and previews a mapping with its requests', { timeout: patience }, async () => {
      for (const system of ['hr', 'directory'] as const) {
        const before = sample.systems[system].log.length;
        await runAndPick(editor.page, 'Sollist: Collect System…', system);
        const last = system === 'hr' ? '/api/v1/persons/P0500/contracts' : '/scim/v2/Groups/g-15';
        await waitFor(`${system} to be collected`, () => asked(system, before).includes(last));
        await editor.page.locator('.statusbar', { hasText: new RegExp(`${system}.*(collected|complete)`, 'i') }).waitFor();
      }
      await openFile(editor.page, 'mappings/Changed accounts.json');
      await clickLens(() => lens('Preview'), webview(editor.page).getByText('Charlotte Thornbury-Cole').first());
      await bothThemes('preview');
    });

    connectorScenes(() => editor, bothThemes);
    runsScenes(() => editor, bothThemes);
    collectionScenes(
      () => editor,
      () => sample,
      bothThemes,
    );

    filterScenes(
      () => editor,
      () => sample,
      bothThemes,
    );

    it('shows in the Roles view who would be added and removed', { timeout: patience }, async () => {
      openUntrusted().catch(() => undefined);
      await runCommand(editor.page, 'Sollist: Inspect Roles');
      const tree = editor.page.locator('.pane-body .monaco-list');
      const group = tree.locator('.monaco-list-row', { hasText: /^IT/ });
      await group.waitFor();
      expect(await group.innerText()).toMatch(/\+6.*−15/s);
      await group.click();
      await tree.locator('.monaco-list-row', { hasText: 'Anders Nørgaard' }).waitFor();
      await bothThemes('roles');
    });

    it('wrote nothing to Directory, and asked for nothing outside this machine', () => {
      expect(sample.systems.directory.writes()).toEqual([]);
      expect(editor.outside).toEqual([]);
    });

    function lens(title: string): Locator {
      return editor.page.locator('.codelens-decoration a', { hasText: title }).first();
    }
  });

  it('runs nothing in an untrusted workspace, and still helps', { timeout: patience }, async () => {
    const requests = sample.systems.hr.log.length;
    const editor = await openUntrusted();
    await openFile(editor.page, 'connectors/hr.json');
    await editor.page.locator('.statusbar', { hasText: 'NIM Connector' }).waitFor();
    await editor.page.locator('.view-line', { hasText: 'crud_objects' }).first().waitFor();
    expect(await editor.page.locator('.codelens-decoration a', { hasText: 'Dry run' }).count()).toBe(0);
    await editor.screenshot('untrusted');
    expect(sample.systems.hr.log).toHaveLength(requests);
    // What was run before may be looked at; to run it again is not offered.
    await runCommand(editor.page, 'Sollist: Focus on Runs View');
    await editor.page.locator('.monaco-list-row', { hasText: 'Collection of hr' }).first().click();
    await webview(editor.page)
      .getByRole('heading', { name: /^Collection of hr, / })
      .waitFor();
    expect(await editor.page.locator('.monaco-list-row .action-label[aria-label^="Run Again"]').count()).toBe(0);
    expect(sample.systems.hr.log).toHaveLength(requests);
  });

  it('passes the suite inside the extension host', { timeout: installing }, async () => {
    const { exitCode, log } = await suite;
    expect(exitCode, log.join('\n')).toBe(0);
  });
});

/** Closes what was opened; what failed to open has said so already. */
async function close(opened: { close(): Promise<void> } | undefined): Promise<void> {
  await opened?.close();
}
