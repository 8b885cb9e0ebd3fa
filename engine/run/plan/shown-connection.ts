import { authenticationInputs } from '../../model/connector/authentication.ts';
import type { Connector } from '../../model/connector/connector.ts';
import type { ConnectionValue, System } from '../../model/system/system.ts';
import { mask } from '../http/redact.ts';
import { resolveConnection, type ResolvedConnection } from '../connection.ts';

/**
 * A connection good for showing requests and for nothing else: every secret is masked, so that a plan needs none and holds none. An
 * environment variable that is not set shows as its name.
 */
export function shownConnection(
  connector: Connector,
  system: System,
  env: Readonly<Record<string, string | undefined>>,
): ResolvedConnection {
  const connection = new Map<string, ConnectionValue>(
    authenticationInputs(connector.rest.authentication?.text).map((input) => [input, { kind: 'literal', value: mask }]),
  );
  for (const [input, value] of system.connection) {
    if (value.kind === 'secret') connection.set(input, { kind: 'literal', value: mask });
    else if (value.kind === 'env' && !env[value.name]) connection.set(input, { kind: 'literal', value: `<${value.name}>` });
    else connection.set(input, value);
  }
  // An input with a default must not be hidden by the mask.
  for (const item of connector.items)
    if (item.value !== undefined && !system.connection.has(item.name.text)) connection.delete(item.name.text);
  const resolved = resolveConnection(connector, { ...system, connection }, { env, secrets: new Map() });
  const hidden = new Set(resolved.secrets);
  const baseUrl = [...hidden].sort((a, b) => b.length - a.length).reduce((text, secret) => text.replaceAll(secret, mask), resolved.baseUrl);
  return {
    ...resolved,
    baseUrl,
    variables: new Map([...resolved.variables].map(([name, value]) => [name, hidden.has(value) ? mask : value])),
    secrets: [],
  };
}
