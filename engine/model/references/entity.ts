/**
 * What can have a name. `attribute`: what a role or an element handler hands to an operation without a column of that name; `item` and
 * `input`: a connection item, and one that the authentication asks for by itself; `engine`: a variable that the engine fills; `output`,
 * `alias`, `parameter`, `lookup`: names of one filter; `secret` and `environment-variable`: where a connection value is taken from.
 */
export type EntityKind =
  | 'connector'
  | 'table'
  | 'column'
  | 'operation'
  | 'attribute'
  | 'item'
  | 'input'
  | 'engine'
  | 'system'
  | 'filter'
  | 'output'
  | 'alias'
  | 'parameter'
  | 'lookup'
  | 'secret'
  | 'environment-variable';

/** A thing with a name, the same whichever file names it (a *symbol* of the language protocol). */
export interface Entity {
  readonly kind: EntityKind;
  /** The connector or the filter it belongs to; empty for what belongs to neither. */
  readonly home: string;
  /** The table of a column, an operation or an attribute. */
  readonly table?: string;
  readonly name: string;
}

/** Equal for the same thing, different for any two things. */
export function keyOf({ kind, home, table, name }: Entity): string {
  return `${kind}\n${home}\n${table ?? ''}\n${name}`;
}

const words: Readonly<Record<EntityKind, string>> = {
  connector: 'connector',
  table: 'table',
  column: 'column',
  operation: 'operation',
  attribute: 'attribute',
  item: 'connection item',
  input: 'authentication input',
  engine: 'variable of the engine',
  system: 'system',
  filter: 'filter',
  output: 'column',
  alias: 'alias',
  parameter: 'parameter',
  lookup: 'lookup',
  secret: 'secret',
  'environment-variable': 'environment variable',
};

/** What a kind is called in a sentence. */
export function wordOf(kind: EntityKind): string {
  return words[kind];
}
