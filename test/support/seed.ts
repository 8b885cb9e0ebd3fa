import fc from 'fast-check';

/**
 * What random tests begin with: `SOLLIST_SEED`, a number, or `random` for another one each time. Without it always the same, so that a run
 * that fails tells of what was changed; `SOLLIST_SEED=random` looks for what nobody thought of.
 */
export const seed = seedFrom(process.env['SOLLIST_SEED']);

function seedFrom(given: string | undefined): number {
  if (given === undefined || given === '') return 20_261_122;
  if (given === 'random') return Math.floor(Math.random() * 1e9);
  if (/^\d{1,9}$/.test(given)) return Number(given);
  throw new Error(`SOLLIST_SEED is "${given}". Give a number below 1,000,000,000, or "random".`);
}

fc.configureGlobal({ seed });
