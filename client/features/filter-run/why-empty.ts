import type { FilterWhy } from '../../../engine/run/filter/filter-report.ts';
import type { WhyEmpty } from '../../webviews/run/filter/questions.ts';

/** Rows that are followed: what drops everything drops the first one, and a few tell more of what drops most. */
const mostTried = 8;

/** Follows some rows of the start table through a filter that gave none, and gathers which step dropped how many of them. */
export async function whyEmpty(
  keys: readonly string[],
  whyNot: (key: string) => Promise<FilterWhy>,
): Promise<Omit<WhyEmpty, 'parts' | 'hazards'>> {
  if (keys.length === 0)
    return {
      tried: 0,
      drops: [],
      sentence: 'The start table has no row that could be followed: it is empty, was not collected, or no key is known for it.',
    };
  const drops = new Map<string, { readonly step: FilterWhy['steps'][number]; readonly keys: string[] }>();
  let tried = 0;
  for (const key of keys.slice(0, mostTried)) {
    const { steps, droppedBy } = await whyNot(key);
    tried += 1;
    const step = droppedBy === undefined ? undefined : steps[droppedBy];
    if (step === undefined) continue;
    // What a parent brought stands all in one place.
    const place = JSON.stringify([step.kind, step.path, step.span.offset, step.span.length, step.text]);
    const known = drops.get(place);
    if (known === undefined) drops.set(place, { step, keys: [key] });
    else known.keys.push(key);
  }
  return { tried, drops: [...drops.values()].sort((left, right) => right.keys.length - left.keys.length) };
}
