import { childOf, elementsOf, spanOf, stringOf } from '../../../text/json.ts';
import { defineRule, type Finding } from '../rule.ts';

/**
 * A connection item whose name is empty, or cannot stand in braces: names hold letters, digits, `_`, `$`, `.`, `-` and spaces, and start with
 * a letter, a digit, `_` or `$`.
 *
 * Why: no text can use the value.
 *
 * Example: `"name": "page:size"`.
 */
export const connectionItemName = defineRule('connection-item-name', 'warning', ({ connector }) =>
  elementsOf(childOf(connector.root, 'connection', 'items')).flatMap((item): readonly Finding[] => {
    const name = stringOf(childOf(item, 'name'));
    // Without the property the schema speaks.
    if (!name || stringOf(childOf(item, 'type'))?.text === 'text') return [];
    if (name.text.trim() === '') {
      return [{ span: spanOf(item), message: 'This connection item has an empty name, so nothing can use its value. Name it.' }];
    }
    if (/^[\p{L}\p{N}_$][\p{L}\p{N}_$.\- ]*$/u.test(name.text)) return [];
    return [
      { span: name.span, message: `"${name.text}" cannot stand in braces, so nothing can use its value. Use letters, digits and _.` },
    ];
  }),
);
