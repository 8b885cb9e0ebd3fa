import type { RunPage } from '../messages.ts';
import type { Tab } from '../tabs.ts';
import { grouped } from '../words.ts';
import { basisPart } from './basis.ts';
import { changesPart, plannedRequests, plannedRequestsPart } from './changes.ts';
import { evidencePart } from './evidence.ts';
import { isBad, requestsPart } from './requests.ts';
import { rowsPart } from './rows.ts';
import { sqlPart } from './sql.ts';

/** The tabs of a result, and which comes first: after a failure the requests, since the reason stands there. */
export function tabsOf({ body }: RunPage): { readonly tabs: readonly Tab[]; readonly first?: string } {
  switch (body.kind) {
    case 'dry-run': {
      const { report } = body;
      const name = `${report.system}.${report.table}`;
      const hasFailed = report.outcome.state !== 'collected';
      return {
        tabs: [
          {
            id: 'rows',
            label: 'Rows',
            badge: grouped(report.rowSet.rows.length),
            build: () => rowsPart(report.rowSet, name, hasFailed ? 'The run ended before there were rows.' : 'The table is empty.'),
          },
          {
            id: 'requests',
            label: 'Requests',
            badge: grouped(report.requests.length),
            loud: report.requests.some(isBad),
            build: () => requestsPart(report.requests, name, hasFailed),
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
      return {
        tabs: [
          {
            id: 'rows',
            label: 'Rows',
            badge: grouped(body.report.rowSet.rows.length),
            build: () => rowsPart(body.report.rowSet, body.report.filter, 'The filter gives no rows.'),
          },
          { id: 'sql', label: 'SQL', build: () => sqlPart(body) },
        ],
      };
    case 'running':
    case 'failed':
    case 'cancelled':
      return { tabs: [] };
  }
}
