import axe from 'axe-core';
import { afterEach, beforeAll, expect } from 'vitest';
import { openLab, type RunPageTest, type WebviewLab } from './run-page.ts';

type Open = (...argument: Parameters<WebviewLab['open']>) => Promise<RunPageTest>;

/** The browser for the tests of a file; each test opens one page, and no page may have gone wrong in any way. */
export function useLab(): Open {
  let lab: WebviewLab;
  let opened: RunPageTest | undefined;
  beforeAll(async () => {
    lab = await openLab();
  }, 240_000);
  afterEach(async () => {
    const faults = opened?.faults ?? [];
    await opened?.close();
    opened = undefined;
    expect(faults).toEqual([]);
  });
  return async (...argument) => {
    opened = await lab.open(...argument);
    return opened;
  };
}

const rules = {
  all: "['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice']",
  colours: "{ type: 'rule', values: ['color-contrast', 'link-in-text-block'] }",
} as const;

/**
 * Violations of WCAG A and AA that matter, as text. Themes differ in colours only, so a page that was looked at whole in one of them is looked
 * at for its `colours` in the others.
 */
export async function violations({ page }: RunPageTest, which: keyof typeof rules = 'all'): Promise<readonly string[]> {
  // Half a megabyte to compile: once a page is enough, as nothing navigates.
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(axe.source);
  const found = await page.evaluate<readonly { id: string; impact: string; nodes: readonly { html: string; failureSummary: string }[] }[]>(
    `axe.run(document, { runOnly: ${rules[which]}, resultTypes: ['violations'] }).then(({ violations }) => violations)`,
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
