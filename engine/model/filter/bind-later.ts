import { hasAggregate } from './bind-checks.ts';
import { type Binder, report } from './binder.ts';
import type { BoundColumn } from './bound.ts';
import { printExpression } from './print-expression.ts';
import type { Span } from '../text/problem.ts';

/** Says why an output column cannot be named in `where`, and what to write there. */
export function namedTooEarly(binder: Binder, { name, expression }: BoundColumn, span: Span): void {
  const say = (message: string, fix?: string): void =>
    report(binder, 'unknown-column', message, span, fix === undefined ? {} : { fixes: [{ title: `Write ${fix}`, span, text: fix }] });
  if (!expression) {
    say(
      `"${name}" is a script column, and scripts run on the rows that "where" keeps. Drop rows by it with "exclude when", which stands after "where".`,
    );
    return;
  }
  if (hasAggregate(expression)) {
    say(`"${name}" counts over groups of rows, which are made of the rows that "where" keeps. Write this condition after "having".`);
    return;
  }
  const written = printExpression(expression);
  const simple = ['column', 'call', 'cast', 'case', 'literal', 'parameter'].includes(expression.kind);
  say(
    `"${name}" is a name of the output, which "where" does not know. Write what it stands for: ${written}.`,
    simple ? written : `(${written})`,
  );
}
