import { join } from 'node:path';
import { Uri } from 'vscode';
import type { Overview } from '../../../engine/host/protocol.ts';
import type { RunRecord } from '../../../engine/run/run-record.ts';
import { SollistFailure } from '../../infrastructure/failure.ts';
import { commandIds, type CommandId } from '../../infrastructure/ids.ts';

/** A command that runs a run of the history again, with the same inputs. */
export interface Again {
  readonly command: CommandId;
  readonly arguments: readonly unknown[];
}

/** What runs a run again. Throws `not-again` for one that cannot be. */
export function againOf(folder: string, { kind, subject, inputs, limits, report }: RunRecord, { filters }: Overview): Again {
  const text = (name: string): string => {
    const value = inputs[name];
    return typeof value === 'string' ? value : '';
  };
  switch (kind) {
    case 'dry-run': {
      const table = text('table');
      const system = text('system') || subject.slice(0, -table.length - 1);
      return { command: commandIds.dryRun, arguments: [{ folder, system, connector: join(folder, text('connector')), table, limits }] };
    }
    case 'collect': {
      const traffic = text('traffic');
      const command =
        traffic === 'record' ? commandIds.recordCollection : traffic === 'replay' ? commandIds.replayCollection : commandIds.collect;
      return { command, arguments: [{ folder, system: subject, tables: inputs['tables'] }] };
    }
    case 'filter': {
      // `Name[lookup]` stands in the file of `Name`.
      const name = subject.replace(/\[[^\]]*\]$/, '');
      const path = filters.find((filter) => filter.name === name)?.path;
      if (path === undefined) throw new SollistFailure('not-again', `There is no filter ${name} in filters/ any more.`, { folder });
      return { command: commandIds.runFilter, arguments: [Uri.file(join(folder, path)), subject, inputs['parameters'] ?? {}] };
    }
    case 'mapping':
      return { command: commandIds.previewMapping, arguments: [Uri.file(join(folder, 'sollist.json')), subject] };
    case 'roles':
      return { command: commandIds.inspectRoles, arguments: [{ folder, model: subject }] };
    case 'rehearsal': {
      const all = (report as { readonly faults?: readonly { readonly id: string }[] } | undefined)?.faults?.map(({ id }) => id);
      return { command: commandIds.rehearse, arguments: [{ folder, system: subject, faults: inputs['faults'] ?? all }] };
    }
    case 'test':
      throw new SollistFailure('not-again', 'Tests are run again in the Test Explorer.', { folder });
  }
}
