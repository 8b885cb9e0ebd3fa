import { findCatalogTable, type Catalog, type CatalogTable } from '../system/catalog.ts';
import { didYouMean, nearest } from '../text/nearest.ts';
import type { Fix, Problem, Severity, Span } from '../text/problem.ts';
import type { BoundColumn, BoundTable, Meaning } from './bound.ts';
import type { FilterDocument, FilterParameter } from './filter.ts';
import type { FilterLibrary } from './library.ts';
import type { ColumnNode, Expression, MatchedNode } from './tree.ts';
import type { ValueType } from './types.ts';
import { quoteName, sameName } from './words.ts';

/** What binding has found out so far. */
export interface Binder {
  readonly document: FilterDocument;
  /** With those of the filter it extends. */
  readonly parameters: readonly FilterParameter[];
  /** Filters that may be named. */
  readonly library: FilterLibrary;
  /** Filters that name this one, by appending or extending, and itself: a way back to one of them would never end. */
  readonly within: readonly FilterDocument[];
  readonly catalog: Catalog;
  readonly problems: Problem[];
  readonly tables: BoundTable[];
  readonly meanings: Map<ColumnNode, Meaning>;
  readonly matched: Map<MatchedNode, BoundTable>;
  readonly types: Map<Expression, ValueType>;
  /** Parameters that something reads, in small letters. */
  readonly used: Set<string>;
  /** Every alias of the filter, also those of tables further down. */
  readonly aliases: readonly string[];
}

/** What a name may stand for at one place. */
export interface Scope {
  readonly tables: readonly BoundTable[];
  /** Anti-joined tables: known, but without a row. */
  readonly absent: readonly BoundTable[];
  /** Output columns that may be named, too. */
  readonly outputs?: readonly BoundColumn[];
  /** Output columns win over table columns, as in `order by`. */
  readonly outputsFirst?: boolean;
  /** Output columns that are made later: they cannot be named, but whoever does is told so. */
  readonly later?: readonly BoundColumn[];
}

export function report(
  binder: Binder,
  code: string,
  message: string,
  span: Span,
  more: { readonly severity?: Severity; readonly fixes?: readonly Fix[] } = {},
): void {
  binder.problems.push({
    code,
    severity: more.severity ?? 'error',
    message,
    span,
    ...(more.fixes && more.fixes.length > 0 && { fixes: more.fixes }),
  });
}

/** The entry of that name: the same letters first, else the same but for case. */
export function findNamed<Entry>(entries: readonly Entry[], name: string, nameOf: (entry: Entry) => string): Entry | undefined {
  return entries.find((entry) => nameOf(entry) === name) ?? entries.find((entry) => sameName(nameOf(entry), name));
}

/** A fix that writes the nearest name, where one is near. */
export function replaceBy(name: string | undefined, span: Span): readonly Fix[] {
  return name === undefined ? [] : [{ title: `Write ${name}`, span, text: quoteName(name) }];
}

/** SQLite ends its text at a null character and has no lone surrogates: such a name could not be written there. */
export function isUsable(name: string): boolean {
  return !name.includes('\0') && name.isWellFormed() && !/^sollist:/i.test(name);
}

export function checkUsable(binder: Binder, name: string, span: Span): void {
  if (isUsable(name)) return;
  report(
    binder,
    'unusable-name',
    'This name cannot stand in the vault: it holds a null or broken character, or begins with "sollist:". Choose another.',
    span,
  );
}

/** Finds a table of the catalog and says so when there is none. */
export function findTable(
  binder: Binder,
  system: { readonly text: string; readonly span: Span } | undefined,
  table: { readonly text: string; readonly span: Span },
): CatalogTable | undefined {
  const { tables } = binder.catalog;
  if (table.text === '') return undefined;
  if (!system) {
    const systems = [...new Set(tables.filter((one) => sameName(one.table, table.text)).map((one) => one.system))];
    const before = { offset: table.span.offset, length: 0 };
    report(
      binder,
      'unknown-table',
      `Tables are written system.table.${systems[0] === undefined ? '' : ` Did you mean ${systems.map((one) => `${one}.${table.text}`).join(' or ')}?`}`,
      table.span,
      {
        fixes: systems.map((one) => ({ title: `Write ${one}.${table.text}`, span: before, text: `${quoteName(one)}.` })),
      },
    );
    return undefined;
  }
  if (system.text === '') return undefined;
  const exact = findCatalogTable(binder.catalog, system.text, table.text);
  if (exact) return exact;
  const systems = [...new Set(tables.map((one) => one.system))];
  const known = findNamed(systems, system.text, (one) => one);
  if (known === undefined) {
    report(binder, 'unknown-table', `There is no system "${system.text}".${didYouMean(system.text, systems)}`, system.span, {
      fixes: replaceBy(nearest(system.text, systems), system.span),
    });
    return undefined;
  }
  const own = tables.filter((one) => one.system === known);
  const found = findNamed(own, table.text, (one) => one.table);
  if (found) return found;
  const names = own.map((one) => one.table);
  report(binder, 'unknown-table', `The system "${known}" has no table "${table.text}".${didYouMean(table.text, names)}`, table.span, {
    fixes: replaceBy(nearest(table.text, names), table.span),
  });
  return undefined;
}
