import { findTable, getOperation, type Connector, type Table } from '../../connector.ts';
import { defineRule, type Finding } from '../rule.ts';

/**
 * A table iterates over itself, over one of its own child tables, or over a table that in the end iterates over it.
 *
 * Why: to read the first of them, it would have to be there already. None of them can be collected.
 *
 * Example: `users` iterates over `groups`, and `groups` over `users`.
 */
export const iterationCycle = defineRule('iteration-cycle', 'error', ({ connector, facts, path }) => {
  const findings: Finding[] = [];
  const done = new Set<Table>();
  for (const start of facts.declaredTables) {
    // Each table waits for one other at most, so a way is a line that ends, or bites into itself.
    const way: Table[] = [];
    let table: Table | undefined = start;
    while (table && !done.has(table)) {
      done.add(table);
      way.push(table);
      table = waitsFor(connector, table);
    }
    const first = table ? way.indexOf(table) : -1;
    if (first !== -1) findings.push(...tell(way.slice(first), path));
  }
  return findings;
});

/** The declared table whose rows must be there before those of `table` can be asked for. */
function waitsFor(connector: Connector, table: Table): Table | undefined {
  const call = getOperation(table)?.call;
  let other = call?.mode === 'iteration' && call.table ? findTable(connector, call.table.text) : undefined;
  while (other?.parent) other = findTable(connector, other.parent.table);
  return other;
}

function tell(circle: readonly Table[], path: string): readonly Finding[] {
  const places = circle.flatMap((table) => getOperation(table)?.call.table ?? []);
  const [first, ...others] = places;
  const names = [...circle, ...circle.slice(0, 1)].map(({ name }) => `"${name}"`);
  if (!first) return [];
  const message =
    circle.length === 1
      ? `The table ${names[0] ?? ''} iterates over itself, so there is nothing to begin with. Name the table whose rows the calls are made for.`
      : `These tables wait for each other: ${names.join(' over ')}. One of them needs a call that needs no other.`;
  return [
    {
      span: first.span,
      message,
      ...(others.length > 0 && { related: others.map(({ span }) => ({ path, span, message: 'And this one.' })) }),
    },
  ];
}
