import type { MappingPreview } from '../../../../engine/host/protocol.ts';
import type { DataBasis, GuardResult } from '../../../../engine/run/plan/plan.ts';
import { bullets, pairs, section } from '../details/parts.ts';
import { element, foreign, icon } from '../dom.ts';
import type { Part } from '../part.ts';
import { grouped } from '../words.ts';

/** What a preview rests on: data and its age, guards, assumptions. */
export function basisPart({ plan, restsOn, assumed, guards }: MappingPreview): Part {
  return {
    node: element(
      'div',
      { class: 'page-text', attributes: { tabindex: '0' } },
      section(
        'Mapping',
        pairs([
          ['Soll', `the rows of ${plan.filter}`],
          ['Ist', `${plan.system}.${plan.table}, by ${plan.operation}`],
          ['Need nothing', grouped(plan.unchanged)],
          ['Left alone', `${grouped(plan.leftAlone)} attributes, because the source has no value`],
        ]),
      ),
      section('Data', restsOn.length === 0 ? element('p', { class: 'quiet', text: 'none' }) : basisTable(restsOn)),
      guards.length === 0 ? undefined : section('Guards', element('ul', { class: 'guards' }, ...guards.map(guardItem))),
      plan.notes.length === 0 ? undefined : section('To know before trusting this', bullets(plan.notes)),
      assumed.length === 0 ? undefined : section('Assumed, where the format is silent', bullets(assumed)),
    ),
  };
}

/** Tables with when they were collected, and whether whole. */
export function basisTable(bases: readonly DataBasis[]): HTMLElement {
  const head = element(
    'tr',
    {},
    ...['Table', 'Rows', 'Collected', 'Complete'].map((text) => element('th', { text, attributes: { scope: 'col' } })),
  );
  const rows = bases.map((basis) =>
    element(
      'tr',
      {},
      element('th', { attributes: { scope: 'row' } }, foreign(`${basis.system}.${basis.table}`)),
      element('td', { class: 'numeric', text: grouped(basis.rows) }),
      element('td', { text: basis.collectedAt?.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC') ?? 'never' }),
      element(
        'td',
        {},
        element(
          'span',
          { class: basis.complete ? 'good' : 'doubtful' },
          icon(basis.complete ? 'pass' : 'warning'),
          element('span', { text: basis.complete ? 'yes' : 'no' }),
        ),
        basis.notes.length === 0 ? undefined : bullets(basis.notes),
      ),
    ),
  );
  return element('table', { class: 'basis' }, element('thead', {}, head), element('tbody', {}, ...rows));
}

function guardItem({ tripped, message }: GuardResult): HTMLElement {
  return element('li', { class: tripped ? 'tripped' : 'good' }, icon(tripped ? 'error' : 'pass'), element('span', {}, foreign(message)));
}
