import { authenticationInputs } from '../connector/authentication.ts';
import { findColumn, findTable, type Connector, type Table } from '../connector/connector.ts';
import { isSecretName } from '../connector/rules/rest/secrets.ts';
import { didYouMean } from '../text/nearest.ts';
import { secretNames } from '../system/shown-values.ts';
import { scenarioModels, type ScenarioModel, type ScenarioTableModel } from './read-scenario.ts';

/** What a system is made from. */
export interface SystemWish {
  /** The system's name: that of its file. */
  readonly name: string;
  /** The connector's file name without `.json`. */
  readonly type: string;
  readonly connector: Connector;
  /** A scenario by its name; the only one there is if absent, and none if false. */
  readonly scenario?: string | false;
}

/** A system that was made, or why it was not. */
export type SystemMade = MadeSystem | { readonly kind: 'refused'; readonly message: string };

export interface MadeSystem {
  readonly kind: 'made';
  readonly name: string;
  readonly text: string;
  readonly scenario?: string;
  readonly tables: readonly string[];
  /** Connection values that are still empty. */
  readonly toFill: readonly string[];
  /** Secrets it names: connection value → secret. */
  readonly secrets: readonly { readonly value: string; readonly secret: string }[];
  /** What of the scenario could not be taken over, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Makes `systems/<name>.json`: the tables, keys, columns and relations of a scenario, or else every table that can be collected with the relations its
 * memberships have; and the connection values the connector asks for, secrets by name.
 */
export function makeSystem({ name, type, connector, scenario: wanted }: SystemWish): SystemMade {
  const scenarios = scenarioModels(connector);
  const names = scenarios.map((one) => one.name);
  if (wanted === undefined && scenarios.length > 1) {
    return refused(`The connector "${type}" has several scenarios: ${names.join(', ')}. Say which, or that none is wanted.`);
  }
  const scenario = wanted === false ? undefined : wanted === undefined ? scenarios[0] : scenarios.find((one) => one.name === wanted);
  if (typeof wanted === 'string' && !scenario) {
    const there = names.length === 0 ? 'It has none.' : `It has: ${names.join(', ')}.`;
    return refused(`The connector "${type}" has no scenario "${wanted}".${didYouMean(wanted, names)} ${there}`);
  }
  const notes: string[] = [];
  const tables = scenario ? scenarioTables(scenario, connector, notes) : everyTable(connector);
  if (Object.keys(tables).length === 0)
    return refused(`The connector "${type}" has no table that can be collected${scenario ? ` in this scenario` : ''}.`);
  const { connection, toFill, secrets } = connectionOf(name, connector, scenario);
  const value = { connector: type, ...(Object.keys(connection).length > 0 && { connection }), tables };
  return {
    kind: 'made',
    name,
    text: `${JSON.stringify(value, undefined, 2)}\n`,
    ...(scenario && { scenario: scenario.name }),
    tables: Object.keys(tables),
    toFill,
    secrets,
    notes,
  };
}

function refused(message: string): SystemMade {
  return { kind: 'refused', message };
}

type TableJson = Readonly<Record<string, unknown>>;

function scenarioTables(scenario: ScenarioModel, connector: Connector, notes: string[]): Readonly<Record<string, TableJson>> {
  const known = scenario.tables.filter(({ name }) => findTable(connector, name));
  const names = new Set(known.map(({ name }) => name));
  for (const { name } of scenario.tables)
    if (!names.has(name)) notes.push(`The scenario has a table "${name}", which the connector does not have.`);
  return Object.fromEntries(
    known.map((table) => {
      const declared = findTable(connector, table.name);
      return [table.name, declared ? tableOf(table, declared, names, notes) : {}];
    }),
  );
}

function tableOf(table: ScenarioTableModel, declared: Table, tables: ReadonlySet<string>, notes: string[]): TableJson {
  const isColumn = (name: string): boolean => {
    if (findColumn(declared, name)) return true;
    notes.push(`The scenario names a column "${name}" of "${table.name}", which the connector does not have.`);
    return false;
  };
  if (table.scripts.length > 0)
    notes.push(`"${table.name}" computes ${table.scripts.join(', ')} with scripts in the scenario, which were left out.`);
  const scripts = new Set(table.scripts);
  const { key, display } = table;
  const columns = table.columns.filter(isColumn);
  const usual = new Set(declared.columns.filter(({ selected }) => selected).map(({ name }) => name));
  const isUsual = columns.length === 0 || (columns.length === usual.size && columns.every((name) => usual.has(name)));
  const relations = new Map<string, string[]>();
  for (const { column, table: target } of table.relations) {
    // A child table refers to its parent anyway.
    if (!tables.has(target) || (declared.parent?.column === column && declared.parent.table === target) || !isColumn(column)) continue;
    relations.set(column, [...(relations.get(column) ?? []), target]);
  }
  const references = table.references.filter((name) => name !== key && isColumn(name));
  const hasKey = key !== undefined && key !== declared.key?.text && !scripts.has(key) && isColumn(key);
  const hasDisplay = display !== undefined && !scripts.has(display) && isColumn(display);
  return {
    ...(hasKey && { key }),
    ...(hasDisplay && { display }),
    ...(!isUsual && { columns }),
    ...(references.length > 0 && { references }),
    ...(relations.size > 0 && {
      relations: Object.fromEntries([...relations].map(([column, all]) => [column, all.length === 1 ? all[0] : all])),
    }),
  };
}

/** Every table that a collection fills; of memberships, the columns that hold the keys of their two sides refer to them. */
function everyTable(connector: Connector): Readonly<Record<string, TableJson>> {
  const isRead = (table: Table): boolean => {
    const root = table.parent ? findTable(connector, table.parent.table) : table;
    return root !== undefined && (root === table ? table.operations.some(({ role }) => role === 'get') : isRead(root));
  };
  const tables = connector.tables.filter(isRead);
  return Object.fromEntries(tables.map((table) => [table.name, membershipRelations(table, connector)]));
}

function membershipRelations(table: Table, connector: Connector): TableJson {
  const { membership } = table;
  if (!membership) return {};
  const sides = [
    [membership.memberTable?.text, membership.memberAttributes] as const,
    [membership.groupTable?.text, membership.groupAttributes] as const,
  ];
  const relations = sides.flatMap(([name, attributes]): readonly (readonly [string, string])[] => {
    const side = name === undefined ? undefined : findTable(connector, name);
    const pair = attributes.find(({ column }) => column.text === side?.key?.text);
    return side && pair && findColumn(table, pair.resource.text) ? [[pair.resource.text, side.name]] : [];
  });
  return relations.length > 0 ? { relations: Object.fromEntries(relations) } : {};
}

/** What the connector asks for: what the scenario says, secrets by a name of their own, and the rest empty, to be filled in. */
function connectionOf(
  system: string,
  connector: Connector,
  scenario: ScenarioModel | undefined,
): { readonly connection: Readonly<Record<string, unknown>> } & Pick<MadeSystem, 'toFill' | 'secrets'> {
  const connection: Record<string, unknown> = {};
  const toFill: string[] = [];
  const secrets: MadeSystem['secrets'][number][] = [];
  const items = new Map(connector.items.filter(({ type }) => type !== 'text').map((item) => [item.name.text, item]));
  const inputs = authenticationInputs(connector.rest.authentication?.text).filter((input) => input !== 'redirect_uri');
  for (const name of new Set([...inputs, ...items.keys()])) {
    const item = items.get(name);
    const given = scenario?.values.get(name);
    if (item?.password === true || isSecretName(name) || secretNames.test(name)) {
      const secret = `${system}-${name.replaceAll('_', '-')}`;
      connection[name] = { secret };
      secrets.push({ value: name, secret });
    } else if (given !== undefined) connection[name] = given;
    // What the item has already is taken from there.
    else if (item?.value === undefined || item.value === '') {
      connection[name] = '';
      toFill.push(name);
    }
  }
  return { connection, toFill, secrets };
}
