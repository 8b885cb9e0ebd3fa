import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../engine/model/text/json.ts';
import { useCapabilities } from './capabilities.ts';
import { createDice, mutilate, wholeConnectors } from './mutilate.ts';

const times = 60;
/** Damage goes on from what the last one left, and begins anew every so often. */
const inRow = 4;

describe.each(wholeConnectors())('$name, damaged', ({ text }) => {
  it(`is served ${times} times, and every answer lies in the text`, { timeout: 120_000 }, async () => {
    const dice = createDice(text.length + 1);
    let document = parseJson(text, { strict: true });
    for (let run = 0; run < times; run++) {
      const damaged = mutilate(run % inRow === 0 ? parseJson(text, { strict: true }) : document, dice);
      document = parseJson(damaged.text, { strict: true });
      const faults = await useCapabilities(damaged.text, dice.next(damaged.text.length + 1));
      expect(faults, `run ${run}: ${damaged.way}`).toEqual([]);
    }
  });
});
