import { analyseScript, type ScriptAnalysis } from '../script/analyse-script.ts';
import { checkScript } from '../script/check-script.ts';
import type { Problem } from '../text/problem.ts';
import type { BoundTable } from './bound.ts';

/** Scripts that are remembered: more than one filter has, few enough to be forgotten with the filter. */
const most = 100;

/** The tables a script may name, as far as its reading depends on them. */
type Named = Pick<BoundTable, 'alias' | 'catalog' | 'presence'>;

interface Remembered {
  readonly tables: readonly Named[];
  readonly inReach: readonly Named[];
  readonly globals: string;
  readonly problems: readonly Problem[];
  readonly analysis: ScriptAnalysis;
}

const memory = new Map<string, Remembered>();

/** What a script reads, and what is wrong with it. Spans are within its code. */
export type ReadScript = Pick<Remembered, 'problems' | 'analysis'>;

/**
 * Reads a script column, remembering the result: a key stroke elsewhere in the filter changes neither its code nor its tables. `inReach`: those
 * of the tables that may have a row.
 */
export function readScriptOnce(code: string, tables: readonly Named[], inReach: readonly Named[], names: readonly string[]): ReadScript {
  const globals = names.join('\n');
  const known = memory.get(code);
  if (known?.globals === globals && sameTables(known.tables, tables) && sameTables(known.inReach, inReach)) return known;
  const aliases = tables.map(({ alias, catalog, presence }) => ({
    alias,
    columns: (catalog?.columns ?? []).map(({ name }) => name),
    presence,
  }));
  const read: Remembered = {
    tables: tables.map(namedOf),
    inReach: inReach.map(namedOf),
    globals,
    problems: checkScript(code, { aliases, globals: names }),
    analysis: analyseScript(
      code,
      inReach.map(({ alias }) => alias),
    ),
  };
  // The one that was read last goes to the end, so that the oldest is forgotten.
  memory.delete(code);
  memory.set(code, read);
  for (const oldest of memory.keys()) {
    if (memory.size <= most) break;
    memory.delete(oldest);
  }
  return read;
}

/** Without what else a bound table holds, so that no filter is kept alive. */
function namedOf({ alias, catalog, presence }: Named): Named {
  return { alias, ...(catalog && { catalog }), presence };
}

function sameTables(before: readonly Named[], now: readonly Named[]): boolean {
  return (
    before.length === now.length &&
    before.every((one, index) => {
      const other = now[index];
      return one.alias === other?.alias && one.catalog === other.catalog && one.presence === other.presence;
    })
  );
}
