import type { Mapping } from '../../model/mapping/mapping.ts';
import { propertiesOf, elementsOf, type JsonNode } from '../../model/text/json.ts';
import { SollistError, cancelled } from '../error.ts';
import type { Vault } from '../vault/vault.ts';
import { pick, refuseOwn, type OpenWorkspace } from '../workspace/open-workspace.ts';
import { timeZoneOf } from '../workspace/time-zone.ts';
import { readActual } from './actual.ts';
import { basisOf, incompleteness, whyNoRemoval } from './basis.ts';
import { desiredRows } from './desired.ts';
import { filterRows, requireCollected } from '../filter/filter-rows.ts';
import { judgeGuard } from './guard.ts';
import type { DataBasis, GuardResult, MappingPlan, PlannedChange } from './plan.ts';
import { planRow, type RowContext } from './plan-row.ts';
import { shownConnection } from './shown-connection.ts';
import { columnOf, findTarget, type Target } from './target.ts';

/** What planning needs beside the files. */
export interface PlanOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** yyyy-mm-dd in the workspace's time zone. */
  readonly today: string;
  /** Tables (`system.table`) on which deletes may rest in this run although they are not proven complete. */
  readonly allowIncomplete: ReadonlySet<string>;
  readonly signal: AbortSignal;
}

/** A planned mapping, the data it rests on and its guard. */
export interface PlannedMapping {
  readonly plan: MappingPlan;
  readonly restsOn: readonly DataBasis[];
  readonly assumed: readonly string[];
  readonly guards: readonly GuardResult[];
}

/** Finds a mapping by name and plans it. Throws `unknown-mapping`, `file-broken`, and what `planMapping` throws. */
export function planMappingNamed(open: OpenWorkspace, vault: Vault, name: string, options: PlanOptions): PlannedMapping {
  const file = pick('unknown-mapping', 'mapping', 'mappings', open.workspace.mappings, name);
  return planMapping(open, vault, file.model, options);
}

/**
 * Plans one mapping: the filter's rows are the soll, the target table in the vault the ist. Sends nothing. Throws `file-broken` for a mapping
 * with errors, `mapping-unusable`, `not-collected`, and `unknown-…` for names that are none.
 */
export function planMapping(open: OpenWorkspace, vault: Vault, mapping: Mapping, options: PlanOptions): PlannedMapping {
  assertUsable(mapping, open);
  const target = findTarget(open, mapping);
  const { system, table, kind, compareKey } = target;
  const filter = filterRows(open, vault, mapping.filter.text, mapping.parameters, options.today);
  requireCollected(vault, system.name, table.name, [compareKey]);
  const restsOn = basisOf(vault, [...filter.tables, { system: system.name, table: table.name }], open.workspace);
  const noDelete = kind === 'delete' ? whyNoRemoval(restsOn, options.allowIncomplete) : undefined;
  const timeZone = timeZoneOf(open);
  const context: RowContext = {
    mapping,
    target,
    actual: readActual(vault, system.name, table.name, compareKey, { type: columnOf(table, compareKey)?.type ?? 'text', timeZone }),
    connection: shownConnection(target.connector, system, options.env),
    noDelete,
    display: system.tables.find(({ name }) => name.text === table.name)?.display?.text ?? compareKey,
    compared: new Set(vault.table(system.name, table.name)?.columns.map(({ name }) => name)),
    unconditional: isUnconditional(mapping, target),
    timeZone,
  };
  const desired = desiredRows(mapping, target, filter, timeZone);
  const changes: PlannedChange[] = [];
  const counts = { unchanged: 0, absent: 0 };
  for (const row of desired.rows) {
    if (options.signal.aborted) throw cancelled();
    const change = planRow(context, row);
    if (typeof change === 'string') counts[change]++;
    else changes.push(change);
  }
  changes.sort((a, b) => (a.key < b.key ? -1 : 1));
  const toSend = changes.filter(({ blocked }) => blocked === undefined).length;
  return {
    plan: {
      mapping: mapping.name,
      filter: mapping.filter.text,
      system: system.name,
      table: table.name,
      operation: target.operation.name.text,
      kind,
      changes,
      unchanged: counts.unchanged,
      leftAlone: desired.rows.reduce((sum, row) => sum + row.leftAlone.length, 0),
      notes: [
        ...desired.notes,
        ...(noDelete !== undefined ? [`No delete can be planned. ${noDelete}`] : []),
        ...(counts.absent > 0
          ? [
              `${rows(counts.absent)} of the filter ${counts.absent === 1 ? 'is' : 'are'} not in ${system.name}.${table.name}, so there is nothing to ${kind}.`,
            ]
          : []),
        ...uncomparedNotes(context),
        ...incompleteNotes(restsOn, kind, options.allowIncomplete),
      ],
    },
    restsOn,
    assumed: assumptions(context),
    guards: [judgeGuard(`mapping ${mapping.name}`, kind, toSend, context.actual.rows, open.workspace.settings.guards[kind])],
  };
}

/** Throws `file-broken` for a mapping that lacks something, or names what is not there. */
export function assertUsable(mapping: Mapping, open?: OpenWorkspace): void {
  if (open) refuseOwn(open, `mappings/${mapping.name}.json`);
  if (mapping.filter.text === '' || mapping.system.text === '') {
    throw new SollistError(
      'file-broken',
      `mappings/${mapping.name}.json lacks "filter" or "target". Run "sollist check" to see what is missing.`,
    );
  }
}

/** An update that maps nothing but its key, by an operation whose body is fixed (disable an account, say): there is nothing to compare. */
function isUnconditional(mapping: Mapping, { kind, operation, compareKey }: Target): boolean {
  return (
    kind === 'update' &&
    operation.body !== undefined &&
    !merges(operation.body) &&
    mapping.attributes.every(({ name }) => name.text === compareKey)
  );
}

function merges(node: JsonNode): boolean {
  return (
    propertiesOf(node).some(({ name, value }) => name.text === '_nim_merge_attributes_' || merges(value)) || elementsOf(node).some(merges)
  );
}

function assumptions({ target, unconditional }: RowContext): readonly string[] {
  const { kind, operation } = target;
  return [
    ...target.assumed,
    ...(unconditional
      ? [`${operation.name.text} maps nothing but its key, so it is due for every row of its filter: what it changes stands in its body.`]
      : []),
    ...(kind === 'update' && !unconditional
      ? ['An update sends every mapped attribute that has a value, not only those that differ.']
      : []),
    ...(kind === 'delete' ? [] : ['An empty source value leaves an attribute alone unless the mapping says "clear".']),
  ];
}

/** Attributes such as a password, which no API gives back. */
function uncomparedNotes({ mapping, target, compared }: RowContext): readonly string[] {
  const names = target.kind === 'update' ? mapping.attributes.map(({ name }) => name.text).filter((name) => !compared.has(name)) : [];
  return names.length === 0
    ? []
    : [
        `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} not collected into ${target.system.name}.${target.table.name}: sent, but never the reason for an update.`,
      ];
}

/** A create that rests on a table with gaps may double a row; it is planned, but the reader must know. */
function incompleteNotes(basis: readonly DataBasis[], kind: Target['kind'], allowed: ReadonlySet<string>): readonly string[] {
  const concerned = kind === 'delete' ? basis.filter(({ system, table }) => allowed.has(`${system}.${table}`)) : basis;
  return concerned.filter(({ complete }) => !complete).map((table) => `${incompleteness(table)} Some of these changes may be wrong.`);
}

function rows(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`;
}
