import type { Mapping } from '../../model/mapping/mapping.ts';
import type { Cell } from '../records.ts';
import type { ResolvedConnection } from '../connection.ts';
import type { VariableValue } from '../collect/variables.ts';
import { SollistError, cancelled } from '../error.ts';
import type { Vault } from '../vault/vault.ts';
import type { OpenWorkspace } from '../workspace/open-workspace.ts';
import { readActual, type Actual } from './actual.ts';
import { whyRefused } from './allowance.ts';
import { basisOf, whyNoRemoval } from './basis.ts';
import { sameValue, shown, toWire } from './cells.ts';
import { desiredRows, type Desired } from './desired.ts';
import { filterRows, requireCollected } from './filter-rows.ts';
import { judgeGuard } from './guard.ts';
import type { AttributeChange, DataBasis, GuardResult, MappingPlan, PlannedChange } from './plan.ts';
import { shownConnection } from './shown-connection.ts';
import { columnOf, findTarget, type Target } from './target.ts';
import { renderWrite } from './wire-request.ts';

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

/** Plans one mapping: the filter's rows are the soll, the target table in the vault the ist. Sends nothing. */
export function planMapping(open: OpenWorkspace, vault: Vault, mapping: Mapping, options: PlanOptions): PlannedMapping {
  const target = findTarget(open, mapping);
  const { system, table, kind } = target;
  const filter = filterRows(open, vault, mapping.filter.text, mapping.parameters, options.today);
  requireCollected(vault, system.name, table.name);
  const restsOn = basisOf(vault, [...filter.tables, { system: system.name, table: table.name }]);
  const actual = readActual(vault, system.name, table.name, target.compareKey);
  const desired = desiredRows(mapping, target, filter.rows());
  const noDelete = kind === 'delete' ? whyNoRemoval(restsOn, options.allowIncomplete) : undefined;
  const context: ChangeContext = { mapping, target, actual, connection: shownConnection(target.connector, system, options.env), noDelete, display: displayOf(target) };

  const changes: PlannedChange[] = [];
  let unchanged = 0;
  let absent = 0;
  for (const row of desired.rows) {
    if (options.signal.aborted) throw cancelled();
    const change = planRow(context, row);
    if (change === 'absent') absent++;
    else if (change === 'unchanged') unchanged++;
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
      unchanged,
      leftAlone: desired.rows.reduce((sum, row) => sum + row.leftAlone.length, 0),
      notes: [
        ...desired.notes,
        ...(noDelete !== undefined ? [`No delete can be planned: ${noDelete}`] : []),
        ...(absent > 0 ? [`${absent} row${absent === 1 ? ' is' : 's are'} not in ${system.name}.${table.name}: nothing to ${kind}.`] : []),
        ...incompleteNotes(restsOn, kind),
      ],
    },
    restsOn,
    assumed: [
      ...target.assumed,
      ...(kind === 'update' ? ['An update sends every mapped attribute that has a value, not only those that differ.'] : []),
      ...(kind === 'delete' ? [] : ['An empty source value leaves an attribute alone unless the mapping says "clear".']),
    ],
    guards: [judgeGuard(`mapping ${mapping.name}`, kind, toSend, actual.rows, open.workspace.settings.guards[kind])],
  };
}

interface ChangeContext {
  readonly mapping: Mapping;
  readonly target: Target;
  readonly actual: Actual;
  readonly connection: ResolvedConnection;
  readonly noDelete: string | undefined;
  readonly display: string;
}

function planRow(context: ChangeContext, desired: Desired): PlannedChange | 'unchanged' | 'absent' {
  const { target, actual } = context;
  const matches = actual.byKey.get(desired.key) ?? [];
  const [row] = matches;
  const where = `${target.system.name}.${target.table.name}`;
  const found = `${where} has ${row ? `a row with ${target.compareKey} = ${shown(desired.key)}` : `no row with ${target.compareKey} = ${shown(desired.key)}`}`;
  if (target.kind === 'create' ? row : !row) return target.kind === 'create' ? 'unchanged' : 'absent';
  const differences = target.kind === 'delete' ? [] : differencesOf(target, desired, row);
  if (target.kind === 'update' && differences.length === 0) return 'unchanged';
  const ambiguous = matches.length > 1 ? `${where} has ${matches.length} rows with ${target.compareKey} = ${shown(desired.key)}. Mend them in ${target.system.name} first.` : undefined;
  const rendered = render(context, desired, row);
  const blocked = ambiguous ?? context.noDelete ?? rendered.blocked;
  return {
    kind: target.kind,
    key: desired.key,
    display: String(desired.values.get(context.display) ?? row?.[context.display] ?? desired.key),
    attributes: target.kind === 'delete' && row ? [{ name: target.compareKey, from: row[target.compareKey] ?? null, to: null }] : differences,
    reasons: [
      `the filter ${context.mapping.filter.text} gives a row for ${target.compareKey} = ${shown(desired.key)}`,
      found,
      ...(target.kind === 'update' ? [`${differences.map(({ name }) => name).join(', ')} ${differences.length === 1 ? 'differs' : 'differ'}`] : []),
      `so ${target.operation.name.text} is due`,
    ],
    ...(blocked === undefined && rendered.request && { request: rendered.request }),
    ...(blocked !== undefined && { blocked }),
  };
}

