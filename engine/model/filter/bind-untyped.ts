import { type Binder, report } from './binder.ts';
import type { Expression } from './tree.ts';

/**
 * Refuses a script column without a type where a truth value is expected: there `return true` becomes the text "true", which is never true, so that
 * the condition would hold for no row and say nothing.
 */
export function refuseUntyped(binder: Binder, expression: Expression): void {
  for (const part of valuesOf(expression)) {
    const meaning = part.kind === 'column' ? binder.meanings.get(part) : undefined;
    const script = meaning?.kind === 'output' ? meaning.column.script : undefined;
    if (!meaning || script?.type !== 'any') continue;
    // A type that is none is a problem of its own.
    if (script.node.type) continue;
    report(
      binder,
      'script-needs-boolean',
      `The script column "${meaning.column.name}" has no type, so that true and false become texts and this never holds. Write "script boolean" before its code.`,
      part.span,
      {
        fixes: [
          {
            title: 'Write "script boolean"',
            span: { offset: script.node.span.offset + 'script'.length, length: 0 },
            text: ' boolean',
          },
        ],
      },
    );
  }
}

/** What an expression's value may be the value of. */
function valuesOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'collate':
      return valuesOf(expression.operand);
    case 'case':
      return [...expression.branches.map(({ then }) => then), ...(expression.otherwise ? [expression.otherwise] : [])].flatMap(valuesOf);
    case 'call': {
      const name = expression.name.text.toLowerCase();
      return name === 'coalesce'
        ? expression.arguments.flatMap(valuesOf)
        : name === 'nullif'
          ? expression.arguments.slice(0, 1).flatMap(valuesOf)
          : [];
    }
    default:
      return [expression];
  }
}
