import { getOperation, type Connector } from '../../model/connector/connector.ts';
import { pagingFor } from '../../model/connector/paging.ts';
import { variablesOf } from '../../model/connector/template.ts';
import type { System } from '../../model/system/system.ts';
import { elementsOf } from '../../model/text/json.ts';
import { effectiveCall } from '../collect/effective-call.ts';
import { pagingOf } from '../collect/paging/modes.ts';
import type { PagingPlan } from '../collect/paging/strategy.ts';
import { buildRequest } from '../collect/request.ts';
import { targetsOf } from '../collect/targets.ts';
import { iteratedColumns, planUnits, rootOf, type Unit } from '../collect/units.ts';
import { firstOf, type VariableValue } from '../collect/variables.ts';
import type { ResolvedConnection } from '../connection.ts';
import { SollistError } from '../error.ts';
import { createMarks, type Marks } from './marks.ts';
import type { WireRequest } from './plan.ts';
import { previewConnection } from './preview-connection.ts';
import { shownWire } from './wire-request.ts';

/** What a collection is planned from. */
export interface CollectionPlanInput {
  readonly connector: Connector;
  /** Without one, every table with a get operation is planned, and connection values show as their names. */
  readonly system?: System;
  /** What the plan is called where there is no system: the connector's name. */
  readonly name: string;
  /** Tables to plan; all the system lists, if absent. */
  readonly tables?: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What a collection would ask for, table by table, in the order of the calls. Nothing is called for it. */
export interface CollectionPlan {
  readonly system?: string;
  readonly connector?: string;
  readonly tables: readonly PlannedTable[];
}

/** How often a table's operation is called. */
export type PlannedCalls =
  | { readonly kind: 'pages' }
  /** One sequence of pages for each row of another table. */
  | {
      readonly kind: 'per-row';
      readonly of: string;
      readonly iterator: string;
      readonly columns: readonly string[];
      readonly sessions: number;
    }
  /** The rows stand in the connector; nothing is called. */
  | { readonly kind: 'constant'; readonly rows: number };

/** The calls for one table. */
export interface PlannedTable {
  readonly table: string;
  /** Child tables that the same answers fill. */
  readonly childTables: readonly string[];
  /** Only collected because another table iterates over it. */
  readonly onlyAsParent?: true;
  readonly operation?: string;
  readonly calls?: PlannedCalls;
  /** The request of the first page; `{name}` stands for a value that is not known here, `{table.column}` for one of a row iterated over. */
  readonly request?: WireRequest;
  readonly paging?: PagingPlan;
  /** Where the rows stand in the answer; absent where the answer itself is the rows. */
  readonly outputField?: string;
  readonly columns: readonly string[];
  /** Connection values the request needs and that are not known here. */
  readonly missing: readonly string[];
  readonly assumed: readonly string[];
  /** Why it cannot be called, and what to do. */
  readonly problem?: string;
}

/**
 * Plans a collection down to address, headers and body of each first page. Needs no vault and no secret, and calls nothing. Throws
 * `unknown-table` for a table that was asked for and is not there.
 */
export function previewCollection(input: CollectionPlanInput): CollectionPlan {
  const { connector, tables } = input;
  const span = { offset: 0, length: 0 };
  const system: System = input.system ?? {
    name: input.name,
    connector: { text: input.name, span },
    connection: new Map(),
    allowedHosts: [],
    tables: [],
  };
  const requested = tables ?? (input.system ? system.tables.map(({ name }) => name.text) : tablesWithGet(connector));
  const plan = planUnits(connector, system.name, requested, () => false);
  const unknown = plan.hopeless.find(({ error }) => error.code === 'unknown-table' && tables);
  if (unknown) throw unknown.error;
  const marks = createMarks('{', '}');
  const connection = previewConnection({ connector, system: withoutUnset(system, input.env, marks), env: input.env }, marks);
  return {
    ...(input.system ? { system: system.name } : { connector: input.name }),
    tables: [
      ...plan.units.map((unit) => planUnit(unit, { connector, system, connection, marks, units: plan.units, requested })),
      ...plan.hopeless.map(({ table, error }) => ({
        table,
        childTables: [],
        columns: [],
        missing: [],
        assumed: [],
        problem: error.message,
      })),
    ],
  };
}

function tablesWithGet(connector: Connector): readonly string[] {
  return connector.tables.filter((table) => getOperation(rootOf(connector, table)) !== undefined).map(({ name }) => name);
}

/** A value from an environment variable that is not set shows as the input's name, as every other missing value does. */
function withoutUnset(system: System, env: CollectionPlanInput['env'], marks: Marks): System {
  const connection = new Map(system.connection);
  for (const [input, value] of connection)
    if (value.kind === 'env' && !env[value.name]) connection.set(input, { kind: 'literal', value: marks.of(input) });
  return { ...system, connection };
}

interface PlanContext {
  readonly connector: Connector;
  readonly system: System;
  readonly connection: ResolvedConnection;
  readonly marks: Marks;
  readonly units: readonly Unit[];
  readonly requested: readonly string[];
}

function planUnit(unit: Unit, context: PlanContext): PlannedTable {
  const { connector, system, connection, marks } = context;
  const targets = targetsOf(connector, system, unit, context.units);
  const { operation, assumed } = effectiveCall(connector, unit.operation, targets);
  const names = targets.map(({ table }) => table.name);
  const known = {
    table: unit.root.name,
    childTables: names.slice(1),
    ...(!names.some((name) => context.requested.includes(name)) && { onlyAsParent: true as const }),
    operation: operation.name.text,
    calls: callsOf(unit),
    ...(operation.outputField !== undefined && operation.call.mode !== 'constant' && { outputField: operation.outputField }),
    columns: (targets[0]?.columns ?? []).map(({ name }) => name),
  };
  if (operation.call.mode === 'constant') return { ...known, missing: [], assumed };
  try {
    const strategy = pagingOf(connector, operation, withSizeStandIn(context, unit));
    const { first } = strategy.start();
    const row = rowVariables(unit, marks);
    const built = buildRequest({ connector, operation, connection, variables: firstOf(first.variables, row), query: first.params });
    const request = shownWire(connector, built);
    const written = JSON.stringify(request);
    const show = (text: string): string => marks.show(text).replaceAll(String(sizeStandIn), '{page_size}');
    const { pageSize, ...paging } = strategy.plan;
    return {
      ...known,
      request: {
        verb: request.verb,
        url: show(request.url),
        headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, show(value)])),
        ...(request.body !== undefined && { body: show(request.body) }),
      },
      paging: { ...paging, ...(pageSize !== undefined && pageSize !== sizeStandIn && { pageSize }) },
      missing: [...connection.variables.keys()].filter(
        (name) =>
          connection.variables.get(name) === marks.of(name) &&
          (written.includes(marks.of(name)) || (pageSize === sizeStandIn && sizeNames(context, unit).includes(name))),
      ),
      assumed: [...assumed, ...strategy.assumed].map(show),
    };
  } catch (error) {
    if (!(error instanceof SollistError)) throw error;
    return { ...known, missing: [], assumed, problem: marks.show(error.message) };
  }
}

