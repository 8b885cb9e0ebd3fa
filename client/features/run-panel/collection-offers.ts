import type { CollectionReport, TableOutcome } from '../../../engine/run/records.ts';
import { commandIds } from '../../infrastructure/ids.ts';
import type { Offer } from '../../infrastructure/offers.ts';

/**
 * What can be done about a collection that did not bring everything in, as long as it is the last one of its system: *Go on* with what is left,
 * and for what a guard held back *Show what would go* and *Let it shrink*. `environment` is the one it ran in: nothing goes on in another.
 */
export function collectionOffers(
  { system, source, tables, recording }: CollectionReport,
  folder: string,
  environment: string | undefined,
): readonly Offer[] {
  // Half of the requests of a recording would be missing.
  if (recording !== undefined) return [];
  const command = source.kind === 'replay' ? commandIds.replayCollection : commandIds.collect;
  const own = { folder, system, resume: true, wasIn: environment ?? '' };
  const held = tables.filter(({ state }) => state === 'held-back');
  const stopped = tables.some(({ state, error }) => state !== 'collected' && state !== 'held-back' && error?.code !== 'parent-held-back');
  const [first] = held;
  return [
    ...(stopped
      ? [{ title: 'Go on', hint: 'Collects what is not in yet; tables that are in are not asked for again', command, arguments: [own] }]
      : []),
    ...(first === undefined
      ? []
      : [
          {
            title: 'Show what would go',
            hint: `Compares ${first.table} as it came with the one in use`,
            about: 'held-back' as const,
            command: commandIds.compareVersion,
            arguments: [{ folder, system, table: first.table, state: 'held-back' }],
          },
          {
            title: 'Let it shrink…',
            hint: 'Collects what is not in yet, and takes fewer rows for right this time',
            about: 'held-back' as const,
            command,
            arguments: [{ ...own, accept: held.map(({ table }) => table), losses: held.map(lossText) }],
          },
        ]),
  ];
}

function lossText({ table, evidence }: TableOutcome): string {
  return evidence?.drift === undefined ? table : `${table}: ${String(evidence.drift.rowsBefore)} rows → ${String(evidence.rows)}`;
}
