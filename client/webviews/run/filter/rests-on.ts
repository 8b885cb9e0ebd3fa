import type { DataBasis } from '../../../../engine/run/plan/plan.ts';
import { element, foreign, icon } from '../dom.ts';
import { shortTime } from '../history.ts';
import { timeText } from '../words.ts';

/** The data the rows rest on, each table with its age and whether it is whole. */
export function restsOnElement(restsOn: readonly DataBasis[]): HTMLElement | undefined {
  if (restsOn.length === 0) return undefined;
  const item = ({ system, table, complete, collectedAt, notes }: DataBasis): HTMLElement => {
    const at = collectedAt === undefined ? undefined : Date.parse(collectedAt);
    const when = at === undefined ? 'never collected' : shortTime(at);
    const exact = at === undefined ? [] : [`Collected ${timeText(at)}`];
    return element(
      'li',
      { class: complete ? 'sign good' : 'sign doubtful', attributes: { title: [...exact, ...notes].join('\n') } },
      icon(complete ? 'pass' : 'warning'),
      foreign(`${system}.${table}`),
      element('span', { class: 'quiet', text: complete ? when : `${when}, not complete` }),
    );
  };
  return element(
    'div',
    { class: 'rests-on' },
    element('span', { class: 'fact-name', text: 'Rests on' }),
    element('ul', { attributes: { 'aria-label': 'Data the rows rest on' } }, ...restsOn.map(item)),
  );
}
