import { createHash } from 'node:crypto';
import type { TableScript } from '../../model/script/table-scripts.ts';
import { usedLibraries } from '../../model/script/used-libraries.ts';
import type { Workspace } from '../../model/workspace/workspace.ts';
import type { Evidence } from '../records.ts';

/** What the script columns of a table are made by, as digests by column: the same script with the same libraries gives the same. */
export function tableDigests(
  scripts: readonly TableScript[],
  { libraries }: Pick<Workspace, 'libraries'>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    scripts.map(({ name, type, code }) => {
      const used = usedLibraries([code], { libraries });
      const what = JSON.stringify([type, code, ...used.map((library) => [library.name, library.text])]);
      return [name.text, createHash('sha256').update(what).digest('hex').slice(0, 16)];
    }),
  );
}

/** Script columns of a collected table whose script, or a library of it, has changed since. Nothing is known of tables collected without digests. */
export function staleScripts({ systems, libraries }: Workspace, system: string, table: string, evidence: Evidence): readonly string[] {
  const { scripts: then } = evidence;
  const scripts = systems.get(system)?.model.tables.find(({ name }) => name.text === table)?.scripts ?? [];
  if (!then || scripts.length === 0) return [];
  return Object.entries(tableDigests(scripts, { libraries })).flatMap(([name, digest]) =>
    then[name] !== undefined && then[name] !== digest ? [name] : [],
  );
}
