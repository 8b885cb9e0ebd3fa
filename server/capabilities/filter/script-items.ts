import type { CompletionItem } from 'vscode-languageserver/node';
import type { BoundTable } from '../../../engine/model/filter/bound.ts';
import { inQuotes } from '../../../engine/model/references/rename/write-script.ts';
import { isVariableName } from '../../../engine/model/script/known-names.ts';
import type { Span } from '../../../engine/model/text/problem.ts';
import { CompletionItemKind, InsertTextFormat, MarkupKind } from '../connector/json-service.ts';
import type { Write } from './completion.ts';
import { describedColumn } from './described.ts';
import type { OpenFilter } from './document.ts';
import { scriptPlaceAt } from './script-place.ts';

const vaultCalls = [
  {
    name: 'vaultObjectExists',
    signature: 'vaultObjectExists(system, table, key)',
    doc: 'Whether the table of the vault has a row with this key.',
    text: "vaultObjectExists('${1:system}', '${2:table}', ${3:key})",
  },
  {
    name: 'vaultObjectExistsByRef',
    signature: 'vaultObjectExistsByRef(system, table, column, value)',
    doc: 'Whether the table of the vault has a row whose column has this value.',
    text: "vaultObjectExistsByRef('${1:system}', '${2:table}', '${3:column}', ${4:value})",
  },
];

/** What could stand at a caret in a script column: tables by their alias, their columns, questions to the vault, libraries. */
export function scriptItems(filter: OpenFilter, offset: number, codeStart: number, write: Write): CompletionItem[] {
  const place = scriptPlaceAt(filter.text.slice(codeStart, offset));
  const rest = /^[\p{ID_Continue}$]*/u.exec(filter.text.slice(offset))?.[0].length ?? 0;
  const from = (start: number, more = rest): Span => ({ offset: codeStart + start, length: offset + more - codeStart - start });
  const tables = filter.bound.tables.filter(({ presence }) => presence !== 'never');
  switch (place.kind) {
    case 'free':
      return [];
    case 'table': {
      const { quote, start } = place;
      return tables
        .filter(({ alias }) => quote !== undefined || isVariableName(alias))
        .map((table) => write(tableItem(table), quote === undefined ? table.alias : inQuotes(table.alias, quote), from(start)));
    }
    case 'column': {
      const table = tables.find(({ alias }) => alias === place.alias);
      if (table) return columnItems(table, filter, place, { write, from });
      return place.quote === undefined ? memberItems(filter, place.alias).map((item) => write(item, item.label, from(place.start))) : [];
    }
    case 'name': {
      const globals = filter.library.scriptGlobals ?? [];
      return [
        ...tables.map((table) =>
          write(tableItem(table), isVariableName(table.alias) ? table.alias : `data['${inQuotes(table.alias, "'")}']`, from(place.start)),
        ),
        ...globals.map((name) =>
          write(
            { label: name, kind: CompletionItemKind.Module, detail: `libraries/${name}.js`, sortText: `1${name}` },
            name,
            from(place.start),
          ),
        ),
        ...vaultCalls.map(({ name, signature, doc, text }) =>
          write(
            {
              label: name,
              kind: CompletionItemKind.Function,
              detail: signature,
              documentation: { kind: MarkupKind.Markdown, value: doc },
              sortText: `2${name}`,
              insertTextFormat: InsertTextFormat.Snippet,
            },
            text,
            from(place.start),
          ),
        ),
        ...['return', 'data'].map((word) =>
          write({ label: word, kind: CompletionItemKind.Keyword, sortText: `3${word}` }, word, from(place.start)),
        ),
      ];
    }
  }
}

function tableItem({ alias, system, table, presence }: BoundTable): Omit<CompletionItem, 'textEdit'> {
  const absent = presence === 'maybe' ? ', undefined where it has no row' : '';
  return { label: alias, kind: CompletionItemKind.Variable, detail: `${system}.${table}${absent}`, sortText: `0${alias}` };
}

/** What a library has behind its dot. */
function memberItems({ library }: OpenFilter, name: string): readonly Omit<CompletionItem, 'textEdit'>[] {
  return (library.scriptMembers?.(name) ?? [])
    .filter((member) => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(member.name))
    .map((member, index) => ({
      label: member.name,
      kind: member.kind === 'method' ? CompletionItemKind.Method : CompletionItemKind.Property,
      detail: member.signature,
      documentation: { kind: MarkupKind.Markdown, value: `Of \`libraries/${name}.js\`.` },
      sortText: String(index).padStart(4, '0'),
    }));
}

function columnItems(
  table: BoundTable,
  { catalog, text }: OpenFilter,
  place: { readonly start: number; readonly quote?: string; readonly dot?: number },
  { write, from }: { readonly write: Write; readonly from: (start: number, more?: number) => Span },
): CompletionItem[] {
  return (table.catalog?.columns ?? []).map((column, index) => {
    const about = {
      label: column.name,
      kind: CompletionItemKind.Field,
      detail: column.type,
      documentation: { kind: MarkupKind.Markdown, value: describedColumn(table, column, catalog) },
      sortText: String(index).padStart(4, '0'),
    } as const;
    if (place.quote !== undefined) return write(about, inQuotes(column.name, place.quote), from(place.start));
    if (isVariableName(column.name) || place.dot === undefined || /^\w+$/.test(column.name))
      return write(about, column.name, from(place.start));
    // `Users.` becomes `Users['e-mail']`, `Users?.` becomes `Users?.['e-mail']`.
    const optional = text[from(place.dot).offset - 1] === '?';
    const quoted = `['${inQuotes(column.name, "'")}']`;
    return write({ ...about, filterText: `.${column.name}` }, optional ? `.${quoted}` : quoted, from(place.dot));
  });
}
