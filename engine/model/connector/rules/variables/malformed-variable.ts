import type { Scope } from '../../scope.ts';
import type { PlacedTemplate } from '../../templates.ts';
import { defineRule, type Finding } from '../rule.ts';
import { literalsWithBraces, spanIn } from './brace-text.ts';

/**
 * Something that looks like a variable of another format, and is none here: double braces, spaces around the name, nothing between the
 * braces, or a path segment that starts with a colon.
 *
 * Why: it is sent as it stands, or with a brace left on either side of the value.
 *
 * Example: `/users/{{userId}}`, `/users/{ userId }` or `/users/:userId` instead of `/users/{userId}`.
 */
export const malformedVariable = defineRule('malformed-variable', 'warning', ({ document, facts }) =>
  facts.templates.flatMap((placed) => {
    const { template, place, use } = placed;
    if (literalsWithBraces(template).length === 0 && !(use === 'address' && template.text.includes(':'))) return [];
    return lookalikes(placed, facts.scopeAt(place)).map(({ index, written, name }): Finding => {
      const { span, exact } = spanIn(template, index, written.length, document.text);
      if (name === undefined) {
        const where = use === 'address' ? 'address' : 'text';
        return { span, message: `${written} is no variable and stays in the ${where} as it is. Name what belongs here, or take it out.` };
      }
      return {
        span,
        message: `${written} is no variable here. Write {${name}}.`,
        ...(exact && { fixes: [{ title: `Change to {${name}}`, span, text: `{${name}}` }] }),
      };
    });
  }),
);

interface Lookalike {
  readonly index: number;
  readonly written: string;
  /** What must have been meant, without its braces. */
  readonly name?: string;
}

function lookalikes({ template: { text }, use }: PlacedTemplate, scope: Scope): readonly Lookalike[] {
  const found: Lookalike[] = [];
  for (const { 0: written, 1: name = '', 2: modifier = '', index } of text.matchAll(
    /\{\{\s*([\p{L}\p{N}_$][\p{L}\p{N}_$.-]*)\s*(:no_encode)?\s*\}\}/gu,
  )) {
    found.push({ index, written, name: name + modifier });
  }
  // A body may hold text with braces of its own, such as a GraphQL query.
  if (use === 'body' || use === 'token') return found;
  const end = text.indexOf('?');
  for (const { 0: written, 1: inner = '', index } of text.matchAll(/(?<!\{)\{([^{}]*)\}(?!\})/g)) {
    const name = inner.trim();
    if (/^[\p{L}\p{N}_$][\p{L}\p{N}_$.\- ]*(:.*)?$/u.test(inner)) continue;
    if (scope.has(name)) found.push({ index, written, name });
    else if (use === 'address' && (end < 0 || index < end)) found.push({ index, written });
  }
  if (use === 'address') {
    for (const { 0: written, 1: name = '', index } of text.matchAll(/(?<=^|\/):([\p{L}_][\p{L}\p{N}_]*)(?=[/?]|$)/gu)) {
      if (scope.has(name)) found.push({ index, written, name });
    }
  }
  return found;
}
