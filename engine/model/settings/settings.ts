import { readProblemSettings, type ProblemSettings } from '../problems/problem-settings.ts';
import { childOf, numberOf, propertiesOf, stringOf, type JsonNode } from '../text/json.ts';
import { isTimeZone } from '../filter/time-zone.ts';
import type { ConnectionValue } from '../system/system.ts';
import { readConnectionValues } from '../system/connection-values.ts';

/** A threshold trips when a number exceeds it; a percentage needs a base of at least 20 (decision "Guards"). */
export interface Threshold {
  readonly count: number;
  readonly percent: number;
}

/** What a guard counts: changes of a mapping by kind, or members a role model removes from one group. */
export type GuardedKind = 'create' | 'update' | 'delete' | 'remove';

export type Guards = Readonly<Record<GuardedKind, Threshold>>;

/** How collections come into the vault; a system, and a table of it, may say otherwise. */
export interface CollectionSettings {
  /** Versions kept of each table, the current one included; pinned ones do not count. */
  readonly keep: number;
  /**
   * The loss of rows a table may have between two collections. Unlike the other guards it trips when *both* numbers are exceeded: a source that
   * breaks loses much by either measure.
   */
  readonly collapse: Threshold;
}

/** The history of runs. */
export interface RunSettings {
  /** Runs kept beside the pinned ones; 0: none is. */
  readonly keep: number;
}

/** One named set of connection values that replaces those of the systems. */
export interface Environment {
  readonly name: string;
  readonly connections: ReadonlyMap<string, ReadonlyMap<string, ConnectionValue>>;
}

/** `sollist.json`. */
export interface Settings {
  readonly name: string;
  /** Path of the vault, relative to the workspace. */
  readonly vault: string;
  readonly environments: readonly Environment[];
  readonly guards: Guards;
  readonly collection: CollectionSettings;
  readonly runs: RunSettings;
  readonly problems: ProblemSettings;
  /** Values that session variables have in a preview, by name. */
  readonly session: ReadonlyMap<string, string>;
  /** Whose calendar days count, by its name in the IANA database; absent: the machine's. */
  readonly timeZone?: string;
}

/** On by default: generous enough for a normal day, far below a catastrophe. */
export const defaultGuards: Guards = {
  create: { count: 100, percent: 20 },
  update: { count: 200, percent: 30 },
  delete: { count: 25, percent: 5 },
  remove: { count: 25, percent: 20 },
};

/** From so many rows on a percentage says something (decision "Guards"). */
export const smallestBase = 20;

export const defaultKeep = 5;

export const defaultRunsKept = 50;

export const defaultCollapse: Threshold = { count: 20, percent: 30 };

export function readSettings(root: JsonNode | undefined): Settings {
  const timeZone = stringOf(childOf(root, 'timeZone'))?.text;
  return {
    ...(timeZone !== undefined && isTimeZone(timeZone) && { timeZone }),
    name: stringOf(childOf(root, 'name'))?.text ?? 'Workspace',
    vault: stringOf(childOf(root, 'vault'))?.text ?? '.sollist/vault.db',
    environments: propertiesOf(childOf(root, 'environments')).map(({ name, value }) => ({
      name: name.text,
      connections: new Map(
        propertiesOf(childOf(value, 'connections')).map((system) => [system.name.text, readConnectionValues(system.value)] as const),
      ),
    })),
    guards: readGuards(childOf(root, 'guards'), defaultGuards),
    collection: {
      keep: readKeep(childOf(root, 'collection', 'keep')) ?? defaultKeep,
      collapse: { ...defaultCollapse, ...readCollapse(root) },
    },
    runs: { keep: Math.max(0, Math.trunc(numberOf(childOf(root, 'runs', 'keep')) ?? defaultRunsKept)) },
    problems: readProblemSettings(childOf(root, 'problems')),
    session: new Map(
      propertiesOf(childOf(root, 'session')).flatMap(({ name, value }) => {
        const text = stringOf(value)?.text;
        return text === undefined ? [] : [[name.text, text] as const];
      }),
    ),
  };
}

/** A number of versions to keep; at least the current one stays. */
export function readKeep(node: JsonNode | undefined): number | undefined {
  const keep = numberOf(node);
  return keep === undefined ? undefined : Math.max(1, Math.trunc(keep));
}

/** The `guards.collapse` of a file, a system or a table: what of it is said there. */
export function readCollapse(node: JsonNode | undefined): Partial<Threshold> {
  const count = numberOf(childOf(node, 'guards', 'collapse', 'count'));
  const percent = numberOf(childOf(node, 'guards', 'collapse', 'percent'));
  return { ...(count !== undefined && { count }), ...(percent !== undefined && { percent }) };
}

/** Guards of a file; what it leaves out is taken from `fallback`. */
export function readGuards(node: JsonNode | undefined, fallback: Guards): Guards {
  const threshold = (kind: GuardedKind): Threshold => ({
    count: numberOf(childOf(node, kind, 'count')) ?? fallback[kind].count,
    percent: numberOf(childOf(node, kind, 'percent')) ?? fallback[kind].percent,
  });
  return { create: threshold('create'), update: threshold('update'), delete: threshold('delete'), remove: threshold('remove') };
}
