import { basename } from 'node:path';
import type { CollectResult, DryRunReport, FilterReport, MappingPreview } from '../../../engine/host/protocol.ts';
import type { CollectionReport } from '../../../engine/run/records.ts';
import type { RehearsalReport } from '../../../engine/run/rehearsal-report.ts';
import type { RunRecord } from '../../../engine/run/run-record.ts';
import { offersFor, type Offer } from '../../infrastructure/offers.ts';
import type { KeptRun } from '../../infrastructure/run-view.ts';
import { runHeading, runTime } from '../../infrastructure/run-words.ts';
import type { RunPage } from '../../webviews/run/messages.ts';
import { collectionOffers } from './collection-offers.ts';
import type { Content } from './panel.ts';

type Parameters = Extract<RunPage['body'], { kind: 'filter' }>['parameters'];

/**
 * The page of a run as it was, marked with its time; what a person could do about its failure then can be done now. `isLast`: no other of the same
 * came after it, so that a collection can be gone on with.
 */
export function keptPage({ folder, record }: KeptRun, isLast: boolean): readonly [Content, readonly Offer[]] {
  const { id, kind, subject, startedAt, endedAt, environment, source, limits } = record;
  const content: Content = {
    heading: `${runHeading(kind, subject)}, ${runTime(startedAt)}`,
    workspace: basename(folder),
    startedAt,
    endedAt,
    ...(environment !== undefined && { environment }),
    runId: id,
    ...(source && { source }),
    limits,
    ...(record.cut && { cut: record.cut }),
    body: bodyOf(record),
  };
  const error = record.failure ?? outcomeError(record);
  const { body } = content;
  return [
    content,
    [
      ...(error ? offersFor({ ...error, subject: error.subject, folder, secrets: [] }) : []),
      ...(isLast && body.kind === 'collection' ? collectionOffers(body.report, folder, environment) : []),
    ],
  ];
}

/** The engine has looked into the report's shape when it read it. */
function bodyOf(record: RunRecord): RunPage['body'] {
  const { kind, report, failure, result, cut = [] } = record;
  if (failure) return { kind: failure.code === 'cancelled' ? 'cancelled' : 'failed', code: failure.code, message: failure.message };
  if (report === undefined) return { kind: 'failed', code: 'not-kept', message: `${[result, ...cut].join('. ')} Run it again to see it.` };
  switch (kind) {
    case 'dry-run':
      return { kind, report: report as DryRunReport };
    case 'collect': {
      // The command line keeps only the first ones.
      const { requests = [], requestsMade, ...rest } = report as CollectionReport & Partial<CollectResult>;
      return { kind: 'collection', report: rest, requests, ...(requestsMade !== undefined && { requestsMade }) };
    }
    case 'filter':
      return { kind, report: report as FilterReport, parameters: (record.inputs['parameters'] ?? {}) as Parameters };
    case 'mapping':
      return { kind, preview: report as MappingPreview };
    case 'rehearsal':
      return { kind, report: report as RehearsalReport };
    case 'roles':
    case 'test':
      return { kind: 'failed', code: 'not-shown', message: `${result} A run of this kind is not shown in this panel.` };
  }
}

/** The error of a run that gave its report all the same. */
function outcomeError({
  kind,
  report,
}: RunRecord): { readonly code: string; readonly message: string; readonly subject?: string } | undefined {
  if (kind === 'dry-run') return (report as DryRunReport | undefined)?.outcome.error;
  return kind === 'collect' ? (report as CollectResult | undefined)?.tables.find(({ state }) => state === 'failed')?.error : undefined;
}