function differencesOf(target: Target, desired: Desired, row: Readonly<Record<string, Cell>> | undefined): readonly AttributeChange[] {
  return [...desired.values].flatMap(([name, to]): readonly AttributeChange[] => {
    if (!row) return [{ name, to }];
    const from = row[name] ?? null;
    return sameValue(from, to, columnOf(target.table, name)?.type ?? 'text') ? [] : [{ name, from, to }];
  });
}

/** The request: mapped attributes and, for an existing row, its key; the key used for matching is not sent where the operation prohibits it. */
function render(context: ChangeContext, desired: Desired, row: Readonly<Record<string, Cell>> | undefined): { readonly request?: PlannedChange['request']; readonly blocked?: string } {
  const { target } = context;
  const { operation, table } = target;
  const sent = new Map([...desired.values].filter(([name]) => name !== target.compareKey || !operation.prohibited.some(({ text }) => text === name)));
  if (target.kind === 'delete') for (const name of [...sent.keys()]) if (!operation.mandatory.some(({ text }) => text === name)) sent.delete(name);
  const variables = new Map<string, VariableValue>();
  // What the operation asks for and the ist row has, such as the key the server once gave.
  for (const { text } of operation.mandatory) if (row?.[text] !== undefined && row[text] !== null) variables.set(text, wire(target, text, row[text]));
  const own = table.key?.text;
  if (row && own !== undefined && row[own] !== undefined) variables.set(own, wire(target, own, row[own]));
  for (const [name, value] of sent) variables.set(name, wire(target, name, value));
  const given = new Set([...[...variables.keys()].filter((name) => operation.mandatory.some(({ text }) => text === name)), ...[...sent].flatMap(([name, value]) => (value === null ? [] : [name]))]);
  const refused = whyRefused(operation, given);
  if (refused !== undefined) return { blocked: refused };
  return renderWrite({ connector: target.connector, operation, connection: context.connection, variables, attributes: resourceTree(target, sent) });
}

function wire(target: Target, name: string, value: Cell): VariableValue {
  return toWire(value, columnOf(target.table, name)?.type ?? 'text') as VariableValue;
}

/** The attributes in the shape `resources` gives them: nested where the column is nested. */
function resourceTree(target: Target, values: ReadonlyMap<string, Cell>): Readonly<Record<string, unknown>> {
  const tree = new Map<string, unknown>();
  const put = (level: Map<string, unknown>, path: readonly string[], value: unknown): void => {
    const [step, ...rest] = path;
    if (step === undefined) return;
    if (rest.length === 0) {
      level.set(step, value);
      return;
    }
    const below = level.get(step);
    const next = below instanceof Map ? (below as Map<string, unknown>) : new Map<string, unknown>();
    level.set(step, next);
    put(next, rest, value);
  };
  for (const [name, value] of values) put(tree, columnOf(target.table, name)?.path ?? [name], wire(target, name, value));
  return toObject(tree);
}

function toObject(tree: ReadonlyMap<string, unknown>): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...tree].map(([name, value]) => [name, value instanceof Map ? toObject(value as Map<string, unknown>) : value]));
}

function displayOf(target: Target): string {
  return target.system.tables.find(({ name }) => name.text === target.table.name)?.display?.text ?? target.compareKey;
}

/** A create that rests on a table with gaps may double a row; it is planned, but the reader must know. */
function incompleteNotes(basis: readonly DataBasis[], kind: Target['kind']): readonly string[] {
  if (kind === 'delete') return [];
  return basis.filter(({ complete }) => !complete).map(({ system, table, notes }) => `${system}.${table} is not proven complete (${notes.join('; ')}): some of these changes may be wrong.`);
}

/** Finds a mapping's model by name. Throws `unknown-mapping` and `file-broken`. */
export function assertUsable(mapping: Mapping): void {
  if (mapping.filter.text === '' || mapping.system.text === '') {
    throw new SollistError('file-broken', `mappings/${mapping.name}.json lacks "filter" or "target". Run "sollist check" to see what is missing.`);
  }
}
