import { defineRule, renameFixes, suggestion, type Finding } from '../rule.ts';
import { fixesOf, fixOf, removeProperties } from '../property-edits.ts';
import { foldBy, otherPlaces, removeTitle, times } from '../fold.ts';
import { unknownProperties } from './unknown.ts';

/**
 * A property that NIM is not known to have in this place. Leftovers that shipped connectors carry without harm, such as `"parameters": {}`,
 * are one hint for a whole file; names that start with `//`, `$comment` or `_comment` are taken for remarks.
 *
 * Why: NIM ignores it without a word, also where it is a misspelt one that should have done something.
 *
 * Example: `"resource_mandatry": ["id"]`.
 */
export const unknownProperty = defineRule('unknown-property', 'warning', ({ document, path }) => {
  const unknown = unknownProperties(document);
  const leftovers = unknown.filter(({ kind }) => kind === 'leftover');
  return [
    ...foldBy(leftovers, ({ property }) => property.name.text).map((group): Finding => {
      const [{ property }] = group;
      const names = group.map((item) => item.property.name);
      return {
        span: property.name.span,
        severity: 'hint',
        message: `NIM takes no notice of "${property.name.text}".${times(group.length)} It can be removed.`,
        ...otherPlaces(names, path),
        ...fixesOf(fixOf(removeTitle(group.length), removeProperties(group))),
      };
    }),
    ...unknown.flatMap((found): readonly Finding[] => {
      const { name } = found.property;
      const start = `"${name.text}" is not known here, and NIM would take no notice of it.`;
      if (found.kind === 'misspelt') {
        return [{ span: name.span, message: start + suggestion(found.meant), ...renameFixes(name, found.meant) }];
      }
      return found.kind === 'unknown' ? [{ span: name.span, message: `${start} Check the spelling, or remove it.` }] : [];
    }),
  ];
});
