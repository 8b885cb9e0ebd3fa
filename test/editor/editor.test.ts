import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSuite } from '../../scripts/editor/build-suite.ts';
import { openFile } from '../../scripts/editor/hands.ts';
import { runSuiteInHost } from '../../scripts/editor/host-suite.ts';
import { startSample } from '../../scripts/editor/sample.ts';
import type { Sample } from '../../scripts/editor/sample.ts';
import { startEditor } from '../../scripts/editor/session.ts';
import type { EditorSession } from '../../scripts/editor/session.ts';
import { packageVsix } from '../../scripts/package.ts';

const patience = 180_000;

/** The first run installs an editor and a browser. */
const installing = 900_000;

describe('Sollist in VS Code', () => {
  let vsix: readonly string[];
  let sample: Sample;

  beforeAll(async () => {
    vsix = [await packageVsix()];
    sample = await startSample();
  }, installing);

  afterAll(() => close(sample));

  it('passes the suite inside the extension host', { timeout: installing }, async () => {
    const { exitCode, log } = await runSuiteInHost({ workspace: sample.workspace, vsix, env: sample.env }, await buildSuite());
    expect(exitCode, log.join('\n')).toBe(0);
  });

  describe('as a person sees it', () => {
    let editor: EditorSession;

    beforeAll(async () => {
      editor = await startEditor({ workspace: sample.workspace, vsix, env: sample.env });
    }, installing);

    afterAll(() => close(editor), patience);

    it('opens a connector, in both themes', { timeout: patience }, async () => {
      await openFile(editor.page, 'connectors/hr.json');
      await editor.page.locator('.view-line', { hasText: 'crud_objects' }).first().waitFor();
      await editor.screenshot('connector-light');
      await editor.setTheme('dark');
      await editor.screenshot('connector-dark');
    });

    it('asks for nothing outside this machine', () => {
      expect(editor.outside).toEqual([]);
    });
  });
});

/** Closes what was opened; what failed to open has said so already. */
async function close(opened: { close(): Promise<void> } | undefined): Promise<void> {
  await opened?.close();
}
