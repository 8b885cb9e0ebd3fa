import { childOf } from '../../../text/json.ts';
import type { Edit } from '../../../text/problem.ts';
import { foldBy, otherPlaces, times } from '../fold.ts';
import { fixesOf, fixOf, moveProperty } from '../property-edits.ts';
import { defineRule } from '../rule.ts';
import { notedProperties, type KnownProperty } from './places.ts';

/**
 * A property in a spelling or a place that only older connectors have: `query_parameters` and `queryParametersConfig` for
 * `call.queryParameters`, `maxPageCount` and `maxSessionCount` in `call` instead of beside it, `url_part` for `replace_in_url`. One
 * finding tells of all places in the file.
 *
 * Why: today's documentation no longer has it, and a later version of NIM may take no notice of it.
 *
 * Example: `"call": {"query_parameters": {"limit": "5"}}`.
 */
export const legacySpelling = defineRule('legacy-spelling', 'hint', ({ document, path }) => {
  const { deprecated, empty } = notedProperties(document);
  // What is empty can simply go, which is another rule's advice.
  const idle = new Set(empty.map(({ property }) => property));
  const old = deprecated.filter(({ property }) => !idle.has(property));
  return foldBy(old, ({ property, schema }) => JSON.stringify([property.name.text, schema.deprecationMessage])).map((group) => {
    const [{ property, schema }] = group;
    const edits = group.flatMap((item) => modernise(document.text, item) ?? []);
    const advice = /\b(?:Write|NIM takes|Remove) .*/s.exec(schema.deprecationMessage ?? '')?.[0] ?? '';
    return {
      span: property.name.span,
      message: `"${property.name.text}" is found here in older connectors only.${times(group.length)} ${advice}`,
      ...otherPlaces(
        group.map((item) => item.property.name),
        path,
      ),
      ...fixesOf(fixOf(group.length === 1 ? 'Modernise it' : `Modernise all ${group.length}`, edits)),
    };
  });
});

/** The edits that say the same in today's way, where that is sure to be the same. */
function modernise(text: string, { property, owner, levels }: KnownProperty): readonly Edit[] | undefined {
  const { name } = property;
  switch (name.text) {
    case 'query_parameters':
      if (levels.at(-1)?.name !== 'call')
        return moveProperty(text, { property, owner }, { base: owner, path: ['call'], name: 'queryParameters' });
      return childOf(owner, 'queryParameters') ? undefined : [{ span: name.span, text: '"queryParameters"' }];
    case 'maxPageCount':
    case 'maxSessionCount': {
      const operation = levels.at(-2)?.node;
      return operation && moveProperty(text, { property, owner }, { base: operation, path: [], name: name.text });
    }
    default:
      return undefined;
  }
}
