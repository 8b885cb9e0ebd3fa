import type { ChangeKind, MappingPlan, PlannedChange, WireRequest } from '../../../../engine/run/plan/plan.ts';
import { attributesText, changeDetails, wireDetails } from '../details/change.ts';
import { createBrowser } from '../grid/browser.ts';
import type { Part } from '../part.ts';
import type { GridColumn } from '../grid/model.ts';

const icons: Readonly<Record<ChangeKind, string>> = { create: 'diff-added', update: 'diff-modified', delete: 'diff-removed' };

const columns: readonly GridColumn<PlannedChange>[] = [
  {
    name: 'Change',
    value: ({ kind }) => kind,
    width: 96,
    mark: ({ kind, blocked }) =>
      blocked === undefined ? { class: `change ${kind}`, icon: icons[kind] } : { class: 'bad', icon: 'circle-slash' },
  },
  { name: 'Key', value: ({ key }) => key },
  { name: 'Name', value: ({ display }) => display },
  { name: 'Attributes', value: attributesText, width: 340 },
  { name: 'Blocked', value: ({ blocked }) => blocked ?? '', width: 200 },
];

/** What a mapping would change. */
export function changesPart(plan: MappingPlan): Part {
  const isBlocked = plan.changes.some(({ blocked }) => blocked !== undefined);
  // A row that goes has no attribute worth a column.
  const wanted = columns.filter(({ name }) => (name !== 'Blocked' || isBlocked) && (name !== 'Attributes' || plan.kind !== 'delete'));
  return createBrowser({
    label: `Changes of ${plan.mapping}`,
    noun: 'change',
    columns: wanted,
    rows: plan.changes,
    fileName: `${plan.mapping} changes`,
    whenEmpty: `Nothing to change: ${plan.filter} and ${plan.system}.${plan.table} agree.`,
    rowClass: ({ blocked }) => (blocked === undefined ? undefined : 'failed'),
    details: changeDetails,
  });
}

interface Planned {
  readonly change: PlannedChange;
  readonly request: WireRequest;
}

const requestColumns: readonly GridColumn<Planned>[] = [
  { name: 'Verb', value: ({ request }) => request.verb, width: 70 },
  { name: 'URL', value: ({ request }) => request.url, width: 380 },
  { name: 'For', value: ({ change }) => change.display, width: 180 },
  { name: 'Body', value: ({ request }) => request.body ?? '', width: 340 },
];

/** The requests of the changes that are not blocked, as they would go out. */
export function plannedRequests({ changes }: MappingPlan): readonly Planned[] {
  return changes.flatMap((change) => (change.request === undefined ? [] : [{ change, request: change.request }]));
}

export function plannedRequestsPart(plan: MappingPlan): Part {
  return createBrowser({
    label: `Planned requests of ${plan.mapping}, never sent`,
    noun: 'request',
    columns: requestColumns,
    rows: plannedRequests(plan),
    fileName: `${plan.mapping} requests`,
    whenEmpty: 'There is nothing to send.',
    details: ({ request }) => wireDetails(request),
  });
}
