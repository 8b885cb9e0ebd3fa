import { defineRule } from '../rule.ts';
import { fixesOf, fixOf, removeProperties } from '../property-edits.ts';
import { foldBy, otherPlaces, removeTitle, times } from '../fold.ts';
import { notedProperties, type KnownProperty } from './places.ts';

/** Properties that mean the same empty and left out. A body, for one, does not: an empty one is sent. */
const idle: readonly string[] = [
  'allowedHosts',
  'authOptions',
  'base',
  'call',
  'customer',
  'filterValues',
  'get',
  'headers',
  'items',
  'iterator_columns',
  'JWT',
  'keyRefs',
  'last_page',
  'parameters',
  'params',
  'path',
  'postData',
  'processing_options',
  'query_params',
  'query_parameters',
  'queryParameters',
  'queryParametersConfig',
  'resource_mandatory',
  'resource_prohibited',
  'retry',
  'selector',
  'warning_only',
];

/**
 * An empty object or list that does nothing. One finding tells of all places with that name in the file.
 *
 * Why: it says no more than leaving it out, and readers look for what it is good for.
 *
 * Example: `"query_parameters": {}`.
 */
export const emptyProperty = defineRule('empty-property', 'hint', ({ document, path }) => {
  const empty = notedProperties(document).empty.filter((noted) => idle.includes(noted.property.name.text) && fits(noted));
  return foldBy(empty, ({ property }) => property.name.text).map((group) => {
    const [{ property }] = group;
    const { name } = property;
    return {
      span: name.span,
      message: `"${name.text}" is empty and does nothing.${times(group.length)} It can be removed.`,
      ...otherPlaces(
        group.map((item) => item.property.name),
        path,
      ),
      ...fixesOf(fixOf(removeTitle(group.length), removeProperties(group))),
    };
  });
});

/** Whether it is what belongs there: a list in place of an object is wrong, which the schema says, and not merely empty. */
function fits({ property, schema }: KnownProperty): boolean {
  return schema.type === undefined || [schema.type].flat().includes(property.value.type);
}
