import { createHash } from 'node:crypto';
import type { TableScript } from '../../model/script/table-scripts.ts';
import type { Workspace } from '../../model/workspace/workspace.ts';
import type { Evidence } from '../records.ts';

/** What the script columns of a table are made by, as digests by column: the same script with the same libraries gives the same. */
export function tableDigests(
  scripts: readonly TableScript[],
  { libraries }: Pick<Workspace, 'libraries'>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    scripts.map(({ name, type, code }) => {
      const used = usedBy(code, libraries);
      const what = JSON.stringify([type, code, ...used.map((library) => [library, libraries.get(library)?.text])]);
      return [name.text, createHash('sha256').update(what).digest('hex').slice(0, 16)];
    }),
  );
}

/** Libraries whose name occurs in the code, or in a library that does; in the order of their names. */
function usedBy(code: string, libraries: Workspace['libraries']): readonly string[] {
  const found = new Set<string>();
  const texts = [code];
  for (let text = texts.pop(); text !== undefined; text = texts.pop()) {
    for (const { name, text: own } of libraries.values()) {
      if (found.has(name) || !text.includes(name)) continue;
      found.add(name);
      texts.push(own);
    }
  }
  return [...found].sort();
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
