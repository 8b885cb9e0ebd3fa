import { basename } from 'node:path';
import { knownSecrets } from '../../run/runs/known-secrets.ts';
import {
  collectionEnding,
  dryRunEnding,
  filterEnding,
  filterInputs,
  mappingEnding,
  rehearsalEnding,
  rolesEnding,
} from '../../run/runs/outcome-of.ts';
import { recordRun, type RunEnd, type RunHead } from '../../run/runs/record-run.ts';
import type { RunSummary } from '../../run/run-record.ts';
import { systemClock } from '../../run/system-clock.ts';
import type { RunName, RunRequests } from '../protocol.ts';
import type { RunScope } from './run.ts';

/** How a kind of run stands in the history. */
interface Kept<Name extends RunName> {
  head(parameters: RunRequests[Name]['parameters']): Omit<RunHead, 'environment'>;
  end(result: RunRequests[Name]['result']): Omit<RunEnd, 'report'>;
}

/** The runs that are kept. What is asked while somebody types or hovers is none. */
const keptRuns: { readonly [Name in RunName]?: Kept<Name> } = {
  dryRun: {
    head: ({ connector, table, system, limits, replay }) => ({
      kind: 'dry-run',
      subject: `${system ?? basename(connector, '.json')}.${table}`,
      limits,
      inputs: { connector, table, ...(system !== undefined && { system }), ...(replay === true && { replay }) },
    }),
    end: ({ system, table, outcome, rowSet, key }) => ({
      subject: `${system}.${table}`,
      ...(key !== undefined && { inputs: { key } }),
      ...dryRunEnding(outcome, rowSet.total),
    }),
  },
  collect: {
    head: ({ system, tables, traffic, resume, accept }) => ({
      kind: 'collect',
      subject: system,
      inputs: {
        system,
        ...(tables && { tables }),
        ...(traffic !== undefined && { traffic }),
        ...(resume === true && { resume }),
        ...(accept && { accept }),
      },
    }),
    end: (report) => ({ source: report.source, ...collectionEnding(report) }),
  },
  runFilter: {
    head: ({ filter, parameters, session }) => ({
      kind: 'filter',
      subject: filter,
      inputs: { filter, parameters, ...(session && { session }) },
    }),
    end: ({ rowSet, key, problems, parameters }) => ({
      inputs: filterInputs(parameters ?? [], key),
      ...filterEnding(rowSet.total, (problems?.count ?? 0) + (problems?.leftOut ?? 0)),
    }),
  },
  previewMapping: {
    head: ({ mapping }) => ({ kind: 'mapping', subject: mapping, inputs: { mapping } }),
    end: ({ plan, restsOn, guards }) => mappingEnding(plan, restsOn, guards),
  },
  inspectRoles: {
    head: ({ model }) => ({ kind: 'roles', subject: model, inputs: { model } }),
    end: rolesEnding,
  },
  rehearse: {
    head: ({ system, faults, seed }) => ({
      kind: 'rehearsal',
      subject: system,
      inputs: { system, ...(faults && { faults }), ...(seed !== undefined && { seed }) },
    }),
    end: (report) => ({ source: { kind: 'replay', recording: report.recording }, ...rehearsalEnding(report) }),
  },
};

/** Runs `work`, and keeps how it ended where runs of that name are kept; `onKept` is told before the answer goes out. */
export async function recorded<Name extends RunName>(
  name: Name,
  parameters: RunRequests[Name]['parameters'],
  scope: RunScope,
  work: () => Promise<RunRequests[Name]['result']> | RunRequests[Name]['result'],
  onKept: (summary: RunSummary) => void,
): Promise<RunRequests[Name]['result']> {
  const kept = keptRuns[name];
  if (!kept) return work();
  const { open } = scope;
  const run = recordRun(
    { ...kept.head(parameters), ...(open.environment !== undefined && { environment: open.environment }) },
    {
      folder: open.folder,
      keep: open.workspace.settings.runs.keep,
      secrets: knownSecrets(open, scope),
      now: () => systemClock.now(),
      random: Math.random,
      onTrouble: (message) => void process.stderr.write(`${message}\n`),
    },
  );
  const tell = (summary: RunSummary | undefined): void => {
    if (summary) onKept(summary);
  };
  let result: RunRequests[Name]['result'];
  try {
    result = await work();
  } catch (error) {
    tell(run.failed(error, scope.signal.aborted));
    throw error;
  }
  tell(run.ended({ report: result, ...kept.end(result) }));
  return result;
}
