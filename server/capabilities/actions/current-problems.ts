import { checkConnector } from '../../../engine/model/connector/check-connector.ts';
import { readFilter } from '../../../engine/model/filter/filter.ts';
import { applySettings } from '../../../engine/model/problems/apply-settings.ts';
import { checkProblemSettings } from '../../../engine/model/problems/check-problem-settings.ts';
import { severitiesOf } from '../../../engine/model/problems/problem-settings.ts';
import type { Problem } from '../../../engine/model/text/problem.ts';
import { checkFile, documentOf } from '../../../engine/model/workspace/check-file.ts';
import type { Opened } from '../../opened.ts';
import type { RequestContext } from '../../requests/request.ts';
import { withHazards } from '../filter/insight-problems.ts';
import type { ConnectorDocument } from '../connector/document.ts';

/**
 * The problems of an open document as its text is now: what an editor has been told may be of an older one, and a repair of that would write
 * into the wrong place. What was checked of this text already is not checked again.
 */
export function currentProblems(
  { workspaces, knowledge, settings, insights }: Pick<RequestContext, 'workspaces' | 'knowledge' | 'settings' | 'insights'>,
  uri: string,
  opened: Opened,
): readonly Problem[] {
  const place = workspaces.placeOf(uri);
  const isKnown = opened.kind === 'own' || (opened.kind === 'filter' && opened.place) || (opened.kind === 'connector' && opened.inFolder);
  if (place && isKnown) {
    const { workspace } = workspaces.view(place.folder);
    const root = documentOf(workspace, place.path)?.root;
    const own = place.path === workspace.settingsFile?.path ? checkProblemSettings(root, workspace.settings.problems) : [];
    const checked = checkFile(workspace, place.path, knowledge.of(place.folder).connector);
    const insight = opened.kind === 'filter' && settings.current().filter.hazards ? insights.of(place.folder, place.path) : undefined;
    const found = [...withHazards(checked, insight), ...own];
    return applySettings(found, { path: place.path, root }, workspace.settings.problems).problems;
  }
  return applySettings(checkAlone(opened), { path: uri }, severitiesOf(settings.current().problems.severities)).problems;
}

const memory = new WeakMap<ConnectorDocument, readonly Problem[]>();

function checkAlone(opened: Opened): readonly Problem[] {
  if (opened.kind === 'filter') return readFilter(opened.text).problems;
  if (opened.kind !== 'connector') return [];
  const { connector: document } = opened;
  const known = memory.get(document) ?? checkConnector(document.json, document.connector);
  memory.set(document, known);
  return known;
}
