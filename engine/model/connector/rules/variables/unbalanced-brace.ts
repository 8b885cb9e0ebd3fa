import type { Fix } from '../../../text/problem.ts';
import { defineRule, type Finding } from '../rule.ts';
import { literalsWithBraces, spanIn } from './brace-text.ts';

/**
 * A brace that opens a variable is never closed, or one closes a variable that was never opened. In a body, whose text may hold any
 * brackets, only a brace at the name of something that has a value counts.
 *
 * Why: the text is sent as it stands, with the brace and the name in it.
 *
 * Example: `"path": "/users/{userId"`.
 */
export const unbalancedBrace = defineRule('unbalanced-brace', 'warning', ({ document, facts }) =>
  facts.templates.flatMap(({ template, place, use }) => {
    const literals = literalsWithBraces(template);
    if (literals.length === 0) return [];
    const known = (name: string | undefined): name is string => name !== undefined && facts.scopeAt(place).has(name);
    const open: number[] = [];
    const stray: number[] = [];
    for (const { text, index } of literals) {
      for (const { 0: brace, index: at } of text.matchAll(/[{}]/g)) {
        if (brace === '{') open.push(index + at);
        else if (open.pop() === undefined) stray.push(index + at);
      }
    }
    return [
      ...open.map((index): readonly [number, string | undefined, string] => {
        const name = /^[\p{L}\p{N}_$.-]+/u.exec(template.text.slice(index + 1))?.[0];
        return [index, name, `This brace opens a variable and is never closed. Write {${name ?? 'name'}}.`];
      }),
      ...stray.map((index): readonly [number, string | undefined, string] => {
        const name = /[\p{L}\p{N}_$.-]+$/u.exec(template.text.slice(Math.max(0, index - 100), index))?.[0];
        return [index, name, `This brace closes a variable that was never opened. Write {${name ?? 'name'}}.`];
      }),
    ].flatMap(([index, name, message]): readonly Finding[] => {
      if (use === 'body' && !known(name)) return [];
      const { span, exact } = spanIn(template, index, 1, document.text);
      return [{ span, message, ...(exact && known(name) && { fixes: [close(template.text[index] === '{', span.offset, name)] }) }];
    });
  }),
);

function close(opens: boolean, offset: number, name: string): Fix {
  return opens
    ? { title: `Close {${name}}`, span: { offset, length: name.length + 1 }, text: `{${name}}` }
    : { title: `Open {${name}}`, span: { offset: offset - name.length, length: name.length + 1 }, text: `{${name}}` };
}
