import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickLens, goTo, openFile, runCommand } from '../../scripts/editor/hands.ts';
import { sampleWorkspace } from '../../scripts/editor/sample.ts';
import type { EditorSession } from '../../scripts/editor/session.ts';
import { waitFor } from '../../scripts/editor/wait-for.ts';

const patience = 60_000;
const connector = 'connectors/directory.json';
const original = readFileSync(join(sampleWorkspace, connector), 'utf8');

/** What a person sees who writes a connector whose system was collected, with pictures. */
export function connectorScenes(session: () => EditorSession, picture: (name: string) => Promise<void>): void {
  const page = (): Page => session().page;

  describe('who writes a connector', () => {
    beforeAll(async () => {
      await runCommand(page(), 'View: Close All Editors');
      await openFile(page(), connector);
    }, patience);

    afterEach(async () => {
      await page().keyboard.press('Escape');
      await openFile(page(), connector);
      await runCommand(page(), 'File: Revert File');
    }, patience);

    it('is offered what fits, with its documentation beside it', { timeout: patience }, async () => {
      await suggest(page(), '"iterator": "<|>id"');
      await suggestion(page(), 'displayName').waitFor();
      await documentation(page()).getByText('Column id of the table groups').waitFor();
      await picture('completion-column');
      await suggest(page(), '"/scim/v2/Users/{<|>id}"');
      await suggestion(page(), '{userName}').waitFor();
      await documentation(page()).getByText('of the table users').waitFor();
      await picture('completion-variable');
      await suggest(page(), '"maxSessionCount": 5<|>', ',\n""');
      await suggestion(page(), 'maxPageCount').waitFor();
      await picture('completion-property');
    });

    it('reads on hover which address a path is, and what a column holds', { timeout: patience }, async () => {
      await hoverOver(page(), '"/scim/v2/Us<|>ers"');
      await hover(page()).getByText('System directory calls').waitFor();
      await picture('hover-path');
      await hoverOver(page(), '"displ<|>ayName": "string*",\n          "title"');
      await hover(page())
        .getByText(/Filled in \d+ of \d+ rows/)
        .waitFor();
      await picture('hover-column');
    });

    it('renames an operation, and what calls it', { timeout: patience }, async () => {
      await caretAt(page(), '"member<|>_add": {');
      await page().keyboard.press('F2');
      const box = page().locator('.rename-box input');
      await waitFor('the name in the box', async () => (await box.inputValue()) === 'member_add');
      await picture('rename');
      await box.fill('member_join');
      await page().keyboard.press('Enter');
      await caretAt(page(), '"add_operation": "<|>member_add"');
      await line(page(), '"add_operation": "member_join"').waitFor();
    });

    it('finds a slip among the problems, and mends it from the bulb', { timeout: patience }, async () => {
      await caretAt(page(), '"table": "groups<|>"');
      await page().keyboard.press('Backspace');
      await runCommand(page(), 'Problems: Focus on Problems View');
      const finding = page().locator('.markers-panel .monaco-list-row', { hasText: 'unknown-iteration-table' });
      const repair = page().locator('.action-widget .monaco-list-row.action', { hasText: 'Change to "groups"' });
      await waitFor('the menu of the bulb', async () => {
        // Takes the caret there; the list may just be drawn anew.
        await page().keyboard.press('Escape');
        await finding.dblclick({ timeout: 5_000 });
        await page().locator('.monaco-editor.focused').waitFor({ timeout: 2_000 });
        await page().keyboard.press('Control+.');
        await repair.waitFor({ timeout: 2_000 });
        return true;
      });
      await picture('problem');
      await repair.click();
      await line(page(), '"table": "groups"').waitFor();
      await finding.waitFor({ state: 'detached' });
      await runCommand(page(), 'View: Hide Panel');
    });

    it('sees rows and age over a table, and the request of a write beside it', { timeout: patience }, async () => {
      await lensOver(page(), '<|>"users_get"', /^[\d,]+ rows · (just now|\d+ min ago)$/);
      await clickLens(() => lensOver(page(), '<|>"user_create"', 'Preview request'), line(page(), 'POST http://127.0.0.1'));
      expect(await page().locator('.tab', { hasText: 'user_create' }).count()).toBe(1);
      await picture('request');
    });
  });
}

/** Puts the caret where `<|>` stands in the sample. */
async function caretAt(page: Page, marked: string): Promise<void> {
  const [before = '', behind = ''] = marked.split('<|>');
  const at = original.indexOf(before + behind);
  if (at < 0) throw new Error(`"${before}${behind}" is not in ${connector}`);
  const lines = original.slice(0, at + before.length).split('\n');
  // Nothing pops up under a mouse that was left somewhere.
  await page.mouse.move(600, 890);
  await goTo(page, lines.length, (lines.at(-1) ?? '').length + 1);
}

/** Opens the list of suggestions at a place, between the quotes if there are to be new ones, with the documentation beside it. */
async function suggest(page: Page, marked: string, text = ''): Promise<void> {
  const list = page.locator('.suggest-widget.visible .monaco-list-row').first();
  await page.keyboard.press('Escape');
  await caretAt(page, marked);
  await page.keyboard.type(text);
  if (text.endsWith('"')) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Control+Space');
  await list.waitFor();
  // Whether it is open is remembered from the last time; what has just been opened is still as low as the list.
  if (await documentation(page).isVisible()) return;
  await page.keyboard.press('Control+Space');
  await documentation(page).waitFor();
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'hidden' });
  await page.keyboard.press('Control+Space');
  await list.waitFor();
  await documentation(page).waitFor();
}

function suggestion(page: Page, label: string): Locator {
  return page.locator('.suggest-widget.visible .monaco-list-row', { hasText: label }).first();
}

function documentation(page: Page): Locator {
  return page.locator('.suggest-details').first();
}

function hover(page: Page): Locator {
  return page.locator('.monaco-hover:not(.hidden)');
}

/** Rests the mouse on a place in the text. */
async function hoverOver(page: Page, marked: string): Promise<void> {
  await caretAt(page, marked);
  const { x, y, height } = await cursor(page);
  await page.mouse.move(x + 2, y + height / 2, { steps: 3 });
}

/** The lens in the line above a place; the page does not hold lenses in the order of their lines. */
async function lensOver(page: Page, marked: string, title: string | RegExp): Promise<Locator> {
  await caretAt(page, marked);
  const { y, height } = await cursor(page);
  const lenses = page.locator('.codelens-decoration a', { hasText: title });
  return waitFor(`the lens ${String(title)} above the caret`, async () => {
    for (const lens of await lenses.all()) {
      const box = await lens.boundingBox({ timeout: 1_000 });
      if (box && box.y < y && box.y > y - 2 * height) return lens;
    }
    return undefined;
  });
}

/** Where the caret is to be seen. */
async function cursor(page: Page): Promise<NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>> {
  return waitFor('the caret to be seen', () => page.locator('.editor-group-container.active .cursors-layer .cursor').first().boundingBox());
}

function line(page: Page, text: string): Locator {
  return page.locator('.view-line', { hasText: text }).first();
}
