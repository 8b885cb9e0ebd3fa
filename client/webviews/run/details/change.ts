import type { AttributeChange, PlannedChange, WireRequest } from '../../../../engine/run/plan/plan.ts';
import { element, foreign, icon } from '../dom.ts';
import { bodyElement } from './body-text.ts';
import { bullets, section } from './parts.ts';
import { headers } from './trace.ts';

/** One planned change: what, why, and what would go over the wire. */
export function changeDetails(change: PlannedChange): Node {
  return element(
    'div',
    {},
    element(
      'h2',
      { class: `change-line ${change.kind}` },
      element('span', { class: 'verb', text: change.kind }),
      foreign(change.display),
      foreign(change.key, 'quiet'),
    ),
    change.blocked === undefined
      ? undefined
      : element(
          'p',
          { class: 'notice error' },
          icon('circle-slash'),
          element('span', {}, element('strong', { text: 'Blocked. ' }), foreign(change.blocked)),
        ),
    change.kind === 'delete' || change.attributes.length === 0 ? undefined : section('Attributes', attributesTable(change.attributes)),
    section(
      'Why',
      change.reasons.length === 0 ? element('p', { class: 'quiet', text: 'no reason given' }) : bullets(change.reasons, 'bullets reasons'),
    ),
    change.request === undefined ? undefined : section('Request, never sent by a preview', wireElement(change.request)),
  );
}

/** A planned request exactly as it would go out, with secrets masked. */
export function wireDetails(request: WireRequest): Node {
  return element(
    'div',
    {},
    element('p', { class: 'notice' }, icon('info'), element('span', { text: 'A preview never sends this request.' })),
    wireElement(request),
  );
}

function wireElement(request: WireRequest): HTMLElement {
  return element(
    'div',
    {},
    element('p', { class: 'request-line' }, element('span', { class: 'verb', text: request.verb }), foreign(request.url, 'url')),
    headers(request.headers),
    request.body === undefined ? element('p', { class: 'quiet', text: 'no body' }) : bodyElement(request.body),
  );
}

function attributesTable(attributes: readonly AttributeChange[]): HTMLElement {
  const head = element('tr', {}, ...['Attribute', 'From', 'To'].map((text) => element('th', { text, attributes: { scope: 'col' } })));
  const rows = attributes.map(({ name, from, to }) =>
    element(
      'tr',
      {},
      element('th', { attributes: { scope: 'row' } }, foreign(name)),
      element('td', { class: 'from' }, from === undefined ? element('span', { class: 'quiet', text: 'new' }) : value(from)),
      element('td', { class: 'to' }, value(to)),
    ),
  );
  return element('table', { class: 'attributes' }, element('thead', {}, head), element('tbody', {}, ...rows));
}

type AttributeValue = AttributeChange['to'];

function value(cell: AttributeValue): HTMLElement {
  return cell === null ? element('span', { class: 'null', text: 'null' }) : foreign(String(cell));
}

/** `mail: a → b; title: → c`, on one line. A delete is of the row, so its attributes say nothing. */
export function attributesText({ kind, attributes }: PlannedChange): string {
  if (kind === 'delete') return '';
  const text = (cell: AttributeValue | undefined): string => (cell === undefined ? '' : cell === null ? 'null' : String(cell));
  return attributes
    .map(({ name, from, to }) => (from === undefined ? `${name}: ${text(to)}` : `${name}: ${text(from)} → ${text(to)}`))
    .join('; ');
}
