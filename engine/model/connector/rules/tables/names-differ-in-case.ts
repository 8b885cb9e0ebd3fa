import type { Name } from '../../../text/problem.ts';
import { defineRule, type Finding } from '../rule.ts';

/**
 * Two tables, two columns or two operations of one table, or two connection items have names that differ only in upper and lower case.
 *
 * Why: people mix them up, and what stores them by name without regard to case, as most databases do, keeps only one.
 *
 * Example: the columns `userId` and `userID` in one table.
 */
export const namesDifferInCase = defineRule('names-differ-in-case', 'warning', ({ connector, facts, path }) => {
  const findings: Finding[] = [];
  const compare = (what: string, names: readonly Name[]): void => {
    const first = new Map<string, Name>();
    for (const name of names) {
      const folded = name.text.toLowerCase();
      const other = first.get(folded);
      if (!other) first.set(folded, name);
      else if (other.text !== name.text) {
        findings.push({
          span: name.span,
          message: `${what} "${name.text}" and "${other.text}" differ only in upper and lower case. Rename one of them.`,
          related: [{ path, span: other.span, message: 'The other one.' }],
        });
      }
    }
  };
  const named = ({ name, span }: { readonly name: string; readonly span: Name['span'] }): Name => ({ text: name, span });
  compare('The tables', connector.tables.map(named));
  for (const table of connector.tables) compare(`In "${table.name}" the columns`, table.columns.map(named));
  for (const table of facts.declaredTables)
    compare(
      `In "${table.name}" the operations`,
      table.operations.map(({ name }) => name),
    );
  compare(
    'The connection items',
    connector.items.map(({ name }) => name),
  );
  return findings;
});
