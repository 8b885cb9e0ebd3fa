import type { FilterReport } from '../../../engine/host/protocol.ts';
import type { CollectionReport } from '../../../engine/run/records.ts';
import { button, element, foreign, icon } from './dom.ts';
import { errorText } from './error-text.ts';
import { post } from './host.ts';
import type { OfferLabel, RunPage } from './messages.ts';
import { count, grouped } from './words.ts';

/** More of the same kind are one line. */
const mostNotices = 2;

/** What must be read before the result is: errors with what to do about them, tripped guards, notes, what was not kept of it. */
export function notices(page: RunPage): readonly HTMLElement[] {
  const { cut = [] } = page;
  return [...noticesOf(page), ...(cut.length === 0 ? [] : [notice('warning', 'history', `This run was kept in part. ${cut.join(' ')}`)])];
}

function noticesOf(page: RunPage): readonly HTMLElement[] {
  const { body } = page;
  const offers = page.offers.map((offer, index): Offered => ({ ...offer, index }));
  switch (body.kind) {
    case 'failed':
      return [notice('error', 'error', body.message, offers, 'alert')];
    case 'cancelled':
      return [notice('warning', 'circle-slash', body.message, [], 'status')];
    case 'dry-run': {
      const { error } = body.report.outcome;
      return error === undefined ? [] : [notice('error', 'error', error.message, offers, 'alert')];
    }
    case 'mapping':
      return [
        ...body.preview.guards.filter(({ tripped }) => tripped).map(({ message }) => notice('error', 'shield', message)),
        ...body.preview.plan.notes.map((note) => notice('warning', 'warning', note)),
      ];
    case 'collection': {
      const failed = body.report.tables.filter(({ state }) => state === 'failed');
      const held = body.report.tables.filter(({ state }) => state === 'held-back');
      const stopped = body.report.tables.filter(({ state, error }) => state === 'cancelled' || (state === 'not-reached' && !error));
      const about = (what: 'held-back' | undefined): readonly Offered[] => offers.filter((offer) => offer.about === what);
      return [
        ...failed
          .slice(0, mostNotices)
          .map((outcome, at) =>
            notice('error', 'error', `${outcome.table}: ${errorText(outcome) ?? 'failed'}`, at === 0 ? about(undefined) : [], 'alert'),
          ),
        ...(failed.length > mostNotices ? [notice('error', 'error', `${String(failed.length - mostNotices)} more tables failed.`)] : []),
        ...(stopped.length === 0
          ? []
          : [
              notice(
                'warning',
                'circle-slash',
                `Cancelled. Left as before: ${namesOf(stopped)}.`,
                failed.length === 0 ? about(undefined) : [],
                'status',
              ),
            ]),
        ...held.map((outcome, at) =>
          notice(
            'warning',
            'shield',
            `${outcome.table} is held back: ${errorText(outcome) ?? 'a guard kept the rows of before.'}`,
            at === 0 ? about('held-back') : [],
          ),
        ),
        ...recordingNotices(body.report),
      ];
    }
    case 'rehearsal':
      return body.report.faults
        .filter(({ safe }) => !safe)
        .map(({ title, verdict }) => notice('error', 'error', `${title.replace(/\.$/, '')}. ${verdict}`, [], 'alert'));
    case 'filter':
      return filterNotices(body.report);
    case 'comparison':
      return (body.comparison.notes ?? []).map((note) => notice('warning', 'warning', note));
    case 'not-run':
    case 'running':
      return [];
  }
}

/** Scripts that failed: their rows are there, with null where the value would be. */
function filterNotices({ problems }: FilterReport): readonly HTMLElement[] {
  const [first] = problems?.rows ?? [];
  if (problems === undefined) return [];
  const leftOut =
    problems.leftOut === undefined
      ? []
      : [
          notice(
            'error',
            'error',
            `${count(problems.leftOut, 'row')} with a script that failed fell away behind "limit" or "distinct": it is not known whether other rows are meant.`,
            [],
            'alert',
          ),
        ];
  if (problems.count === 0) return leftOut;
  const message = `${count(problems.count, 'row')} with a script that failed: its column is null there. ${first === undefined ? '' : `First: ${first.message}`}`;
  return [notice('error', 'error', message, [], 'alert'), ...leftOut];
}

/** What became of the recording, where that is more than that it was saved. */
function recordingNotices({ recording }: CollectionReport): readonly HTMLElement[] {
  if (recording === undefined) return [];
  const { folder, state, error, notes } = recording;
  const why = error?.message ?? 'the collection did not come to its end.';
  return [
    ...(state === 'not-saved' ? [notice('error', 'error', `${folder} was not saved and is as it was before: ${why}`, [], 'alert')] : []),
    ...notes.map((note) => notice('warning', 'record', `${folder}: ${note}`)),
  ];
}

/** A few names, and how many more. */
function namesOf(tables: readonly { readonly table: string }[]): string {
  const most = 5;
  const names = tables.slice(0, most).map(({ table }) => table);
  return `${names.join(', ')}${tables.length > most ? ` and ${grouped(tables.length - most)} more` : ''}`;
}

/** An offer, and the place by which the extension knows it. */
type Offered = OfferLabel & { readonly index: number };

function notice(tone: 'error' | 'warning', iconName: string, message: string, offers: readonly Offered[] = [], role = 'note'): HTMLElement {
  const buttons = offers.map(({ title, hint, index }) =>
    button(
      title,
      undefined,
      () => {
        post({ type: 'offer', index });
      },
      hint === undefined ? {} : { attributes: { title: hint } },
    ),
  );
  return element(
    'div',
    { class: `notice ${tone}`, attributes: { role } },
    icon(iconName),
    element('span', {}, foreign(message)),
    ...buttons,
  );
}
