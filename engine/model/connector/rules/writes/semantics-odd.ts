import { childOf, stringOf } from '../../../text/json.ts';
import { defineRule, renameFixes } from '../rule.ts';
import { semanticsInName } from './operation-words.ts';

/**
 * The `semantics` of an operation do not go with its method (`create` by DELETE, a warning) or with its name (`update` in `user_create`, a
 * hint). A POST that deletes and a PUT that creates are common, and not reported. A get operation has no semantics at all.
 *
 * Why: after the call NIM would add, change or remove the wrong row in the vault, until the next collection.
 *
 * Example: `"role_delete": {"method": "delete", "semantics": "create"}`, left over from a copy.
 */
export const semanticsOdd = defineRule('semantics-odd', 'warning', ({ facts }) =>
  facts.operations.flatMap(({ operation: { role, semantics, method, name, node } }) => {
    const place = semantics === undefined ? undefined : stringOf(childOf(node, 'semantics'));
    if (!place || semantics === undefined) return [];
    if (role === 'get') {
      return [
        {
          span: place.span,
          severity: 'hint' as const,
          message: `"${name.text}" reads, and semantics say what a write did. Remove them, or check the method.`,
        },
      ];
    }
    const meant = semanticsInName(name.text);
    if (method === 'delete' && semantics === 'create') {
      return [
        {
          span: place.span,
          message: `"${name.text}" deletes, but its semantics say that it creates a row. Did you mean "delete"?`,
          ...renameFixes(place, 'delete'),
        },
      ];
    }
    if (meant === undefined || meant === semantics || semantics === 'set' || semantics === 'memberships-update') return [];
    return [
      {
        span: place.span,
        severity: 'hint' as const,
        message: `By its name "${name.text}" would ${meant} a row, by its semantics ${semantics} one. Check which is meant.`,
        ...renameFixes(place, meant),
      },
    ];
  }),
);
