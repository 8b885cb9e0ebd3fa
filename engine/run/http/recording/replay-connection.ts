import type { Connector } from '../../../model/connector/connector.ts';
import type { ConnectionValue, System } from '../../../model/system/system.ts';
import { resolveConnection, type ConnectionSources, type ResolvedConnection } from '../../connection.ts';
import { SollistError } from '../../error.ts';
import { maskedSecret, type RecordingManifest } from './form.ts';
import { standsForHost } from './origins.ts';

/**
 * The connection a recording replays with: the values it was made with, and masks where they were secrets. Only the place of the system is
 * that of today where it is known, so that addresses in the answers read as if they had just come; else it stays the one that stands for it.
 */
export function replayConnection(
  connector: Connector,
  system: System,
  manifest: RecordingManifest,
  env: ConnectionSources['env'],
): ResolvedConnection {
  const connection = new Map<string, ConnectionValue>();
  const set = (name: string, value: string): void => void connection.set(name, { kind: 'literal', value });
  // What was added to the system since.
  for (const [name, value] of system.connection) set(name, presentValue(value, env) ?? maskedSecret);
  for (const name of manifest.secrets) set(name, maskedSecret);
  for (const [name, recorded] of Object.entries(manifest.connection)) {
    const value = system.connection.get(name);
    const present = value && standsForHost(recorded) ? presentValue(value, env) : undefined;
    set(name, present ?? recorded);
  }
  // A replay goes through no proxy, and its address may be in the environment of another machine.
  const { proxy: _, ...local } = system;
  const resolved = resolveAll(connector, local, connection);
  // Whatever was masked, a token met on the way included, is masked in the vault as it was then.
  return withoutPlainHttp({ ...resolved, secrets: [...new Set([...resolved.secrets, maskedSecret])] });
}

/** What the connector asks for only since the recording was made, no file can know; a request that uses it will be found to be another. */
function resolveAll(connector: Connector, system: System, connection: Map<string, ConnectionValue>): ResolvedConnection {
  for (;;) {
    try {
      return resolveConnection(connector, { ...system, connection }, { env: {}, secrets: new Map() });
    } catch (error) {
      const name = error instanceof SollistError && error.code === 'connection-missing' ? error.subject : undefined;
      if (name === undefined || connection.get(name)) throw error;
      connection.set(name, { kind: 'literal', value: maskedSecret });
    }
  }
}

function presentValue(value: ConnectionValue, env: ConnectionSources['env']): string | undefined {
  if (value.kind === 'literal') return value.value;
  return value.kind === 'env' ? env[value.name] || undefined : undefined;
}

/** The host that stands for one is nowhere; as plain http it would be refused for what looks like a secret. */
function withoutPlainHttp(connection: ResolvedConnection): ResolvedConnection {
  const { baseUrl, authUrl, hosts } = connection;
  const secure = (address: string): string => (standsForHost(address) ? address.replace(/^http:/, 'https:') : address);
  return {
    ...connection,
    baseUrl: secure(baseUrl),
    ...(authUrl !== undefined && { authUrl: secure(authUrl) }),
    hosts: hosts.map((host) => (standsForHost(host.hostname) ? { hostname: host.hostname } : host)),
  };
}
