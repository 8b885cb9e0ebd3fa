import { button, element, foreign, icon } from './dom.ts';
import { post } from './host.ts';
import type { RunPage } from './messages.ts';

/** What must be read before the result is: errors with what to do about them, tripped guards, notes. */
export function notices(page: RunPage): readonly HTMLElement[] {
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
