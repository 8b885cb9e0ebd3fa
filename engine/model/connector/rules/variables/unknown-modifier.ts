import { nearest } from '../../../text/nearest.ts';
import { variablesOf } from '../../template.ts';
import { defineRule, type Finding } from '../rule.ts';
import { literalsWithBraces, spanIn } from './brace-text.ts';

/**
 * What follows the colon in a variable is not `no_encode`, the only modifier NIM has.
 *
 * Why: the value would be put in as if there were no modifier, or the whole variable sent as it stands.
 *
 * Example: `{orgUnitPath:no-encode}` or `{orgUnitPath:raw}`.
 */
export const unknownModifier = defineRule('unknown-modifier', 'warning', ({ document, facts }) =>
  facts.templates.flatMap(({ template, place }) => {
    if (!template.text.includes(':')) return [];
    const found: Finding[] = [];
    for (const { name, modifier, span } of variablesOf(template)) {
      if (modifier !== undefined && modifier !== 'no_encode') found.push({ span, ...told(name, modifier, span) });
    }
    for (const { text, index } of literalsWithBraces(template)) {
      for (const { 0: written, 1: name = '', 2: modifier = '', index: at } of text.matchAll(
        /\{([\p{L}\p{N}_$][\p{L}\p{N}_$.\- ]*):([^{}"]*)\}/gu,
      )) {
        if (!facts.scopeAt(place).has(name)) continue;
        const { span, exact } = spanIn(template, index + at, written.length, document.text);
        found.push({ span, ...told(name, modifier, exact ? span : undefined) });
      }
    }
    return found;
  }),
);

function told(name: string, modifier: string, span: Finding['span'] | undefined): Pick<Finding, 'message' | 'fixes'> {
  // Dashes, spaces and another order of the same word are what authors of other formats write.
  const meant = /encod|escap|^raw$/i.test(modifier) || nearest(modifier, ['no_encode']) !== undefined;
  const written = meant ? `{${name}:no_encode}` : `{${name}}`;
  return {
    message:
      modifier === ''
        ? `A modifier is missing after the colon. Write {${name}} or {${name}:no_encode}.`
        : `"${modifier}" is no modifier; there is only no_encode. Write ${written}.`,
    ...(span && { fixes: [{ title: `Change to ${written}`, span, text: written }] }),
  };
}
