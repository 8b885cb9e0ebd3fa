import { basename, dirname } from 'node:path/posix';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { waitFor } from './wait-for.ts';

/** Runs a command by its title in the palette ("Sollist: Dry Run"), waiting until the extension offers it. */
export async function runCommand(page: Page, title: string, timeoutMs = 60_000): Promise<void> {
  await choose(page, 'F1', `>${title}`, quickRow(page, title), title, timeoutMs);
}

/** Opens a file of the workspace by its path in it; files of one name lie in several folders, so the folder has to match, too. */
export async function openFile(page: Page, path: string, timeoutMs = 60_000): Promise<void> {
  const name = basename(path);
  const folder = dirname(path);
  const row = folder === '.' ? quickRow(page, name) : quickRow(page, name, folder);
  const tab = page.locator('.editor-group-container.active .tab.active', { hasText: name });
  await waitFor(
    `${path} to be shown`,
    async () => {
      await choose(page, 'Control+P', path, row, path, timeoutMs);
      // Another group may become active meanwhile.
      await tab.waitFor({ timeout: 5_000 });
      return true;
    },
    timeoutMs,
  );
}

/** Puts the caret into the active editor; both numbers count from 1. */
export async function goTo(page: Page, line: number, column: number): Promise<void> {
  const caret = page.locator('[id="status.editor.selection"]', { hasText: `Ln ${String(line)}, Col ${String(column)}` });
  await waitFor(`the caret to stand in line ${String(line)}, column ${String(column)}`, async () => {
    await page.keyboard.press('Control+G');
    await quickInput(page).fill(`:${String(line)}:${String(column)}`, { timeout: 2_000 });
    await page.keyboard.press('Enter');
    await caret.waitFor({ timeout: 2_000 });
    return true;
  });
}

/** Runs a command and takes the entry labelled exactly `label` from its quick pick; anew, where something else took the focus and closed it. */
export async function runAndPick(page: Page, title: string, label: string): Promise<void> {
  await waitFor(`"${label}" to be picked for "${title}"`, async () => {
    await runCommand(page, title);
    await quickInput(page).fill(label, { timeout: 5_000 });
    await quickRow(page, label).click({ timeout: 5_000 });
    return true;
  });
}

/** Runs a command and takes what its list of several proposes; anew, where something else took the focus and closed it. */
export async function runAndAccept(page: Page, title: string): Promise<void> {
  await waitFor(`what "${title}" proposes to be taken`, async () => {
    await runCommand(page, title);
    await page.locator('.quick-input-widget').getByText('OK', { exact: true }).click({ timeout: 5_000 });
    return true;
  });
}

/** Clicks a lens until what it brings shows: the editor may draw its lenses anew between the press of the button and its release. */
export async function clickLens(lens: () => Locator | Promise<Locator>, brought: Locator): Promise<void> {
  await waitFor('what the lens brings', async () => {
    await (await lens()).click({ timeout: 5_000 });
    await brought.waitFor({ timeout: 10_000 });
    return true;
  });
}

/** The content of the webview that is showing. Two frames lie around it: VS Code's own page, and the one with the extension's page. */
export function webview(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
}

/** Takes the entry labelled exactly `label` from the quick pick that is open. */
export async function pick(page: Page, label: string): Promise<void> {
  await quickInput(page).fill(label);
  await quickRow(page, label).click();
}

function quickInput(page: Page): Locator {
  return page.locator('.quick-input-widget .quick-input-box input');
}

/** The row whose label is exactly `label` and, where one is named, whose description is exactly `description`. */
function quickRow(page: Page, label: string, description?: string): Locator {
  const named = page
    .locator('.quick-input-list .monaco-list-row')
    .filter({ has: page.locator('.label-name', { hasText: exactly(label) }) });
  return description === undefined
    ? named.first()
    : named.filter({ has: page.locator('.label-description', { hasText: exactly(description) }) }).first();
}

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replace(/[^\w\s]/g, '\\$&')}$`);
}

/** Opens a quick pick and takes a row. The list is opened anew while the row is missing, for it does not grow when something is found later. */
async function choose(page: Page, key: string, text: string, row: Locator, what: string, timeoutMs: number): Promise<void> {
  const input = quickInput(page);
  await waitFor(
    `"${what}" in the list that ${key} opens`,
    async () => {
      await page.keyboard.press(key);
      await input.waitFor({ timeout: 2_000 });
      await input.fill(text);
      try {
        await row.click({ timeout: 2_000 });
        return true;
      } catch {
        await page.keyboard.press('Escape');
        return false;
      }
    },
    timeoutMs,
  );
}
