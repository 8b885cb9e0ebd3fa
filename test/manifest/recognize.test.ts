import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { looksLikeConnector } from '../../client/features/recognize/connector-content.ts';
import { languageOf } from '../../client/features/recognize/language-of.ts';
import { languageIds } from '../../client/infrastructure/ids.ts';
import { identifyFile } from '../../engine/model/workspace/file-kind.ts';
import { root } from '../../scripts/editor/paths.ts';

const connector = JSON.stringify({ schema: { crud_objects: { persons: {} } }, rest: { config: {} } });

function language(place: string | undefined, text = '{}', isJson = true): string | undefined {
  return languageOf({ place, isJson, text: () => text });
}

describe('by place', () => {
  test('our places have our languages', () => {
    expect(language('connectors/HR.json')).toBe(languageIds.connector);
    expect(language('filters/Staff.filter', '', false)).toBe(languageIds.filter);
    for (const place of [
      'sollist.json',
      'relations.json',
      'systems/hr.json',
      'mappings/New.json',
      'roles/development/model.json',
      'roles/generators/x.json',
    ]) {
      expect(language(place), place).toBe(languageIds.json);
    }
  });

  test('what the engine reads is recognised, and what it does not read is not', () => {
    const places = [
      'sollist.json',
      'relations.json',
      'connectors/a.json',
      'connectors/a/b.json',
      'connectors/a.txt',
      'systems/a.json',
      'systems/a/b.json',
      'filters/a.filter',
      'filters/a.json',
      'mappings/a.json',
      'expectations/a.json',
      'expectations/a/b.json',
      'roles/m/model.json',
      'roles/m/r.json',
      'other/sollist.json',
      'package.json',
    ];
    for (const place of places) expect(language(place) !== undefined, place).toBe(identifyFile(place) !== undefined);
  });

  test('a place is enough: the text is not read', () => {
    const text = (): string => {
      throw new Error('read');
    };
    expect(languageOf({ place: 'connectors/huge.json', isJson: true, text })).toBe(languageIds.connector);
    expect(languageOf({ place: undefined, isJson: false, text })).toBeUndefined();
  });
});

describe('by content', () => {
  test('a lone connector is recognised, also in a folder of ours that is none of our places', () => {
    expect(language(undefined, connector)).toBe(languageIds.connector);
    expect(language('drafts/x.json', connector)).toBe(languageIds.connector);
  });

  test('comments, trailing commas and a broken end do not hide it', () => {
    expect(looksLikeConnector(`// draft\n${connector.slice(0, -1)},}`)).toBe(true);
    expect(looksLikeConnector(`${connector.slice(0, -1)}, "connection": { "items": [`)).toBe(true);
  });

  test.each([
    ['empty', ''],
    ['no JSON', 'schema: crud_objects "rest" "config"'],
    ['other JSON', '{"name": "x", "rest": {"config": {}}}'],
    ['the words alone', '["crud_objects", "rest", "config"]'],
    ['no objects', '{"schema": {"crud_objects": []}, "rest": {"config": "x"}}'],
    ['inherited names', '{"schema": {"__proto__": {"crud_objects": {}}}, "rest": {"config": {}}, "x": "crud_objects"}'],
  ])('%s is no connector', (_, text) => {
    expect(looksLikeConnector(text)).toBe(false);
  });

  test('a big JSON file that is none of ours costs next to nothing', () => {
    const big = JSON.stringify(Array.from({ length: 60_000 }, (_, index) => ({ index, name: `item ${String(index)}` })));
    const started = performance.now();
    expect(looksLikeConnector(big)).toBe(false);
    expect(performance.now() - started).toBeLessThan(100);
  });

  const sample = join(root, 'examples', 'workspace', 'connectors');
  test.skipIf(!existsSync(sample))('the sample connectors are recognised by their content, too', () => {
    for (const file of readdirSync(sample)) expect(looksLikeConnector(readFileSync(join(sample, file), 'utf8')), file).toBe(true);
  });
});
