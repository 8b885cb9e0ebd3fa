import { defineRule } from '../rule.ts';

/**
 * The name of an operation is not a simple word, or words joined by `_` or `-`, as the documentation wants it.
 *
 * Why: the name is the function's name in mappings, and part of what NIM stores about them.
 *
 * Example: `"create user"` instead of `"user_create"`.
 */
export const operationName = defineRule('operation-name', 'warning', ({ facts }) =>
  facts.operations
    .filter(({ operation: { name } }) => !/^[\p{L}\p{N}]+(?:[_-]+[\p{L}\p{N}]+)*$/u.test(name.text))
    .map(({ operation: { name } }) => {
      const simple = name.text.replaceAll(/[^\p{L}\p{N}_-]+/gu, '_').replaceAll(/^[_-]+|[_-]+$/g, '');
      const help = simple === '' ? 'Give it one, such as user_create.' : `Rename it, for example to ${simple}.`;
      return { span: name.span, message: `"${name.text}" is not a simple name: letters and digits, joined by _ or -. ${help}` };
    }),
);
