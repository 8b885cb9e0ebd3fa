import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readFilter } from '../../engine/model/filter/filter.ts';
import { formatFilter } from '../../engine/model/filter/format.ts';
import { root } from '../../scripts/editor/paths.ts';

/** Every filter that a page of the manual shows. */
const shown = readdirSync(join(root, 'docs'))
  .filter((name) => name.endsWith('.md'))
  .flatMap((name) =>
    [...readFileSync(join(root, 'docs', name), 'utf8').matchAll(/^```sql\n([\s\S]*?)^```$/gm)].map(([, text = '']) => ({ name, text })),
  );

test('the filters that the manual shows can be read', () => {
  expect(shown.length).toBeGreaterThan(5);
  for (const { name, text } of shown) expect(readFilter(text).problems, `${name}\n${text}`).toEqual([]);
});

test('those that stand for an import are laid out as one is', () => {
  const imported = shown.filter(({ name }) => name === 'nim.md');
  expect(imported).toHaveLength(3);
  for (const { text } of imported) expect(formatFilter(text)).toBe(text);
});
