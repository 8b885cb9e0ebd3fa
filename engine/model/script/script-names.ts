import type { BoundFilter, BoundTable } from '../filter/bound.ts';
import type { Span } from '../text/problem.ts';
import { analyseScript } from './analyse-script.ts';

/**
 * How a script spells a name. `key`: in quotes. `member`: behind a dot, or as a key of a pattern. `identifier`: as a name of its own. `derived`:
 * somewhere in the script, in a way that cannot be written anew.
 */
export type ScriptSpelling = 'key' | 'member' | 'identifier' | 'derived';

/** A place of a filter's text where a script names one of its tables or columns. */
export type ScriptName = { readonly span: Span; readonly table: BoundTable; readonly spelling: ScriptSpelling } & (
  | { readonly kind: 'alias' }
  | { readonly kind: 'column'; readonly column: string }
);

const memory = new WeakMap<BoundFilter, readonly ScriptName[]>();

/** Every table and column that the scripts of a filter name. JavaScript tells case apart. */
export function scriptNames(bound: BoundFilter): readonly ScriptName[] {
  const known = memory.get(bound) ?? findNames(bound);
  memory.set(bound, known);
  return known;
}

function findNames({ columns, tables }: BoundFilter): readonly ScriptName[] {
  const aliases = tables.map(({ alias }) => alias);
  const named = (alias: string): BoundTable | undefined => tables.find((table) => table.alias === alias);
  return columns.flatMap(({ script }): readonly ScriptName[] => {
    if (!script || script.node.codeSpan.length === 0) return [];
    const { code, codeSpan } = script.node;
    const place = ({ offset, length }: Span): Span => ({ offset: codeSpan.offset + offset, length });
    const { reads, free, keyed, mentioned, aliases: whole } = analyseScript(code, aliases);
    const found = new Map<string, ScriptName>();
    const add = (name: ScriptName): void => void found.set(`${name.kind} ${name.span.offset}`, name);
    for (const read of reads) {
      const table = named(read.alias);
      if (!table) continue;
      add({ kind: 'column', span: place(read.span), table, column: read.column, spelling: read.dotted ? 'member' : 'key' });
    }
    for (const { alias, span } of keyed) {
      const table = named(alias);
      const isQuoted = /['"`]/.test(code[span.offset - 1] ?? '');
      if (table) add({ kind: 'alias', span: place(span), table, spelling: isQuoted ? 'key' : 'member' });
    }
    for (const { name, span } of free) {
      const table = named(name);
      if (table) add({ kind: 'alias', span: place(span), table, spelling: 'identifier' });
    }
    for (const alias of new Set([...mentioned, ...whole])) {
      const table = named(alias);
      const isPlaced = [...found.values()].some((one) => one.kind === 'alias' && one.table === table);
      if (table && !isPlaced) add({ kind: 'alias', span: codeSpan, table, spelling: 'derived' });
    }
    return [...found.values()];
  });
}
