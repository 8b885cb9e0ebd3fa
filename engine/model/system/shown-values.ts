import type { Connector } from '../connector/connector.ts';
import type { ConnectionValue } from './system.ts';

/** What stands where a secret would stand; also fit for headers and addresses of a plan, which a stranger sign would make invalid. */
export const mask = '***';

/** A connection value fit to be shown. What is not literal stands for a value that is not known here and is never encoded. */
export interface ShownValue {
  readonly text: string;
  readonly literal: boolean;
}

/** Names of inputs whose values are secrets, wherever they come from. */
export const secretNames = /secret|password|passwd|certificate|private_?key|api_?key|token$/i;

/**
 * The values of a connection as a person may see them: literals and the items' first values as they are, secrets masked, and a value from
 * the environment by its variable's name (`<HR_ADDRESS>`), since the environment is not looked into. No entry where there is no value.
 */
export function shownValues(
  { items }: Connector,
  connection: ReadonlyMap<string, ConnectionValue> = new Map(),
): ReadonlyMap<string, ShownValue> {
  const passwords = new Set(items.filter(({ password }) => password).map(({ name }) => name.text));
  const values = new Map<string, ShownValue>();
  const set = (name: string, value: ShownValue): void => {
    values.set(name, passwords.has(name) || secretNames.test(name) ? hidden : value);
  };
  for (const { name, value } of items) if (value !== undefined) set(name.text, { text: value, literal: true });
  for (const [name, value] of connection) {
    if (value.kind === 'literal') set(name, { text: value.value, literal: true });
    else if (value.kind === 'env') set(name, { text: `<${value.name}>`, literal: false });
    else values.set(name, hidden);
  }
  return values;
}

const hidden: ShownValue = { text: mask, literal: false };
