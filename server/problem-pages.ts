import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The pages of the manual lie beside the bundles, in the package as in a clone. */
const folder = typeof __dirname === 'string' ? join(__dirname, '..', 'docs', 'problems') : undefined;

const addresses = new Map<string, string | undefined>();
const texts = new Map<string, string | undefined>();

/** The address of the manual's page about a code, or undefined where there is none. */
export function hrefOf(code: string): string | undefined {
  if (!addresses.has(code)) {
    const path = pathOf(code);
    addresses.set(code, path !== undefined && existsSync(path) ? pathToFileURL(path).href : undefined);
  }
  return addresses.get(code);
}

/** What the manual says about a code, without the heading and the part about silencing it; Markdown. */
export function meaningOf(code: string): string | undefined {
  if (!texts.has(code)) {
    const path = pathOf(code);
    texts.set(code, path !== undefined && existsSync(path) ? bodyOf(readFileSync(path, 'utf8')) : undefined);
  }
  return texts.get(code);
}

function pathOf(code: string): string | undefined {
  // A code is a word of our own; what a file says is one need not be.
  return folder !== undefined && /^[a-z]+(-[a-z]+)*$/.test(code) ? join(folder, `${code}.md`) : undefined;
}

function bodyOf(page: string): string {
  return page
    .replace(/^# .*\n/, '')
    .replace(/\n## How to silence it[\s\S]*/, '')
    .trim();
}
