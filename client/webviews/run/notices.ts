import { button, element, foreign, icon } from './dom.ts';
import { post } from './host.ts';
import type { RunPage } from './messages.ts';

/** More of the same kind are one line. */
const mostNotices = 2;

/** What must be read before the result is: errors with what to do about them, tripped guards, notes, what was not kept of it. */
export function notices(page: RunPage): readonly HTMLElement[] {
  const { cut = [] } = page;
  return [...noticesOf(page), ...(cut.length === 0 ? [] : [notice('warning', 'history', `This run was kept in part. ${cut.join(' ')}`)])];
}

function noticesOf(page: RunPage): readonly HTMLElement[] {
  const { body, offers } = page;
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
      return [
        ...failed
          .slice(0, mostNotices)
          .map(({ table, error }, at) =>
            notice('error', 'error', `${table}: ${error?.message ?? 'failed'}`, at === 0 ? offers : [], 'alert'),
          ),
        ...(failed.length > mostNotices ? [notice('error', 'error', `${String(failed.length - mostNotices)} more tables failed.`)] : []),
        ...held.map(({ table, error }) =>
          notice('warning', 'shield', `${table} is held back: ${error?.message ?? 'a guard kept the rows of before.'}`),
        ),
      ];
    }
    case 'rehearsal':
      return body.report.faults
        .filter(({ safe }) => !safe)
        .map(({ title, verdict }) => notice('error', 'error', `${title}: ${verdict}`, [], 'alert'));
    case 'comparison':
    case 'filter':
    case 'running':
      return [];
  }
}

function notice(tone: 'error' | 'warning', iconName: string, message: string, offers: readonly string[] = [], role = 'note'): HTMLElement {
  const buttons = offers.map((label, index) =>
    button(label, undefined, () => {
      post({ type: 'offer', index });
    }),
  );
  return element(
    'div',
    { class: `notice ${tone}`, attributes: { role } },
    icon(iconName),
    element('span', {}, foreign(message)),
    ...buttons,
  );
}
