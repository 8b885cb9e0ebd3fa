import type { Workspace } from '../../model/workspace/workspace.ts';
import type { ScriptGlobal } from './script-runner.ts';

/** What the scripts of a workspace may name beside tables: its libraries, in the order of their names. */
export function scriptGlobals({ libraries }: Pick<Workspace, 'libraries'>): ReadonlyMap<string, ScriptGlobal> {
  const names = [...libraries.keys()].sort();
  return new Map(names.map((name) => [name, { kind: 'library', code: libraries.get(name)?.text ?? '' }]));
}
