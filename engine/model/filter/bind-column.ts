import type { CatalogColumn } from '../system/catalog.ts';
import { didYouMean, nearest } from '../text/nearest.ts';
import type { Name, Span } from '../text/problem.ts';
import { namedTooEarly } from './bind-later.ts';
import { type Binder, findNamed, replaceBy, report, type Scope } from './binder.ts';
import type { BoundTable, Meaning } from './bound.ts';
import type { ColumnNode } from './tree.ts';
import type { ValueType } from './types.ts';
import { quoteName, sameName } from './words.ts';

/** Finds out what a column's name stands for; gives its type. */
export function bindColumn(binder: Binder, node: ColumnNode, scope: Scope): ValueType {
  if (node.column.text === '') return 'unknown';
  const meaning = node.table ? qualified(binder, node.table, node.column, scope) : plain(binder, node, scope);
  if (!meaning) return 'unknown';
  binder.meanings.set(node, meaning);
  if (meaning.kind === 'column' ? !isKnown(meaning.table) : meaning.column.script?.type === 'any') return 'unknown';
  return meaning.column.type;
}

/** Finds the table an alias stands for, and says so when it stands for none. */
export function findAlias(binder: Binder, alias: Name, scope: Scope): BoundTable | undefined {
  if (alias.text === '') return undefined;
  const found = findNamed(scope.tables, alias.text, (table) => table.alias);
  if (found) return found;
  if (findNamed(scope.absent, alias.text, (table) => table.alias)) {
    report(
      binder,
      'anti-join-column',
      `"${alias.text}" is anti-joined: the rows are those without it, so it has no columns here.`,
      alias.span,
    );
    return undefined;
  }
  const aliases = scope.tables.map((table) => table.alias);
  const byTable = scope.tables.filter((table) => sameName(table.table, alias.text));
  const only = byTable.length === 1 ? byTable[0] : undefined;
  const later = binder.aliases.some((one) => sameName(one, alias.text));
  const message = only
    ? `The table "${alias.text}" is called "${only.alias}" here.`
    : later
      ? `"${alias.text}" cannot be named here: it is joined further down, or inside brackets this place is outside of.`
      : `There is no table or alias "${alias.text}" here.${didYouMean(alias.text, aliases)}`;
  report(binder, 'unknown-table', message, alias.span, {
    fixes: replaceBy(only?.alias ?? (later ? undefined : nearest(alias.text, aliases)), alias.span),
  });
  return undefined;
}

/** A table whose columns are not known, such as a file that was never read, may have any column. */
export function isKnown(table: BoundTable): boolean {
  return table.catalog !== undefined && table.catalog.columns.length > 0;
}

/** The column of that name; where the table's columns are not known, it is believed. */
export function columnOf(table: BoundTable, name: string): CatalogColumn | undefined {
  return isKnown(table) ? findNamed(table.catalog?.columns ?? [], name, (column) => column.name) : { name, type: 'text' };
}

function qualified(binder: Binder, alias: Name, name: Name, scope: Scope): Meaning | undefined {
  const table = findAlias(binder, alias, scope);
  if (!table) return undefined;
  const column = columnOf(table, name.text);
  if (column) return { kind: 'column', table, column };
  unknownColumn(binder, table, name);
  return undefined;
}

/** Says that a table has no such column. */
export function unknownColumn(binder: Binder, table: BoundTable, name: Name): void {
  if (name.text === '') return;
  const names = (table.catalog?.columns ?? []).map((column) => column.name);
  const message = `${table.system}.${table.table} has no column "${name.text}".${didYouMean(name.text, names)}`;
  report(binder, 'unknown-column', message, name.span, { fixes: replaceBy(nearest(name.text, names), name.span) });
}

function plain(binder: Binder, node: ColumnNode, scope: Scope): Meaning | undefined {
  const { text, span } = node.column;
  const output = scope.outputs && findNamed(scope.outputs, text, (column) => column.name);
  if (output && scope.outputsFirst) return { kind: 'output', column: output };
  const owners = scope.tables.filter((table) => isKnown(table) && columnOf(table, text));
  const [owner, second] = owners;
  if (owner && second) {
    ambiguous(binder, text, span, owners);
    return undefined;
  }
  const column = owner && columnOf(owner, text);
  if (owner && column) return { kind: 'column', table: owner, column };
  if (output) return { kind: 'output', column: output };
  const [unknown, another] = scope.tables.filter((table) => !isKnown(table));
  if (unknown?.catalog && !another) return { kind: 'column', table: unknown, column: { name: text, type: 'text' } };
  if (!unknown) {
    const later = scope.later && findNamed(scope.later, text, (one) => one.name);
    if (later) {
      namedTooEarly(binder, later, span);
      return undefined;
    }
    const names = [
      ...new Set([
        ...(scope.outputs ?? []).map((one) => one.name),
        ...scope.tables.flatMap((table) => (table.catalog?.columns ?? []).map((one) => one.name)),
      ]),
    ];
    report(binder, 'unknown-column', `No table here has a column "${text}".${didYouMean(text, names)}`, span, {
      fixes: replaceBy(nearest(text, names), span),
    });
  }
  return undefined;
}

function ambiguous(binder: Binder, name: string, span: Span, owners: readonly BoundTable[]): void {
  const before = { offset: span.offset, length: 0 };
  const fixes = owners.map(({ alias }) => ({ title: `Write ${alias}.${name}`, span: before, text: `${quoteName(alias)}.` }));
  report(
    binder,
    'ambiguous-name',
    `More than one table has a column "${name}": ${owners.map((table) => table.alias).join(', ')}. Write the alias before it.`,
    span,
    { fixes },
  );
}
