import { describe, expect, test } from 'vitest';
import { checkTimeZone } from '../../../engine/model/settings/check-time-zone.ts';
import { readSettings } from '../../../engine/model/settings/settings.ts';
import { parseJson } from '../../../engine/model/text/json.ts';

const rootOf = (timeZone: unknown): ReturnType<typeof parseJson>['root'] => parseJson(JSON.stringify({ timeZone }), { strict: false }).root;

describe('the time zone of a workspace', () => {
  test.each(['UTC', 'Europe/Amsterdam', 'Asia/Kathmandu'])('%s is one', (zone) => {
    expect(checkTimeZone(rootOf(zone))).toEqual([]);
    expect(readSettings(rootOf(zone)).timeZone).toBe(zone);
  });

  test('one that is misspelt is told at its place, with the one that is meant', () => {
    const [problem, ...others] = checkTimeZone(rootOf('Europe/Amsterdm'));
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      code: 'unknown-time-zone',
      severity: 'error',
      span: { offset: '{"timeZone":'.length, length: '"Europe/Amsterdm"'.length },
      fixes: [{ text: '"Europe/Amsterdam"' }],
    });
    expect(problem?.fixes?.[0]?.span).toEqual(problem?.span);
  });

  test.each(['', 'CET+1', '+02:00', 'Mars/Olympus'])('"%s" is none, and is not taken for one', (zone) => {
    expect(checkTimeZone(rootOf(zone)).map(({ code }) => code)).toEqual(['unknown-time-zone']);
    expect(readSettings(rootOf(zone)).timeZone).toBeUndefined();
  });
});
