import type { RunPage } from '../messages.ts';
import type { Tab } from '../tabs.ts';
import { filterTabs, readyTabs, type Streamed } from '../filter/tabs.ts';
import { grouped } from '../words.ts';
import { basisPart } from './basis.ts';
import { changesPart, plannedRequests, plannedRequestsPart } from './changes.ts';
import { collectionPart } from './collection.ts';
import { comparisonPart } from './comparison.ts';
import { evidencePart } from './evidence.ts';
import { rehearsalPart } from './rehearsal.ts';
import { anyBad, noRequestsPart, requestsPart, type RequestsPart } from './requests.ts';
import { tablesPart } from './tables.ts';

type Bodies = { readonly [Kind in RunPage['body']['kind']]: Extract<RunPage['body'], { readonly kind: Kind }> };

/**
 * The tabs of a result, and which comes first: after a failure the requests, since the reason stands there. `open` shows a tab by its id; `streamed`
 * is what came while the run went on.
 */
export function tabsOf(
  { body, heading, filter }: RunPage,
  open: (tab: string) => void,
  streamed?: Streamed,
): { readonly tabs: readonly Tab[]; readonly first?: string } {
  switch (body.kind) {
    case 'dry-run':
      return dryRunTabs(body, open);
    case 'mapping': {
      const { plan, restsOn } = body.preview;
      return {
        tabs: [
          { id: 'changes', label: 'Changes', badge: grouped(plan.changes.length), build: () => changesPart(plan) },
          {
            id: 'requests',
            label: 'Requests',
            aside: '(never sent)',
            badge: grouped(plannedRequests(plan).length),
            build: () => plannedRequestsPart(plan),
          },
          { id: 'basis', label: 'Basis', loud: restsOn.some(({ complete }) => !complete), build: () => basisPart(body.preview) },
        ],
      };
    }
    case 'filter':
      return { tabs: filterTabs(body.report, filter, open, streamed) };
    case 'not-run':
      return { tabs: filter === undefined ? [] : readyTabs(filter) };
    case 'collection':
      return collectionTabs(body);
    case 'comparison': {
      const { counts } = body.comparison;
      const badge = grouped(counts.new + counts.gone + counts.changed);
      return { tabs: [{ id: 'differences', label: 'Differences', badge, build: () => comparisonPart(body.comparison, heading) }] };
    }
    case 'rehearsal':
      return {
        tabs: [
          {
            id: 'faults',
            label: 'Faults',
            badge: grouped(body.report.faults.length),
            loud: body.report.faults.some(({ safe }) => !safe),
            build: () => rehearsalPart(body.report),
          },
        ],
      };
    case 'running':
    case 'failed':
    case 'cancelled':
      return { tabs: [] };
  }
}

function dryRunTabs({ report }: Bodies['dry-run'], open: (tab: string) => void): ReturnType<typeof tabsOf> {
  const name = `${report.system}.${report.table}`;
  const hasFailed = report.outcome.state !== 'collected';
  let requests: RequestsPart | undefined;
  const toRequest = (sequence: number): void => {
    open('requests');
    requests?.reveal(sequence);
  };
  return {
    tabs: [
      {
        id: 'rows',
        label: 'Rows',
        badge: grouped(report.rowSet.rows.length),
        build: () => tablesPart(report, hasFailed ? 'The run ended before there were rows.' : 'The table is empty.', toRequest),
      },
      {
        id: 'requests',
        label: 'Requests',
        badge: grouped(report.requests.length),
        loud: anyBad(report.requests),
        build: () => (requests = requestsPart(report.requests, name, hasFailed)),
      },
      {
        id: 'evidence',
        label: 'Evidence',
        loud: report.outcome.evidence?.complete !== true,
        build: () => evidencePart(report.outcome.evidence),
      },
    ],
    ...(hasFailed && { first: 'requests' }),
  };
}

function collectionTabs({ report, requests, requestsMade }: Bodies['collection']): ReturnType<typeof tabsOf> {
  const made = requestsMade ?? requests?.length ?? 0;
  return {
    tabs: [
      {
        id: 'tables',
        label: 'Tables',
        badge: grouped(report.tables.length),
        loud: report.tables.some(({ state, evidence }) => state !== 'collected' || evidence?.complete !== true),
        build: () => collectionPart(report),
      },
      {
        id: 'requests',
        label: 'Requests',
        ...(requests !== undefined && { badge: grouped(made), loud: anyBad(requests) }),
        build: () =>
          requests === undefined || (requests.length === 0 && report.tables.some(({ evidence }) => (evidence?.calls ?? 0) > 0))
            ? noRequestsPart('The requests of this collection were not kept.')
            : requestsPart(
                requests,
                report.system,
                report.tables.some(({ state }) => state === 'failed'),
                made,
              ),
      },
    ],
  };
}
