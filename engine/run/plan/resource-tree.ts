import type { Cell } from '../records.ts';
import { toWire } from './cells.ts';
import { columnOf, type Target } from './target.ts';

/** A column's value as JSON sends it. */
export function wireValue({ table }: Pick<Target, 'table'>, name: string, value: Cell): ReturnType<typeof toWire> {
  return toWire(value, columnOf(table, name)?.type ?? 'text');
}

/** The attributes in the shape `resources` gives them: nested where the column is nested. */
export function resourceTree(target: Pick<Target, 'table'>, values: ReadonlyMap<string, Cell>): Readonly<Record<string, unknown>> {
  const tree: Tree = new Map();
  for (const [name, value] of values) put(tree, columnOf(target.table, name)?.path ?? [name], wireValue(target, name, value));
  return toObject(tree);
}

type Tree = Map<string, unknown>;

function put(level: Tree, path: readonly string[], value: unknown): void {
  const [step, ...rest] = path;
  if (step === undefined) return;
  if (rest.length === 0) {
    level.set(step, value);
    return;
  }
  const below = level.get(step);
  const next = below instanceof Map ? (below as Tree) : (new Map() as Tree);
  level.set(step, next);
  put(next, rest, value);
}

/** By entries, so that a column named `__proto__` is only a column. */
function toObject(tree: ReadonlyMap<string, unknown>): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...tree].map(([name, value]) => [name, value instanceof Map ? toObject(value as Tree) : value]));
}
