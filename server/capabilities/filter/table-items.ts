import type { CompletionItem } from 'vscode-languageserver/node';
import { isPlainName, quoteName, reservedWords, sameName } from '../../../engine/model/filter/words.ts';
import type { BoundTable } from '../../../engine/model/filter/bound.ts';
import type { CatalogTable } from '../../../engine/model/system/catalog.ts';
import { CompletionItemKind, MarkupKind } from '../connector/json-service.ts';
import type { Write } from './completion.ts';
import { describedTable } from './described.ts';
import type { OpenFilter } from './document.ts';
import { conditionText, linksFrom, linkTablesFrom, type JoinLink } from './join-links.ts';
import type { Caret, Place } from './place.ts';
import { isWord } from './token-tests.ts';

/**
 * The tables there are, those first that a relation ties to a table before the caret; each with an alias that is free. Where several relations
 * could be meant, or none is known, also with the condition written out.
 */
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
  const linksTo = linksFrom(earlier, catalog);
  const guessesFor = guessesFrom(earlier);
  const linkTables = linkTablesFrom(earlier, catalog);
  const next = filter.tokens.tokens.find((token) => token.span.offset >= span.offset + span.length && token.span.offset > place.start);
  const isOpen = place.alias && !(next && isWord(next, 'on', 'via'));
  const item = (table: CatalogTable, own: Pick<CompletionItem, 'label' | 'detail' | 'sortText'>, text: string): CompletionItem =>
    write(
      {
        ...own,
        kind: CompletionItemKind.Class,
        documentation: { kind: MarkupKind.Markdown, value: describedTable(table, catalog) },
        // What stands from the start of the reference to the caret is compared with this.
        filterText: filter.text[place.start] === '"' ? nameText(table) : `${table.system}.${table.table}`,
      },
      text,
      whole,
    );
  return catalog.tables
    .filter((table) => system === undefined || sameName(table.system, system))
    .flatMap((table) => {
      const links = linksTo(table);
      const [link] = links;
      const name = `${table.system}.${table.table}`;
      const plain = item(
        table,
        {
          label: name,
          detail: link ? `related: ${columnsIn(link, table)}` : `${table.columns.length} columns`,
          sortText: `${link ? 0 : 1}${name}`,
        },
        place.alias ? `${nameText(table)} as ${suggestAlias(table.table, filter)}` : nameText(table),
      );
      const offered =
        section === 'join' && isOpen ? (links.length > 1 ? links : links.length === 0 ? guessesFor(table).slice(0, 3) : []) : [];
      const alias = suggestAlias(table.table, filter);
      const conditions = offered.map((one, index) => {
        const condition = conditionText(one, alias);
        const own = { label: `${name} on ${condition}`, detail: link ? 'relation' : 'no relation known: columns of one name' };
        return item(table, { ...own, sortText: `${link ? 0 : 1}${name}${index}` }, `${nameText(table)} as ${alias} on ${condition}`);
      });
      const through = section === 'join' && isOpen && links.length === 0 ? linkTables(table) : [];
      const ways = through.map(({ link: between, near, far }) => {
        const via = `via ${nameText(between)}(${quoteName(near)}, ${quoteName(far)})`;
        const own = { label: `${name} ${via}`, detail: 'through a link table', sortText: `1${name}via` };
        return item(table, own, `${nameText(table)} as ${alias} ${via}`);
      });
      return [plain, ...conditions, ...ways];
    });
}

/** `link(near, far)`: the tables that tie the joined table to one before it, with their columns written out. */
export function linkItems(
  filter: OpenFilter,
  { span }: Caret,
  place: Extract<Place, { readonly kind: 'table' }>,
  write: Write,
): CompletionItem[] {
  const { catalog, bound } = filter;
  const before = bound.tables.filter((table) => table.span.offset < place.start).sort((a, b) => a.span.offset - b.span.offset);
  const joined = before.pop();
  if (!joined) return [];
  return linkTablesFrom(
    before,
    catalog,
  )(joined)
    .filter(({ link }) => place.system === undefined || sameName(link.system, place.system))
    .map(({ link, near, far }) => {
      const columns = `(${quoteName(near)}, ${quoteName(far)})`;
      return write(
        {
          label: `${link.system}.${link.table}${columns}`,
          kind: CompletionItemKind.Class,
          detail: `ties ${joined.alias} to the tables before`,
          documentation: { kind: MarkupKind.Markdown, value: describedTable(link, catalog) },
          filterText: filter.text[place.start] === '"' ? nameText(link) : `${link.system}.${link.table}`,
          sortText: `0${link.system}.${link.table}`,
        },
        `${nameText(link)}${columns}`,
        { offset: place.start, length: span.offset + span.length - place.start },
      );
    });
}

/** Columns of one name, where one of them is a key: likely what an author will write. A mere `id` is called so everywhere. */
function guessesFrom(earlier: OpenFilter['bound']['tables']): (table: CatalogTable) => readonly JoinLink[] {
  const byName = new Map<string, { readonly earlier: BoundTable; readonly column: string; readonly isKey: boolean }[]>();
  for (const table of earlier) {
    for (const { name } of table.catalog?.columns ?? []) {
      const folded = name.toLowerCase();
      if (folded === 'id') continue;
      const known = byName.get(folded) ?? [];
      known.push({ earlier: table, column: name, isKey: name === table.catalog?.key });
      byName.set(folded, known);
    }
  }
  return ({ columns, key }) =>
    columns.flatMap(({ name }) =>
      (byName.get(name.toLowerCase()) ?? []).flatMap((one): readonly JoinLink[] =>
        one.isKey || name === key ? [{ earlier: one.earlier, earlierColumn: one.column, joinedColumn: name }] : [],
      ),
    );
}

function columnsIn({ earlier, earlierColumn, joinedColumn }: JoinLink, table: CatalogTable): string {
  return `${earlier.table}.${earlierColumn} = ${table.table}.${joinedColumn}`;
}

function nameText({ system, table }: CatalogTable): string {
  return `${quoteName(system)}.${quoteTable(table)}`;
}

/** After a dot reserved words are names, too. */
function quoteTable(name: string): string {
  return isPlainName(name) || reservedWords.has(name.toLowerCase()) ? name : quoteName(name);
}

/** A short name for a table that no other table of the filter has: `persons` → `p`, then `pe`, `per`. */
export function suggestAlias(table: string, { bound }: Pick<OpenFilter, 'bound'>): string {
  const letters = table.replaceAll(/[^\p{L}]/gu, '').toLowerCase() || 't';
  const taken = (name: string): boolean => !isPlainName(name) || bound.tables.some(({ alias }) => sameName(alias, name));
  for (let length = 1; length <= letters.length; length++) if (!taken(letters.slice(0, length))) return letters.slice(0, length);
  for (let number = 2; ; number++) if (!taken(`${letters}${number}`)) return `${letters}${number}`;
}
