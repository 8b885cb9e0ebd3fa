import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileText } from './vault.ts';

// One file: `=== title`, the filter, `--- options` (JSON, optional), `--- sql`, `--- parameters`. UPDATE_GOLDEN=1 writes what is compiled now.
const path = new URL('../../fixtures/filter/golden.txt', import.meta.url);
const sections = readFileSync(path, 'utf8')
  .split(/^=== /m)
  .slice(1)
  .map((section) => {
    const [head = '', ...parts] = section.split(/^--- /m);
    const [title = '', ...filter] = head.split('\n');
    const part = (name: string): string | undefined =>
      parts
        .find((one) => one.startsWith(name))
        ?.slice(name.length + 1)
        .trim();
    return { title, filter: filter.join('\n').trim(), options: part('options'), sql: part('sql'), parameters: part('parameters') };
  });

describe('what filters compile to', () => {
  if (process.env['UPDATE_GOLDEN']) {
    it('is written down anew', () => {
      const written = sections.map(({ title, filter, options }) => {
        const { query, codes } = compileText(filter, JSON.parse(options ?? '{}') as Parameters<typeof compileText>[1]);
        const asked = options === undefined ? '' : `--- options\n${options}\n`;
        return `=== ${title}\n${filter}\n${asked}--- sql\n${query?.sql ?? codes.join(' ')}\n--- parameters\n${JSON.stringify(query?.parameters ?? null)}\n`;
      });
      writeFileSync(path, written.join('\n'));
    });
    return;
  }
  for (const { title, filter, options, sql, parameters } of sections) {
    it(title, () => {
      const { query, codes } = compileText(filter, JSON.parse(options ?? '{}') as Parameters<typeof compileText>[1]);
      expect(query?.sql ?? codes.join(' ')).toBe(sql);
      expect(JSON.stringify(query?.parameters ?? null)).toBe(parameters);
    });
  }
});
