import { CancellationError, ProgressLocation, window } from 'vscode';
import type { ColumnRef } from '../../../engine/model/system/catalog.ts';
import type { RelationMatch } from '../../../engine/run/relations/relation-report.ts';
import { SollistFailure } from '../../infrastructure/failure.ts';
import type { Runs } from '../../infrastructure/run.ts';
import { isTarget, lensArguments } from '../../infrastructure/targets.ts';
import { fileOf, folderOf, type Folders } from '../../infrastructure/workspace.ts';
import { columnName, matchLines, relationLine, shareWords } from './words.ts';

/** Shows how the values of a relation meet: of the one a lens names, else of one that is picked from all with their match. */
export async function checkRelations(folders: Folders, runs: Runs, document: unknown, relation: unknown): Promise<void> {
  const given = ofLens(document, relation);
  if (given) {
    const { folder, from, to } = given;
    await show(await working('Comparing values', () => runs.run('matchRelation', { from, to }, { folder, secrets: [] })));
    return;
  }
  const folder = isTarget(document, 'folder') ? document.folder : folders.require();
  const own = isTarget(document, 'system') ? { system: document.system } : {};
  const { relations } = await working('Comparing values', () => runs.run('listRelations', own, { folder, secrets: [] }));
  if (relations.length === 0) {
    throw new SollistFailure('nothing-to-choose', 'The data model has no relations yet: "Find Relations…" looks for some.', { folder });
  }
  const chosen = await window.showQuickPick(
    relations.map((each) => ({ ...relationLine(each), match: each.match })),
    { title: 'Relations of the data model', placeHolder: 'Choose one to see its values', matchOnDescription: true },
  );
  if (chosen === undefined) throw new CancellationError();
  if (chosen.match === undefined) {
    throw new SollistFailure('not-collected', `${chosen.label}: not both tables are collected, so there are no values to compare.`, {
      folder,
    });
  }
  await show(chosen.match);
}

async function show(match: RelationMatch): Promise<void> {
  await window.showQuickPick([...matchLines(match)], {
    title: `${columnName(match.from)} ↔ ${columnName(match.to)}: ${match.score === undefined ? 'the left side has no values' : `${shareWords(match)} of the left values are found`}`,
    placeHolder: 'Values of either side alone, and of both',
    matchOnDetail: true,
  });
}

function working<Result>(title: string, work: () => Promise<Result>): Promise<Result> {
  return Promise.resolve(window.withProgress({ location: ProgressLocation.Window, title }, work));
}

/** `[documentUri, { from, to }]`. */
function ofLens(
  document: unknown,
  relation: unknown,
): { readonly folder: string; readonly from: ColumnRef; readonly to: ColumnRef } | undefined {
  const place = lensArguments([document, '']);
  if (!place || typeof relation !== 'object' || relation === null || !('from' in relation) || !('to' in relation)) return undefined;
  const { from, to } = relation;
  const folder = folderOf(fileOf(place.document));
  return folder !== undefined && isColumn(from) && isColumn(to) ? { folder, from, to } : undefined;
}

function isColumn(value: unknown): value is ColumnRef {
  return isTarget(value, 'system', 'table', 'column');
}
