import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/editor/paths.ts';
import { readManifest } from './read-manifest.ts';

const { contributes } = readManifest();

/** The README's part under a heading of second or third rank, up to the next of the same or a higher rank. */
function sectionOf(title: string): string | undefined {
  const file = join(root, 'README.md');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const match = new RegExp(`^(##+) ${title}\\s*$([\\s\\S]*)`, 'm').exec(text);
  if (match === null) return undefined;
  const rank = match[1]?.length ?? 2;
  return match[2]?.split(new RegExp(`^#{1,${String(rank)}} `, 'm'))[0];
}

/** What stands in back-ticks in the first cells of a table. */
function firstCells(part: string): readonly string[] {
  return [...part.matchAll(/^\|\s*`([^`]+)`/gm)].map(([, cell = '']) => cell).sort();
}

const commandsPart = sectionOf('Commands');
const settingsPart = sectionOf('Settings');

describe('README', () => {
  test('the table of section "Commands" names every command by its title', () => {
    expect(firstCells(commandsPart ?? '')).toEqual(contributes.commands.map(({ title }) => title).sort());
  });

  test('the table of section "Settings" names every setting', () => {
    expect(firstCells(settingsPart ?? '')).toEqual(Object.keys(contributes.configuration.properties).sort());
  });
});
