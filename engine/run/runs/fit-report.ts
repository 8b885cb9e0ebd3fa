import type { TraceEntry } from '../records.ts';
import type { RunKind } from '../run-record.ts';
import { keepTraces } from './keep-traces.ts';
import { isRecord } from './shape.ts';

/** Characters of JSON that a part of a report may have in the history. */
const room = { rows: 2_000_000, requests: 1_500_000, changes: 2_000_000, all: 6_000_000 } as const;

/** Characters of a body that are kept: as many as have room. */
const bodyLengths: readonly number[] = [Infinity, 16 * 1024, 2048, 128];

export interface Fitted {
  /** Absent where even what was left would be too much. */
  readonly report?: unknown;
  /** What was left out, in words. */
  readonly cut: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** A report small enough to be kept: lists that are too long are cut at their end, and that is said. */
export function fitReport(kind: RunKind, report: unknown): Fitted {
  const cut: string[] = [];
  const fitted = isRecord(report) ? fit(kind, report, cut) : report;
  const size = sizeOf(fitted);
  if (size <= room.all) return { report: fitted, cut };
  return { cut: [`The report was too large to keep (${Math.round(size / 1_000_000)} MB).`] };
}

function fit(kind: RunKind, report: Fields, cut: string[]): Fields {
  switch (kind) {
    case 'dry-run':
      return fitRequests(fitDryRun(report, cut), cut);
    case 'filter':
      return { ...report, rowSet: fitRows(report['rowSet'], room.rows, 'rows', cut) };
    case 'collect':
      return fitRequests(report, cut);
    case 'mapping':
      return isRecord(report['plan']) ? { ...report, plan: fitChanges(report['plan'], cut) } : report;
    case 'roles':
      return fitMembers(report, cut);
    case 'rehearsal':
    case 'test':
      return report;
  }
}

function fitDryRun(report: Fields, cut: string[]): Fields {
  const { children, rowOrigins } = report;
  const rowSet = fitRows(report['rowSet'], room.rows, 'rows', cut);
  const kept = rowsOf(rowSet).length;
  return {
    ...report,
    rowSet,
    ...(Array.isArray(children) && {
      children: (children as readonly Fields[]).map((child) => ({
        ...child,
        rowSet: fitRows(child['rowSet'], room.rows / 4, `rows of ${String(child['table'])}`, cut),
      })),
    }),
    ...(isRecord(rowOrigins) && { rowOrigins: { ...rowOrigins, rows: (rowOrigins['rows'] as readonly unknown[]).slice(0, kept) } }),
  };
}

function fitRows(rowSet: unknown, most: number, what: string, cut: string[]): unknown {
  if (!isRecord(rowSet)) return rowSet;
  const rows = rowsOf(rowSet);
  const kept = beginningOf(rows, most);
  const total = typeof rowSet['total'] === 'number' ? rowSet['total'] : rows.length;
  if (kept.length < rows.length) cut.push(`The first ${kept.length} of ${total} ${what} were kept.`);
  return { ...rowSet, rows: kept };
}

function rowsOf(rowSet: unknown): readonly unknown[] {
  return isRecord(rowSet) && Array.isArray(rowSet['rows']) ? rowSet['rows'] : [];
}

function fitRequests(report: Fields, cut: string[]): Fields {
  const { requests } = report;
  if (!Array.isArray(requests)) return report;
  const { kept, longest } = fittingTraces(requests as readonly TraceEntry[]);
  if (longest < Infinity) cut.push(`Bodies longer than ${longest} characters were cut.`);
  if (kept.length < requests.length) cut.push(`${kept.length} of ${requests.length} requests were kept.`);
  return { ...report, requests: kept };
}

/** What was asked and how it ended says more than half of the bodies would. */
function fittingTraces(all: readonly TraceEntry[]): { readonly kept: readonly TraceEntry[]; readonly longest: number } {
  for (const longest of bodyLengths) {
    const kept = keepTraces(all, longest);
    if (sizeOf(kept) <= room.requests) return { kept, longest };
  }
  return { kept: [], longest: 0 };
}

function fitChanges(plan: Fields, cut: string[]): Fields {
  const changes = Array.isArray(plan['changes']) ? (plan['changes'] as readonly unknown[]) : [];
  const kept = beginningOf(changes, room.changes);
  if (kept.length < changes.length) cut.push(`The first ${kept.length} of ${changes.length} changes were kept.`);
  return { ...plan, changes: kept };
}

/** Members that stay are left out first: they are what nobody needs to look at again. */
function fitMembers(report: Fields, cut: string[]): Fields {
  if (sizeOf(report) <= room.changes || !Array.isArray(report['groups'])) return report;
  const groups = (report['groups'] as readonly Fields[]).map((group) => ({
    ...group,
    members: ((group['members'] ?? []) as readonly Fields[]).filter(({ change }) => change !== 'stay'),
  }));
  cut.push('Members who stay were left out.');
  const each = room.all / 2 / Math.max(1, groups.length);
  const short = groups.map((group) => ({ ...group, members: beginningOf(group.members, each) }));
  if (short.some(({ members }, index) => members.length < (groups[index]?.members.length ?? 0)))
    cut.push('Of large groups only the first members were kept.');
  return { ...report, groups: short };
}

/** As many items as have room, from the first on. */
function beginningOf<Item>(items: readonly Item[], most: number): readonly Item[] {
  let size = 0;
  for (const [index, item] of items.entries()) {
    size += sizeOf(item) + 1;
    if (size > most) return items.slice(0, index);
  }
  return items;
}

function sizeOf(value: unknown): number {
  return value === undefined ? 0 : JSON.stringify(value).length;
}
