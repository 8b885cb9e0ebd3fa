import { secretNames } from '../../model/system/shown-values.ts';
import { resolveConnection, type ConnectionSources } from '../connection.ts';
import { systemToRun, type OpenWorkspace } from '../workspace/open-workspace.ts';

/**
 * Every secret that a run in this workspace can have met: what it was given, and what the connections of the systems hold. Never throws: of
 * a system that cannot run, the values from the environment count whose names say what they are.
 */
export function knownSecrets(open: OpenWorkspace, sources: ConnectionSources): ReadonlySet<string> {
  const secrets = new Set(sources.secrets.values());
  for (const name of open.workspace.systems.keys()) for (const secret of secretsOf(open, name, sources)) secrets.add(secret);
  secrets.delete('');
  return secrets;
}

function secretsOf(open: OpenWorkspace, name: string, sources: ConnectionSources): readonly string[] {
  try {
    const { system, connector } = systemToRun(open, name);
    return resolveConnection(connector, system, sources).secrets;
  } catch {
    const connections = [
      open.workspace.systems.get(name)?.model.connection,
      ...open.workspace.settings.environments.map(({ connections: own }) => own.get(name)),
    ];
    return connections
      .flatMap((connection) => [...(connection ?? [])])
      .flatMap(([input, value]) => {
        if (value.kind === 'env' && (secretNames.test(input) || secretNames.test(value.name))) return sources.env[value.name] ?? [];
        return value.kind === 'literal' && secretNames.test(input) ? value.value : [];
      });
  }
}
