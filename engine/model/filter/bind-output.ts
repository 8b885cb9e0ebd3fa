import { bindExpression } from './bind-expression.ts';
import { findAlias, isKnown } from './bind-column.ts';
import { bindScript } from './bind-script.ts';
import { type Binder, checkUsable, report, type Scope } from './binder.ts';
import type { BoundColumn, BoundTable } from './bound.ts';
import { printExpression } from './print-expression.ts';
import type { ColumnItem, ColumnNode, ScriptItem, SelectItem, StarItem } from './tree.ts';
import { outputType } from './types.ts';
import { quoteName } from './words.ts';

/** A column of the output before names that meet each other are told apart. */
interface Candidate extends BoundColumn {
  /** The name with its table, for columns that came from `alias.*`. */
  readonly longer?: string;
  readonly item: SelectItem;
}

/** Binds what stands after `select`: the output columns with their names and types. */
export function bindOutput(binder: Binder, items: readonly SelectItem[], scope: Scope): readonly BoundColumn[] {
  const candidates = items.flatMap((item): readonly Candidate[] => {
    switch (item.kind) {
      case 'star-item':
        return bindStar(binder, item, scope);
      case 'script-item':
        return bindScriptItem(binder, item, scope);
      case 'column-item':
        return bindItem(binder, item, scope);
    }
  });
  const counts = countNames(candidates.map((one) => one.name));
  // Where two tables share a column name, both get their table's name, as NIM does.
  const named = candidates.map((one) => (one.longer !== undefined && (counts.get(one.name) ?? 0) > 1 ? { ...one, name: one.longer } : one));
  return withoutTwins(binder, named);
}

function countNames(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function withoutTwins(binder: Binder, columns: readonly Candidate[]): readonly BoundColumn[] {
  const seen = new Set<string>();
  const kept: BoundColumn[] = [];
  for (const { name, type, span, expression, script, item } of columns) {
    checkUsable(binder, name, span);
    // A column that is itself a problem makes no second one.
    if (expression?.kind === 'column' && !binder.meanings.has(expression)) {
      if (!kept.some((one) => one.name === name)) kept.push({ name, type, span, expression });
      continue;
    }
    if (seen.has(name)) {
      const written = item.kind === 'column-item' && !item.alias && item.expression.kind === 'column' ? item.expression.table : undefined;
      const longer = written ? quoteName(`${written.text}_${name}`) : undefined;
      const fixes =
        longer === undefined
          ? []
          : [{ title: `Call it ${longer}`, span: { offset: item.span.offset + item.span.length, length: 0 }, text: ` as ${longer}` }];
      report(
        binder,
        'duplicate-output-name',
        `There is already a column "${name}" in the output. Give this one another name with "as".`,
        span,
        { fixes },
      );
      continue;
    }
    seen.add(name);
    kept.push({ name, type, span, ...(expression && { expression }), ...(script && { script }) });
  }
  return kept;
}

function bindScriptItem(binder: Binder, item: ScriptItem, scope: Scope): readonly Candidate[] {
  const script = bindScript(binder, item, scope);
  const { alias } = item;
  if (!alias || alias.text === '') return [];
  return [{ name: alias.text, type: script.type === 'any' ? 'text' : script.type, span: alias.span, script, item }];
}

function bindItem(binder: Binder, item: ColumnItem, scope: Scope): readonly Candidate[] {
  const { expression, alias } = item;
  const type = outputType(bindExpression(binder, expression, scope, 'allowed'));
  if (expression.kind === 'missing') return [];
  if (alias) return alias.text === '' ? [] : [{ name: alias.text, type, span: alias.span, expression, item }];
  if (expression.kind !== 'column') return [{ name: printExpression(expression), type, span: expression.span, expression, item }];
  const meaning = binder.meanings.get(expression);
  const name = meaning?.column.name ?? expression.column.text;
  return name === '' ? [] : [{ name, type, span: expression.column.span, expression, item }];
}

function bindStar(binder: Binder, item: StarItem, scope: Scope): readonly Candidate[] {
  const one = item.table && findAlias(binder, item.table, scope);
  const tables = item.table ? (one ? [one] : []) : scope.tables;
  return tables.flatMap((table) => columnsOf(binder, table, item));
}

function columnsOf(binder: Binder, table: BoundTable, item: StarItem): readonly Candidate[] {
  const span = item.span;
  if (table.catalog && !isKnown(table)) {
    report(binder, 'unknown-columns', `The columns of ${table.system}.${table.table} are not known yet. Name those you need.`, span);
  }
  return (table.catalog?.columns ?? []).map((column): Candidate => {
    const expression: ColumnNode = { kind: 'column', table: { text: table.alias, span }, column: { text: column.name, span }, span };
    binder.meanings.set(expression, { kind: 'column', table, column });
    binder.types.set(expression, column.type);
    return { name: column.name, longer: `${table.alias}.${column.name}`, type: column.type, span, expression, item };
  });
}
