import type { Hover } from 'vscode-languageserver/node';
import { findFunction } from '../../../engine/model/filter/functions.ts';
import { MarkupKind } from '../connector/json-service.ts';
import { rangeOf } from '../../convert.ts';
import { code, describeColumn, describeFunction, describeOutput, describeParameter, describeTable, notesOf } from './describe.ts';
import type { OpenFilter } from './document.ts';
import { nameAt, type FilterName } from './names.ts';
import { libraryMemberAt } from './script-hover.ts';

/** What the name at `offset` stands for. `describeFilter` knows the other filters. */
export function hover(filter: OpenFilter, offset: number, describeFilter: (name: string) => string | undefined): Hover | undefined {
  const name = nameAt(filter.bound, offset);
  const found = name ? undefined : libraryMemberAt(filter, offset);
  if (found) {
    const { library, member, span } = found;
    const value = `\`\`\`js\n${library}.${member.signature}\n\`\`\`\n\nOf ${code(`libraries/${library}.js`)}.`;
    return { contents: { kind: MarkupKind.Markdown, value }, range: rangeOf(filter.lines, span) };
  }
  const value = name && textOf(name, filter, describeFilter);
  return value === undefined
    ? undefined
    : { contents: { kind: MarkupKind.Markdown, value }, range: rangeOf(filter.lines, name?.span ?? { offset, length: 0 }) };
}

function textOf(
  name: FilterName,
  { catalog, document }: OpenFilter,
  describeFilter: (name: string) => string | undefined,
): string | undefined {
  switch (name.kind) {
    case 'table':
      return name.table.catalog && describeTable(name.table.catalog, catalog);
    case 'alias':
      return (
        name.table.catalog &&
        `Alias ${code(name.table.alias)}${presences[name.table.presence]}\n\n${describeTable(name.table.catalog, catalog)}`
      );
    case 'column':
      return describeColumn(name.table, name.column, catalog);
    case 'output':
      return describeOutput(name.column);
    case 'function': {
      const known = findFunction(name.name);
      return known && describeFunction(known);
    }
    case 'parameter':
      return describeParameter(name.parameter);
    case 'lookup':
      return `Lookup ${code(name.name)}: the rows whose value is ${name.include ? 'found' : 'not found'}. Others name it as ${code(`Name[${name.name}]`)}.${notesOf(document) === '' ? '' : `\n\n${notesOf(document)}`}`;
    case 'filter':
      return describeFilter(name.filter);
  }
}

const presences = { always: '', maybe: ': its row may be absent', never: ': there is no such row' } as const;
