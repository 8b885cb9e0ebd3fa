import { childOf, spanOf } from '../../../text/json.ts';
import { defineRule } from '../rule.ts';

/**
 * Entries of `rest.config.retry` without `retry`: they name a failure, and not how often and after what time to try again. They are
 * reported once a file.
 *
 * Why: what NIM does then is not said anywhere; it may be nothing.
 *
 * Example: `{"type": "connectionError"}` instead of `{"type": "connectionError", "retry": {"type": "simple", "maxCount": 5, "waitTime": 5}}`.
 */
export const retryWithoutPolicy = defineRule('retry-without-policy', 'hint', ({ connector, path }) => {
  const [first, ...more] = connector.rest.retry.filter(({ node }) => !childOf(node, 'retry'));
  if (!first) return [];
  const others =
    more.length === 0 ? '' : more.length === 1 ? ' There is one more such entry.' : ` There are ${more.length} more such entries.`;
  return [
    {
      span: spanOf(first.node),
      message: `This entry does not say how often and after what time to try again. Add "retry" with type, maxCount and waitTime.${others}`,
      ...(more.length > 0 && { related: more.map(({ node }) => ({ path, span: spanOf(node), message: 'Nor does this one.' })) }),
    },
  ];
});
