import { defineRule, type Finding } from '../rule.ts';
import { fixesOf, fixOf, moveProperty } from '../property-edits.ts';
import { unknownProperties } from './unknown.ts';

/**
 * A property that NIM knows, but not in this place.
 *
 * Why: NIM takes no notice of it, so what it should do is not done. A shipped connector had its retries beside `rest.config` instead of in
 * it, and never tried again.
 *
 * Example: `"rest": {"retry": […], "config": {…}}`, or `output_field` in `call` instead of in `processing_options`.
 */
export const misplacedProperty = defineRule('misplaced-property', 'warning', ({ document }) =>
  unknownProperties(document).flatMap((found): readonly Finding[] => {
    const { name } = found.property;
    const start = `"${name.text}" does nothing here: NIM looks for it in`;
    if (found.kind === 'elsewhere') return [{ span: name.span, message: `${start} ${found.said}. Move it there.` }];
    if (found.kind !== 'misplaced') return [];
    const { level, path, said } = found.home;
    const base = found.levels[level]?.node;
    const edits = base && moveProperty(document.text, found, { base, path, name: name.text });
    return [
      {
        span: name.span,
        message: edits ? `${start} ${said}. Move it there.` : `${start} ${said}, which has one already. Remove one of the two.`,
        ...(edits && fixesOf(fixOf(`Move to ${said}`, edits))),
      },
    ];
  }),
);
