import { childOf, propertiesOf, type JsonNode, type Property } from '../../../text/json.ts';
import { foldBy, otherPlaces, times } from '../fold.ts';
import { defineRule } from '../rule.ts';

/**
 * `maxPageCount` is written in a connector whose `call_handling` is `generic`; `-1` in an operation, which sends no page size, is not meant.
 * One finding tells of all places in the file.
 *
 * Why: by the documentation only `azure` and `google` use it; generic systems have the size of a page in `pagination`.
 *
 * Example: `"call_handling": "generic", "get": {"maxPageCount": 100}`; write `"pagination": {"page_size": 100, …}`.
 */
export const needlessPageCount = defineRule('needless-page-count', 'hint', ({ connector: { rest }, facts, path }) => {
  if (rest.callHandling?.text !== 'generic') return [];
  const owners = [
    childOf(rest.node, 'config', 'get'),
    ...facts.operations
      .filter(({ operation }) => operation.maxPageCount !== undefined && operation.maxPageCount !== -1)
      .flatMap(({ operation: { node, call } }) => [node, call.node]),
  ];
  const places = owners.flatMap((owner) => pageCountOf(owner) ?? []);
  return foldBy(places, () => 'one').map((group) => {
    const [{ name }] = group;
    return {
      span: name.span,
      message: `Only the call handlings azure and google use maxPageCount. With generic, the size of a page is pagination.page_size.${times(group.length)}`,
      ...otherPlaces(
        group.map((property) => property.name),
        path,
      ),
    };
  });
});

function pageCountOf(owner: JsonNode | undefined): Property | undefined {
  return propertiesOf(owner).findLast(({ name }) => name.text === 'maxPageCount');
}
