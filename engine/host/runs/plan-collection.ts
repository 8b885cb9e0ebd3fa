import { filesAreNoTraffic } from '../../run/files/no-traffic.ts';
import { previewCollection } from '../../run/plan/preview-collection.ts';
import { systemToRun } from '../../run/workspace/open-workspace.ts';
import type { Run } from './run.ts';

/** Plans what a collection would ask for; calls nothing. */
export const planCollection: Run<'planCollection'> = ({ system: name, tables }, scope) => {
  const { system, connector } = systemToRun(scope.open, name);
  if (system.files) throw filesAreNoTraffic(system.name);
  return previewCollection({ name, connector, system, env: scope.env, ...(tables && { tables }) });
};
