import type { CompletionItem } from 'vscode-languageserver/node';
import type { BoundTable } from '../../../engine/model/filter/bound.ts';
import type { FilterParameter } from '../../../engine/model/filter/filter.ts';
import { filterFunctions } from '../../../engine/model/filter/functions.ts';
import { isPlainName, quoteName, reservedWords, sameName } from '../../../engine/model/filter/words.ts';
import type { Catalog } from '../../../engine/model/system/catalog.ts';
import { CompletionItemKind, InsertTextFormat, MarkupKind } from '../connector/json-service.ts';
import type { Write } from './completion.ts';
import { describeFunction, describeOutput, describeParameter } from './describe.ts';
import { describedColumn } from './described.ts';
import type { OpenFilter } from './document.ts';
import type { Caret, Section } from './place.ts';

type NamedTable = Pick<BoundTable, 'system' | 'table' | 'alias' | 'catalog'>;

/** Columns of one table, written without it. */
export function columnsOf(table: NamedTable, catalog: Catalog, write: Write): CompletionItem[] {
  return (table.catalog?.columns ?? []).map((column, index) =>
    write(
      {
        label: column.name,
        kind: CompletionItemKind.Field,
        detail: column.type,
        documentation: { kind: MarkupKind.Markdown, value: describedColumn(table, column, catalog) },
        sortText: `0${String(index).padStart(4, '0')}`,
      },
      // After a dot reserved words are names.
      reservedWords.has(column.name.toLowerCase()) ? column.name : quoteName(column.name),
    ),
  );
}

/** Columns of the output. */
function outputItems({ bound }: OpenFilter, section: Section, write: Write): CompletionItem[] {
  if (!['group', 'having', 'order', 'exclude', 'lookup'].includes(section)) return [];
  return bound.columns
    .filter(({ name }, index, all) => all.findIndex((other) => sameName(other.name, name)) === index)
    .map((column) =>
      write(
        {
          label: column.name,
          kind: CompletionItemKind.Field,
          detail: 'column of this filter',
          documentation: { kind: MarkupKind.Markdown, value: describeOutput(column) },
          sortText: `0${column.name}`,
        },
        quoteName(column.name),
      ),
    );
}

/** Whatever has a value at the caret: columns, the aliases before them, parameters. */
export function valueItems(filter: OpenFilter, { section, span }: Caret, write: Write): CompletionItem[] {
  const { bound, catalog } = filter;
  const tables = bound.tables.filter((table) => (section === 'on' ? table.span.offset < span.offset : table.presence !== 'never'));
  const counts = new Map<string, number>();
  for (const table of tables) {
    for (const name of new Set(table.catalog?.columns.map((column) => column.name.toLowerCase())))
      counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const outputs = outputItems(filter, section, write);
  const known = new Set(outputs.map(({ label }) => label));
  const columns = tables.flatMap((table) =>
    (table.catalog?.columns ?? []).map((column) => {
      const alone = counts.get(column.name.toLowerCase()) === 1 && !known.has(column.name);
      const label = alone ? column.name : `${table.alias}.${column.name}`;
      const text = alone
        ? quoteName(column.name)
        : `${quoteName(table.alias)}.${isPlainName(column.name) ? column.name : quoteName(column.name)}`;
      return write(
        {
          label,
          kind: CompletionItemKind.Field,
          detail: `${table.alias}: ${table.system}.${table.table}, ${column.type}`,
          documentation: { kind: MarkupKind.Markdown, value: describedColumn(table, column, catalog) },
          sortText: `1${column.name}`,
        },
        text,
      );
    }),
  );
  const aliases = tables.map((table) => aliasItem(table, write, { commitCharacters: ['.'], sortText: `2${table.alias}` }));
  const parameters = bound.parameters.map((parameter) => parameterItem(parameter, write, { sortText: `3${parameter.name.text}` }));
  return [...outputs, ...columns, ...aliases, ...parameters];
}

/** The name a table has in the filter. */
export function aliasItem({ alias, system, table }: NamedTable, write: Write, more: Partial<CompletionItem> = {}): CompletionItem {
  return write({ label: alias, kind: CompletionItemKind.Variable, detail: `${system}.${table}`, ...more }, quoteName(alias));
}

/** A parameter with its `@`. */
export function parameterItem(parameter: FilterParameter, write: Write, more: Partial<CompletionItem> = {}): CompletionItem {
  return write(
    {
      label: `@${parameter.name.text}`,
      kind: CompletionItemKind.Variable,
      detail: parameter.type,
      documentation: { kind: MarkupKind.Markdown, value: describeParameter(parameter) },
      ...more,
    },
    parameterText(parameter.name.text),
  );
}

function parameterText(name: string): string {
  const text = quoteName(name);
  // Reserved words are no trouble after an @.
  return `@${text === `"${name}"` && /^[\p{L}_][\p{L}\p{N}\p{M}_]*$/u.test(name) ? name : text}`;
}

/** The functions of the language; aggregates only where rows are groups. */
export function functionItems(section: Section, write: Write): CompletionItem[] {
  const grouped = section === 'select' || section === 'having' || section === 'order';
  const matched = { name: 'matched', aggregate: false, signature: 'matched(alias)', doc: 'Whether the left-joined row is there.', most: 1 };
  if (section === 'lookup') return [];
  return [...filterFunctions, matched]
    .filter(({ aggregate }) => grouped || !aggregate)
    .map(({ name, aggregate, signature, doc, most }) =>
      write(
        {
          label: name,
          kind: CompletionItemKind.Function,
          detail: signature,
          documentation: { kind: MarkupKind.Markdown, value: describeFunction({ signature, doc, aggregate }) },
          sortText: `4${name}`,
          insertTextFormat: InsertTextFormat.Snippet,
        },
        most === 0 ? `${name}()` : `${name}($1)`,
      ),
    );
}
