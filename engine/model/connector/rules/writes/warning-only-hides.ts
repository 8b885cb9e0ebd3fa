import { childOf, elementsOf, numberOf, spanOf } from '../../../text/json.ts';
import { defineRule } from '../rule.ts';

/**
 * `warning_only` holds a status that should not be taken lightly: 401 and 5xx are real failures (a warning); 2xx is a success, so a good
 * answer would look suspicious (a hint, since an API may answer a read with nothing).
 *
 * Why: a failed sign-in or a broken server would pass as done.
 *
 * Example: `"warning_only": [409, 500]`.
 */
export const warningOnlyHides = defineRule('warning-only-hides', 'warning', ({ facts }) =>
  facts.operations.flatMap(({ operation }) =>
    elementsOf(childOf(operation.node, 'warning_only')).flatMap((element) => {
      const status = numberOf(element);
      const span = spanOf(element);
      if (status === undefined) return [];
      if (status === 401)
        return [{ span, message: '401 means that the sign-in failed. As a mere warning it would hide that nothing was done. Remove it.' }];
      if (status >= 500 && status < 600) {
        return [
          {
            span,
            message: `${status} means that the server failed. As a mere warning it would hide that nothing was done. Use rest.config.retry instead.`,
          },
        ];
      }
      if (status >= 200 && status < 300) {
        return [
          {
            span,
            message: `${status} is a success, and would look like a problem here. Check that it is meant.`,
            severity: 'hint' as const,
          },
        ];
      }
      return [];
    }),
  ),
);
