import { resolve } from 'node:path';
import { filesAreNoTraffic } from '../../run/files/no-traffic.ts';
import { SollistError } from '../../run/error.ts';
import { previewCollection, type CollectionPlanInput } from '../../run/plan/preview-collection.ts';
import { readConnectorFile } from '../../run/workspace/read-connector-file.ts';
import { systemToRun } from '../../run/workspace/open-workspace.ts';
import { openFrom, type CommonOptions } from '../command.ts';
import { exitCodes, type Io } from '../io.ts';
import { printCollectionPlan } from '../output/collection-plan.ts';

/** The options of `sollist collect --plan`, and those that mean nothing with it. */
export interface CollectionPlanOptions extends CommonOptions {
  readonly table?: readonly string[];
  readonly connector?: string;
  readonly limit?: string;
  readonly record?: boolean;
  readonly replay?: boolean;
  readonly resume?: boolean;
  readonly accept?: readonly string[];
}

/** `sollist collect --plan`: what would be called. 1 where a table cannot be called at all. */
export function planCollection(name: string | undefined, options: CollectionPlanOptions, io: Io): number {
  for (const other of ['limit', 'record', 'replay', 'resume', 'accept'] as const)
    if (options[other] !== undefined)
      throw new SollistError('usage', `--${other} means nothing with --plan: nothing is called. Leave one of them out.`);
  const planned = previewCollection({ ...subjectOf(name, options, io), env: io.env, ...(options.table && { tables: options.table }) });
  io.stdout(printCollectionPlan(planned, options.format, io.colour && options.color));
  return planned.tables.some(({ problem }) => problem !== undefined) ? exitCodes.problems : exitCodes.ok;
}

function subjectOf(
  name: string | undefined,
  options: CollectionPlanOptions,
  io: Io,
): Pick<CollectionPlanInput, 'name' | 'connector' | 'system'> {
  if (options.connector !== undefined) {
    if (name !== undefined) throw new SollistError('usage', 'collect --plan takes a system or --connector, not both.');
    return readConnectorFile(resolve(io.cwd, options.connector));
  }
  if (name === undefined) throw new SollistError('usage', 'collect --plan needs a system, or --connector with the file of a connector.');
  const { system, connector } = systemToRun(openFrom(options, io), name);
  if (system.files) throw filesAreNoTraffic(system.name);
  return { name, connector, system };
}
