import type { ColumnNode, Expression, SelectItem } from '../filter/tree.ts';
import { findCatalogTable } from '../system/catalog.ts';
import type { ImportContext } from './import-filter.ts';
import type { ImportedItems } from './import-items.ts';
import { scriptBody } from './import-script.ts';
import type { NimColumn, NimDataColumn, NimFilter } from './nim-filter.ts';
import { column, literal, nameOf, nowhere } from './nodes.ts';
import type { AliasedTable } from './relations.ts';

/** Where a column of the output begins in the one layout filters have. */
const indent = 7;

/** From so many columns on, all columns of a table are written as `alias.*`. */
const many = 8;

export interface ImportedColumns {
  readonly items: readonly SelectItem[];
  /** What sorting, grouping and lookups mean by a name. */
  readonly nameOfColumn: (name: string) => Expression;
  readonly attention: readonly string[];
}

/**
 * The columns of the output. Left out are those that NIM hides and nothing names, and those of a table joined with `no`: they are empty in every
 * row. Where something names one of the latter, it stays as null.
 */
export function importColumns(filter: NimFilter, items: ImportedItems, context: ImportContext, qualified: boolean): ImportedColumns {
  const attention: string[] = [];
  const empty: string[] = [];
  const node = ({ alias, field }: NimDataColumn): ColumnNode => column(qualified ? alias : undefined, field);
  const tables = tablesOf(filter);
  const kept = filter.columns.filter((one) => {
    const named = context.isReferred(filter.name, one.displayName) || (one.kind === 'script' && one.name === filter.exclude);
    if (!one.show && !named) {
      // A script has no other place to be computed in.
      return one.kind === 'script' && usesScript(filter, one);
    }
    if (one.kind === 'script' || !items.absent.has(one.alias)) return true;
    if (!named) empty.push(one.displayName);
    return named;
  });
  if (empty.length > 0)
    attention.push(
      `${empty.length === 1 ? 'A column' : `${empty.length} columns`} of a table joined with "no" ${empty.length === 1 ? 'was' : 'were'} left out, since ${empty.length === 1 ? 'it is' : 'they are'} empty in every row: ${shortened(empty)}.`,
    );
  return { items: starred(kept), nameOfColumn, attention };

  function itemOf(one: NimColumn): SelectItem {
    if (one.kind === 'script') {
      const type = one.name === filter.exclude ? { type: nameOf('boolean') } : {};
      const code = scriptBody(one.code, indent);
      return { kind: 'script-item', ...type, code, codeSpan: nowhere, alias: nameOf(one.displayName), span: nowhere };
    }
    const alias = one.displayName === one.field ? {} : { alias: nameOf(one.displayName) };
    if (items.absent.has(one.alias))
      return { kind: 'column-item', expression: literal(null), alias: nameOf(one.displayName), span: nowhere };
    return { kind: 'column-item', expression: node(one), ...alias, span: nowhere };
  }

  /** All columns of a table in a row become `alias.*`. */
  function starred(columns: readonly NimColumn[]): readonly SelectItem[] {
    const found: SelectItem[] = [];
    for (let at = 0; at < columns.length;) {
      const length = starLength(columns, at);
      const one = columns[at];
      if (one?.kind === 'data' && length > 0) {
        found.push({ kind: 'star-item', ...(qualified && { table: nameOf(one.alias) }), span: nowhere });
        at += length;
      } else {
        if (one) found.push(itemOf(one));
        at++;
      }
    }
    return found;
  }

  function starLength(columns: readonly NimColumn[], at: number): number {
    const one = columns[at];
    const table = one?.kind === 'data' ? tables.find(({ alias }) => alias === one.alias) : undefined;
    if (!table || items.absent.has(table.alias) || !context.isWhole(table.system, table.table)) return 0;
    const all = findCatalogTable(context.catalog, table.system, table.table)?.columns.map(({ name }) => name) ?? [];
    const run = columns.slice(at, at + all.length);
    const own = run.filter((other) => other.kind === 'data' && other.alias === table.alias && other.displayName === other.field);
    const fields = new Set(own.map(({ displayName }) => displayName));
    const alone = columns.every((other) => run.includes(other) || !fields.has(other.displayName));
    return all.length >= many && fields.size === all.length && all.every((name) => fields.has(name)) && alone ? all.length : 0;
  }

  /** A column by NIM's name of it: a script column by what it is called here, any other with its table. */
  function nameOfColumn(name: string): Expression {
    const found = filter.columns.find((one) => one.name === name) ?? filter.columns.find((one) => one.displayName === name);
    if (found?.kind === 'script') return column(undefined, found.displayName);
    if (found) return items.absent.has(found.alias) ? column(undefined, found.displayName) : node(found);
    const dot = name.indexOf('.');
    const alias = name.slice(0, Math.max(dot, 0));
    return tables.some((table) => table.alias === alias)
      ? column(qualified ? alias : undefined, name.slice(dot + 1))
      : column(undefined, name);
  }
}

function usesScript(filter: NimFilter, one: NimColumn): boolean {
  return (
    filter.group === one.name ||
    filter.sort.some(({ name }) => name === one.name) ||
    filter.lookups.some(({ column: name }) => name === one.name)
  );
}

/** Every table of the filter under its name there. */
function tablesOf({ start }: NimFilter): readonly AliasedTable[] {
  if (!start) return [];
  const found: AliasedTable[] = [start];
  const look = (item: (typeof start.children)[number]): void => {
    if (!item.enabled) return;
    if (item.type === 'reference') found.push(item);
    item.children.forEach(look);
  };
  start.children.forEach(look);
  return found;
}

function shortened(names: readonly string[]): string {
  return names.length > 5 ? `${names.slice(0, 5).join(', ')} and others` : names.join(', ');
}
