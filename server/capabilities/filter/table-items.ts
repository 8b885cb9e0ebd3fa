import type { CompletionItem } from 'vscode-languageserver/node';
import { isPlainName, quoteName, reservedWords, sameName } from '../../../engine/model/filter/words.ts';
import type { BoundTable } from '../../../engine/model/filter/bound.ts';
import type { CatalogTable, Relation } from '../../../engine/model/system/catalog.ts';
import { CompletionItemKind, MarkupKind } from '../connector/json-service.ts';
import type { Write } from './completion.ts';
import { describeTable } from './describe.ts';
import type { OpenFilter } from './document.ts';
import type { Caret, Place } from './place.ts';

/** The tables there are, those first that a relation ties to a table before the caret; each with an alias that is free. */
export function tableItems(
  filter: OpenFilter,
  { span, section }: Caret,
  place: Extract<Place, { readonly kind: 'table' }>,
  write: Write,
): CompletionItem[] {
  const { catalog, bound } = filter;
  const earlier = section === 'join' || section === 'via' ? bound.tables.filter((table) => table.span.offset < place.start) : [];
  const whole = { offset: place.start, length: span.offset + span.length - place.start };
  const { system } = place;
  return catalog.tables
    .filter((table) => system === undefined || sameName(table.system, system))
    .map((table) => {
      const name = `${quoteName(table.system)}.${quoteTable(table.table)}`;
      const relation = relationTo(table, earlier, catalog.relations);
      return write(
        {
          label: `${table.system}.${table.table}`,
          kind: CompletionItemKind.Class,
          detail: relation ? `related: ${columnsIn(relation)}` : `${table.columns.length} columns`,
          documentation: { kind: MarkupKind.Markdown, value: describeTable(table, catalog) },
          // What stands from the start of the reference to the caret is compared with this.
          filterText: filter.text[place.start] === '"' ? name : `${table.system}.${table.table}`,
          sortText: `${relation ? 0 : 1}${table.system}.${table.table}`,
        },
        place.alias ? `${name} as ${suggestAlias(table.table, filter)}` : name,
        whole,
      );
    });
}

function relationTo(table: CatalogTable, earlier: readonly BoundTable[], relations: readonly Relation[]): Relation | undefined {
  const is = (side: Relation['from'], other: { readonly system: string; readonly table: string }): boolean =>
    side.system === other.system && side.table === other.table;
  return relations.find(({ from, to }) => earlier.some((one) => (is(from, one) && is(to, table)) || (is(to, one) && is(from, table))));
}

function columnsIn({ from, to }: Relation): string {
  return `${from.table}.${from.column} = ${to.table}.${to.column}`;
}

/** After a dot reserved words are names, too. */
function quoteTable(name: string): string {
  return isPlainName(name) || reservedWords.has(name.toLowerCase()) ? name : quoteName(name);
}

/** A short name for a table that no other table of the filter has: `persons` → `p`, then `pe`, `per`. */
export function suggestAlias(table: string, { bound }: OpenFilter): string {
  const letters = table.replaceAll(/[^\p{L}]/gu, '').toLowerCase() || 't';
  const taken = (name: string): boolean => !isPlainName(name) || bound.tables.some(({ alias }) => sameName(alias, name));
  for (let length = 1; length <= letters.length; length++) if (!taken(letters.slice(0, length))) return letters.slice(0, length);
  for (let number = 2; ; number++) if (!taken(`${letters}${number}`)) return `${letters}${number}`;
}
