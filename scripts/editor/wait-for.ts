const pause = 50;

/** What a probe gives while the state is not there yet. */
export type NotYet = undefined | null | false;

/**
 * Polls until `probe` gives something, and returns that. A probe that throws counts as "not yet"; its last error is named when the
 * time is over, together with `description`, which says what was waited for ("the problem SOL-2001 in hr.json").
 */
export async function waitFor<T>(description: string, probe: () => T | PromiseLike<T>, timeoutMs = 30_000): Promise<Exclude<T, NotYet>> {
  const end = performance.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const found = await probe();
      if (found !== undefined && found !== null && found !== false) return found as Exclude<T, NotYet>;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) {
      const reason =
        last === undefined ? '' : ` (${last instanceof Error ? last.message : 'the probe threw something else than an Error'})`;
      throw new Error(`Waited ${String(timeoutMs)} ms in vain for ${description}${reason}.`, { cause: last });
    }
    await new Promise((resume) => setTimeout(resume, pause));
  }
}
