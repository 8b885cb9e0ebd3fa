import type { ScriptAnalysis } from '../script/analyse-script.ts';
import type { ScriptType } from '../script/script-stage.ts';
import { checkVaultCalls } from '../script/vault-names.ts';
import type { CatalogColumn } from '../system/catalog.ts';
import { readScriptOnce } from './bind-script-once.ts';
import { type Binder, replaceBy, report, type Scope } from './binder.ts';
import type { BoundScript, BoundTable } from './bound.ts';
import { didYouMean, nearest } from '../text/nearest.ts';
import type { ScriptItem } from './tree.ts';
import { sameName } from './words.ts';

export const scriptTypes = ['text', 'number', 'boolean', 'date', 'datetime'] as const;

/** Finds out what a script column reads, and what is wrong with its code. */
export function bindScript(binder: Binder, node: ScriptItem, scope: Scope): BoundScript {
  const { code, codeSpan } = node;
  const tables = [...scope.tables, ...scope.absent];
  const { problems, analysis } = readScriptOnce(code, tables, scope.tables, binder.library.scriptGlobals ?? []);
  for (const { span, fixes, ...problem } of [...problems, ...checkVaultCalls(analysis.vaultCalls, binder.catalog)]) {
    const there = (place: typeof span): typeof span => ({ offset: codeSpan.offset + place.offset, length: place.length });
    binder.problems.push({
      ...problem,
      span: there(span),
      ...(fixes && { fixes: fixes.map((fix) => ({ ...fix, span: there(fix.span) })) }),
    });
  }
  const asks = analysis.vaultCalls.flatMap(({ names: [system] }) => system?.text ?? []);
  return { node, type: typeOf(binder, node), ...readsOf(analysis, scope.tables), asks };
}

function typeOf(binder: Binder, { type }: ScriptItem): ScriptType {
  if (!type) return 'any';
  const known = scriptTypes.find((one) => sameName(one, type.text));
  if (known) return known;
  const message = `"${type.text}" is not a type: ${scriptTypes.join(', ')}.${didYouMean(type.text, scriptTypes)}`;
  report(binder, 'unknown-type', message, type.span, { fixes: replaceBy(nearest(type.text, scriptTypes), type.span) });
  return 'any';
}

/**
 * Every column that a script may come to read: those it names, and all of a table that it handles whole. Of a table that it merely asks for, one
 * column, so that there is something to be there. JavaScript tells case apart.
 */
function readsOf(analysis: ScriptAnalysis, tables: readonly BoundTable[]): Pick<BoundScript, 'reads' | 'tables'> {
  const { reads, aliases, mentioned, dynamic } = analysis;
  const read = tables.filter(({ alias }) => dynamic || mentioned.includes(alias));
  const columns = read.flatMap((table) => {
    const known = table.catalog?.columns ?? [];
    const named = reads.filter(({ alias }) => alias === table.alias).map(({ column }) => column);
    const whole = dynamic || aliases.includes(table.alias);
    const some = whole ? known : known.filter(({ name }) => named.includes(name));
    // A table whose columns are not known may have any.
    const believed = known.length > 0 ? [] : [...new Set(named)].map((name): CatalogColumn => ({ name, type: 'text' }));
    return [...(some.length > 0 ? some : known.slice(0, 1)), ...believed].map((column) => ({ alias: table.alias, table, column }));
  });
  return { reads: columns, tables: read };
}
