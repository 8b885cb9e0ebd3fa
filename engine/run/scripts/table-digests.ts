import { createHash } from 'node:crypto';
import { analyseScript } from '../../model/script/analyse-script.ts';
import type { TableScript } from '../../model/script/table-scripts.ts';
import { usedLibraries } from '../../model/script/used-libraries.ts';
import type { Workspace } from '../../model/workspace/workspace.ts';
import type { Evidence } from '../records.ts';
import { timeZoneOf } from '../workspace/time-zone.ts';

/** What scripts of a workspace rest on, beside the row. */
type Surroundings = Pick<Workspace, 'libraries' | 'settings'>;

/** Between a digest and the time zone that counted. */
const inZone = '@';

/**
 * What the script columns of a table are made by, as digests by column: the same script with the same libraries gives the same. Behind the digest of a
 * script that may give something else in another time zone stands that zone: `0123456789abcdef@Europe/Amsterdam`.
 */
export function tableDigests(scripts: readonly TableScript[], workspace: Surroundings): Readonly<Record<string, string>> {
  return Object.fromEntries(
    scripts.map(({ name, type, code }) => {
      const used = usedLibraries([code], workspace);
      const what = JSON.stringify([type, code, ...used.map((library) => [library.name, library.text])]);
      const digest = createHash('sha256').update(what).digest('hex').slice(0, 16);
      const zoned = type === 'date' || [code, ...used.map(({ text }) => text)].some(hasDates);
      return [name.text, zoned ? digest + inZone + timeZoneOf({ workspace }) : digest];
    }),
  );
}

/** Whether code names what local time can be had from. */
function hasDates(code: string): boolean {
  return analyseScript(code).free.some(({ name }) => name === 'Date' || name === 'globalThis');
}

/** Script columns of a collected table that would hold something else now. */
export interface StaleScripts {
  /** Their script, or a library of it, has changed since. */
  readonly changed: readonly string[];
  /** They were computed when days and local time were those of another time zone. */
  readonly rezoned?: { readonly scripts: readonly string[]; readonly zone: string };
}

/** Which script columns of a collected table are stale. Nothing is known of tables collected without digests, or without a zone behind them. */
export function staleScripts(
  { systems, libraries, settings }: Pick<Workspace, 'systems' | 'libraries' | 'settings'>,
  system: string,
  table: string,
  { scripts: then = {} }: Pick<Evidence, 'scripts'>,
): StaleScripts {
  const scripts = systems.get(system)?.model.tables.find(({ name }) => name.text === table)?.scripts ?? [];
  const changed: string[] = [];
  const rezoned: string[] = [];
  let before: string | undefined;
  for (const [name, now] of Object.entries(tableDigests(scripts, { libraries, settings }))) {
    const [digest, zone] = now.split(inZone);
    const [digestThen, zoneThen] = then[name]?.split(inZone) ?? [];
    if (digestThen === undefined) continue;
    if (digestThen !== digest) changed.push(name);
    else if (zoneThen !== undefined && zoneThen !== zone) {
      rezoned.push(name);
      before = zoneThen;
    }
  }
  return { changed, ...(before !== undefined && { rezoned: { scripts: rezoned, zone: before } }) };
}
