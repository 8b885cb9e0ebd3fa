import { CancellationError, ProgressLocation, window } from 'vscode';
import type { TableName } from '../../../engine/host/protocol.ts';
import type { RelationCandidate } from '../../../engine/run/relations/relation-report.ts';
import { SollistFailure } from '../../infrastructure/failure.ts';
import { pickOne } from '../../infrastructure/pick.ts';
import type { Runs } from '../../infrastructure/run.ts';
import { isTarget } from '../../infrastructure/targets.ts';
import type { Folders } from '../../infrastructure/workspace.ts';
import { candidateLine } from './words.ts';
import { writeDraft } from './write.ts';

/** Where is looked: within a system, or between two tables. */
interface Wish {
  readonly system: string;
  readonly between?: { readonly left: TableName; readonly right: TableName };
}

/** Looks for relations and writes those a person picks into the file they belong in; gives how many. */
export async function findRelations(folders: Folders, runs: Runs, target: unknown): Promise<number> {
  const folder = isTarget(target, 'folder') ? target.folder : folders.require();
  const wish = isTarget(target, 'system') ? { system: target.system } : await ask(folders, folder);
  const found = await window.withProgress(
    { location: ProgressLocation.Notification, title: 'Looking for relations', cancellable: true },
    (_, token) => runs.run('findRelations', wish, { folder, secrets: [], token }),
  );
  const fresh = found.candidates.filter(({ known }) => !known);
  if (fresh.length === 0) {
    const missing = found.notCollected.length > 0 ? ` Not collected: ${found.notCollected.join(', ')}.` : '';
    const none =
      found.candidates.length > 0 ? 'The data model has every relation that the values speak for.' : 'No values speak for a relation.';
    throw new SollistFailure('nothing-to-choose', `${none}${missing}`, { folder });
  }
  const chosen = await choose(fresh, found.stopped);
  const relations = chosen.map(({ from, to }) => ({ from, to }));
  const own = { system: wish.system, relations, ...(wish.between && { between: true }) };
  await writeDraft(folder, await runs.run('draftRelations', own, { folder, secrets: [] }));
  return relations.length;
}

async function choose(candidates: readonly RelationCandidate[], stopped: boolean): Promise<readonly RelationCandidate[]> {
  const items = candidates.map((candidate) => ({ ...candidateLine(candidate), picked: candidate.best, candidate }));
  const chosen = await window.showQuickPick(items, {
    title: 'Relations that the values speak for',
    placeHolder: stopped ? 'There may be more: not everything was looked at' : 'Choose those to write into the data model',
    canPickMany: true,
    matchOnDescription: true,
  });
  if (chosen === undefined || chosen.length === 0) throw new CancellationError();
  return chosen.map(({ candidate }) => candidate);
}

async function ask(folders: Folders, folder: string): Promise<Wish> {
  const { systems } = await folders.overview(folder);
  const none = 'This workspace has no system yet: add one in systems/.';
  const between = systems.length > 1 ? [{ label: 'Between two systems…', value: undefined }] : [];
  const one = await pickOne(
    [...systems.map(({ name, connector }) => ({ label: name, description: connector, value: { system: name } })), ...between],
    'System to look for relations in',
    none,
  );
  if (one) return one;
  const tables = systems.flatMap(({ name, tables: own }) => own.map((table): TableName => ({ system: name, table })));
  const pick = (some: readonly TableName[], placeHolder: string): Promise<TableName> =>
    pickOne(
      some.map((value) => ({ label: `${value.system}.${value.table}`, value })),
      placeHolder,
      none,
    );
  const left = await pick(tables, 'One table');
  const right = await pick(
    tables.filter(({ system }) => system !== left.system),
    `The table to relate ${left.system}.${left.table} to`,
  );
  return { system: left.system, between: { left, right } };
}
