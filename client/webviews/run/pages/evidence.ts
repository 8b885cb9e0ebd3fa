import type { Evidence } from '../../../../engine/run/records.ts';
import { evidenceElement } from '../details/evidence.ts';
import { element } from '../dom.ts';
import type { Part } from '../part.ts';

/** Whether the table is proven complete, and what that rests on, in words. */
export function evidencePart(evidence: Evidence | undefined): Part {
  if (evidence === undefined) return { node: element('p', { class: 'empty', text: 'The run ended before there was evidence.' }) };
  return { node: element('div', { class: 'page-text', attributes: { tabindex: '0' } }, evidenceElement(evidence)) };
}
