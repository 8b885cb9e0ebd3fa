import { allowanceOf } from '../../model/connector/allowance.ts';
import type { Mapping } from '../../model/mapping/mapping.ts';
import type { VariableValue } from '../collect/variables.ts';
import type { ResolvedConnection } from '../connection.ts';
import type { Cell } from '../records.ts';
import type { Actual } from './actual.ts';
import { whyRefused } from './allowance.ts';
import { isEmpty, sameValue, shown, toShown } from './cells.ts';
import type { Desired } from './desired.ts';
import type { AttributeChange, PlannedChange } from './plan.ts';
import { resourceTree, wireValue } from './resource-tree.ts';
import { columnOf, type Target } from './target.ts';
import { renderWrite, type Rendered } from './wire-request.ts';

/** What every row of one mapping is planned with. */
export interface RowContext {
  readonly mapping: Mapping;
  readonly target: Target;
  readonly actual: Actual;
  /** Secrets masked. */
  readonly connection: ResolvedConnection;
  /** Why nothing may be deleted, if so. */
  readonly noDelete: string | undefined;
  /** The column a person knows a row by. */
  readonly display: string;
  /** Mapped attributes that can be compared: those the vault has. */
  readonly compared: ReadonlySet<string>;
  /** The operation's body alone says what changes, so the filter's rows are what is due. */
  readonly unconditional: boolean;
  /** Whose calendar says on which day a point in time is. */
  readonly timeZone: string;
}

type Row = Readonly<Record<string, Cell>>;

/** What becomes of one row of the soll. */
export function planRow(context: RowContext, desired: Desired): PlannedChange | 'unchanged' | 'absent' {
  const { target, actual } = context;
  const { kind, compareKey } = target;
  const matches = actual.byKey.get(desired.key) ?? [];
  const [row] = matches;
  if (kind === 'create' && row) return 'unchanged';
  if (kind !== 'create' && !row) return 'absent';
  const differences = kind === 'delete' ? [] : differencesOf(context, desired, row);
  if (kind === 'update' && differences.length === 0 && !context.unconditional) return 'unchanged';
  const where = `${target.system.name}.${target.table.name}`;
  const key = `${compareKey} = ${shown(desired.key)}`;
  const ambiguous =
    matches.length > 1 ? `${where} has ${matches.length} rows with ${key}. Mend them in ${target.system.name} first.` : undefined;
  const rendered = render(context, desired, row);
  const blocked = ambiguous ?? context.noDelete ?? ('blocked' in rendered ? rendered.blocked : undefined);
  return {
    kind,
    key: desired.key,
    display: String(desired.values.get(context.display) ?? row?.[context.display] ?? desired.key),
    attributes:
      kind === 'delete' && row
        ? [{ name: compareKey, from: toShown(row[compareKey] ?? null, typeOf(target, compareKey)), to: null }]
        : differences,
    reasons: [
      `the filter ${context.mapping.filter.text} gives a row for ${key}`,
      `${where} has ${row ? 'a' : 'no'} row with ${key}`,
      ...(kind === 'update' ? [whyDue(differences)] : []),
      `so ${target.operation.name.text} is due`,
    ],
    ...(blocked === undefined && 'request' in rendered && { request: rendered.request }),
    ...(blocked !== undefined && { blocked }),
  };
}

function whyDue(differences: readonly AttributeChange[]): string {
  if (differences.length === 0) return 'what changes stands in the body of the operation';
  return `${differences.map(({ name }) => name).join(', ')} ${differences.length === 1 ? 'differs' : 'differ'}`;
}

function differencesOf({ target, compared, timeZone }: RowContext, desired: Desired, row: Row | undefined): readonly AttributeChange[] {
  return [...desired.values].flatMap(([name, value]): readonly AttributeChange[] => {
    const type = typeOf(target, name);
    const to = toShown(value, type);
    if (!row) return [{ name, to }];
    const from = row[name] ?? null;
    return !compared.has(name) || sameValue(from, value, { type, timeZone }) ? [] : [{ name, from: toShown(from, type), to }];
  });
}

/** The request: mapped attributes and, for an existing row, what the operation asks for and the row has, such as the key the server once gave. */
function render({ target, connection }: RowContext, desired: Desired, row: Row | undefined): Rendered {
  const { operation, table, compareKey, connector } = target;
  // The key used for matching is not sent where the operation prohibits it: it was mapped to find the row.
  const sent = new Map([...desired.values].filter(([name]) => name !== compareKey || allowanceOf(operation, name) !== 'prohibited'));
  const values = new Map<string, Cell>();
  for (const name of [...operation.mandatory.map(({ text }) => text), ...(table.key ? [table.key.text] : [])]) {
    const value = row?.[name];
    if (value !== undefined && !isEmpty(value)) values.set(name, value);
  }
  for (const [name, value] of sent) values.set(name, value);
  const given = new Set([...values].flatMap(([name, value]) => (isEmpty(value) ? [] : [name])));
  const refused = whyRefused(operation, given, sent.keys());
  if (refused !== undefined) return { blocked: refused };
  const variables = new Map([...values].map(([name, value]): [string, VariableValue] => [name, wireValue(target, name, value)]));
  return renderWrite({ connector, operation, connection, variables, attributes: resourceTree(target, sent) });
}

function typeOf(target: Target, name: string): NonNullable<ReturnType<typeof columnOf>>['type'] {
  return columnOf(target.table, name)?.type ?? 'text';
}
