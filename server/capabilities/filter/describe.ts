import { quoteText } from '../../../engine/model/filter/words.ts';
import type { FilterFunction } from '../../../engine/model/filter/functions.ts';
import type { FilterDocument, FilterParameter } from '../../../engine/model/filter/filter.ts';
import type { BoundColumn } from '../../../engine/model/filter/bound.ts';
import type { Catalog, CatalogColumn, CatalogTable, Relation } from '../../../engine/model/system/catalog.ts';

/** A table with more columns than this is cut short: a hover is no manual. */
const mostColumns = 40;

/** A name as code, whatever it holds. */
export function code(text: string): string {
  const fence = text.includes('`') ? '``' : '`';
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${text.replaceAll(/\s+/g, ' ')}${pad}${fence}`;
}

export function describeTable(table: CatalogTable, catalog: Catalog): string {
  const key = table.key === undefined ? '' : `, key ${code(table.key)}`;
  const shown = table.columns.slice(0, mostColumns).map(({ name, type }) => `${code(name)} ${type}`);
  const more = table.columns.length - shown.length;
  const relations = relationsOf(table, catalog).map((relation) => `- ${describeRelation(relation)}`);
  return [
    `Table ${code(`${table.system}.${table.table}`)}: ${table.columns.length} columns${key}`,
    shown.length > 0 ? `${shown.join(', ')}${more > 0 ? `, and ${more} more` : ''}` : 'Its columns are not known.',
    ...(relations.length > 0 ? [`Relations:\n${relations.join('\n')}`] : []),
  ].join('\n\n');
}

export function describeColumn(
  table: { readonly system: string; readonly table: string; readonly catalog?: CatalogTable },
  column: CatalogColumn,
  catalog: Catalog,
): string {
  const key = table.catalog?.key === column.name ? ', the key' : '';
  const relations = catalog.relations.filter(({ from, to }) =>
    [from, to].some((side) => side.system === table.system && side.table === table.table && side.column === column.name),
  );
  return [
    `Column ${code(column.name)} of ${code(`${table.system}.${table.table}`)}: ${column.type}${key}`,
    ...relations.map((relation) => `- ${describeRelation(relation)}`),
  ].join('\n\n');
}

export function describeOutput(column: BoundColumn): string {
  return `Column ${code(column.name)} of this filter: ${column.expression ? column.type : `${column.type}, made by a script`}`;
}

export function describeParameter(parameter: FilterParameter): string {
  const given = parameter.default === undefined ? 'it must be given' : `${code(literal(parameter.default))} unless given`;
  const session = parameter.session === undefined ? '' : `, from ${code(`session.${parameter.session}`)}`;
  return `Parameter ${code(`@${parameter.name.text}`)}: ${parameter.type}${session}, ${given}`;
}

export function describeFunction({ signature, doc, aggregate }: Pick<FilterFunction, 'signature' | 'doc' | 'aggregate'>): string {
  return `${code(signature)}${aggregate ? ' (over a group of rows)' : ''}\n\n${doc}`;
}

/** The comment a filter begins with, as Markdown; empty where there is none. */
export function notesOf({ tree, text }: FilterDocument): string {
  const lines: string[] = [];
  let end = 0;
  for (const comment of tree?.comments ?? []) {
    // Only what stands before everything else, without an empty line between.
    if (/\S|\n\s*\n/.test(text.slice(end, comment.span.offset))) break;
    lines.push(comment.text.replace(/^(--|\/\*)\s?|\s*\*\/$/g, '').trim());
    end = comment.span.offset + comment.span.length;
  }
  return lines.join('  \n').replaceAll(/[<>[\]*_`#\\]/g, String.raw`\$&`);
}

export function relationsOf({ system, table }: CatalogTable, { relations }: Catalog): readonly Relation[] {
  return relations.filter(({ from, to }) => [from, to].some((side) => side.system === system && side.table === table));
}

export function describeRelation({ kind, from, to }: Relation): string {
  const name = (side: Relation['from']): string => code(`${side.system}.${side.table}.${side.column}`);
  return `${name(from)} ${kind === 'reference' ? 'refers to' : 'is the same as'} ${name(to)}`;
}

function literal(value: string | number | boolean | null): string {
  return typeof value === 'string' ? quoteText(value) : String(value);
}
