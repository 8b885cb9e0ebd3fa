/**
 * Random decisions out of a list of numbers. When the list is at its end every decision is the first, so that a shorter list of smaller numbers
 * makes a simpler filter: making filters simpler needs to know nothing of filters.
 */
export interface Choices {
  /** 0 … count - 1 */
  pick(count: number): number;
  of<Value>(values: readonly Value[]): Value;
  /** True in so many of a hundred cases. */
  chance(percent: number): boolean;
}

export function choicesOf(numbers: readonly number[]): Choices {
  let at = 0;
  const next = (): number => numbers[at++] ?? 0;
  const choices: Choices = {
    pick: (count) => next() % Math.max(1, count),
    of(values) {
      const value = values[choices.pick(values.length)];
      if (value === undefined) throw new Error('There is nothing to choose from.');
      return value;
    },
    // The small numbers mean no.
    chance: (percent) => next() % 100 >= 100 - percent,
  };
  return choices;
}

/** Numbers that look random and are always the same for a seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) & 0xffff;
  };
}
