import { childOf, elementsOf, spanOf } from '../../../text/json.ts';
import { defineRule, type Finding } from '../rule.ts';

/**
 * `scopes` is empty, or has an empty entry: for the whole connector or for one operation.
 *
 * Why: the token is asked for without any right, or the general scopes are replaced by none, and the API answers 401 or 403.
 *
 * Example: `"authOptions": {"scopes": []}`.
 */
export const emptyScopes = defineRule('empty-scopes', 'hint', ({ connector, facts }) =>
  [
    childOf(connector.rest.node, 'authOptions', 'scopes'),
    ...facts.operations.map(({ operation }) => childOf(operation.node, 'authOptions', 'scopes')),
  ].flatMap((scopes): readonly Finding[] => {
    if (scopes?.type !== 'array') return [];
    const entries = elementsOf(scopes);
    if (entries.length === 0) {
      return [
        { span: spanOf(scopes), message: 'There is no scope here, so the token gives no right. Name the scopes, or remove the property.' },
      ];
    }
    return entries
      .filter(({ type, value }) => type === 'string' && String(value).trim() === '')
      .map((entry) => ({ span: spanOf(entry), message: 'This scope is empty. Name one, or remove it.' }));
  }),
);
