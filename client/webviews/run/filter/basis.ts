import type { FilterReport } from '../../../../engine/host/protocol.ts';
import type { UsedParameter } from '../../../../engine/run/filter/filter-report.ts';
import { section } from '../details/parts.ts';
import { element, foreign } from '../dom.ts';
import { basisTable } from '../pages/basis.ts';
import type { Part } from '../part.ts';

/** What the rows of a filter rest on: data and its age, and the values of the parameters with where they came from. */
export function filterBasisPart({ restsOn = [], parameters = [] }: FilterReport): Part {
  return {
    node: element(
      'div',
      { class: 'page-text', attributes: { tabindex: '0' } },
      section('Data', restsOn.length === 0 ? element('p', { class: 'quiet', text: 'not known' }) : basisTable(restsOn)),
      parameters.length === 0 ? undefined : section('Parameters', parameterTable(parameters)),
    ),
  };
}

function parameterTable(parameters: readonly UsedParameter[]): HTMLElement {
  const head = ['Parameter', 'Type', 'Value', 'From'].map((text) => element('th', { text, attributes: { scope: 'col' } }));
  const rows = parameters.map((parameter) =>
    element(
      'tr',
      {},
      element('th', { attributes: { scope: 'row' } }, foreign(parameter.name)),
      element('td', { class: 'quiet', text: parameter.type }),
      element('td', {}, parameter.value === null ? element('span', { class: 'null', text: 'null' }) : foreign(String(parameter.value))),
      element('td', {}, foreign(fromWords(parameter))),
    ),
  );
  return element('table', { class: 'basis' }, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...rows));
}

export function fromWords({ from, session }: UsedParameter): string {
  switch (from) {
    case 'given':
      return 'given';
    case 'session':
      return `session.${session ?? ''}`;
    case 'default':
      return session === undefined ? 'default' : `default, as session.${session} has no value`;
  }
}