function callsOf({ operation, parent }: Unit): PlannedCalls {
  const { call, maxSessionCount } = operation;
  if (call.mode === 'constant') return { kind: 'constant', rows: elementsOf(call.values).length };
  if (call.mode === 'normal' || !parent) return { kind: 'pages' };
  return {
    kind: 'per-row',
    of: parent.table.name,
    iterator: call.iterator?.text ?? '',
    columns: iteratedColumns(operation),
    sessions: maxSessionCount ?? 1,
  };
}

/** Each column of the row iterated over stands for its value: `{persons.id}`. */
function rowVariables({ operation, parent }: Unit, marks: Marks): ReadonlyMap<string, VariableValue> {
  if (!parent) return new Map();
  const of = (column: string): string => marks.of(`${parent.table.name}.${column}`);
  const columns = iteratedColumns(operation).map((column): [string, string] => [column, of(column)]);
  return new Map([...columns, ...(operation.call.iterator ? [['iterator', of(operation.call.iterator.text)] as const] : [])]);
}

/** Stands for a page size that is not known here; no API has pages of so many rows. */
const sizeStandIn = 9_070_503_010_201;

/** The connection with a number for a page size that is not known, so that paging can be set up. */
function withSizeStandIn(context: PlanContext, unit: Unit): ResolvedConnection {
  const { connection, marks } = context;
  const unknown = sizeNames(context, unit).filter((name) => connection.variables.get(name) === marks.of(name));
  if (unknown.length === 0) return connection;
  return { ...connection, variables: new Map([...connection.variables, ...unknown.map((name) => [name, String(sizeStandIn)] as const)]) };
}

function sizeNames({ connector }: PlanContext, { operation }: Unit): readonly string[] {
  const template = pagingFor(connector, operation)?.pageSize;
  return ['page_size', ...(template ? variablesOf(template).map(({ name }) => name) : [])];
}
