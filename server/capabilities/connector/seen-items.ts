import type { CompletionItem } from 'vscode-json-languageservice';
import { declare, takenNames } from '../../../engine/model/connector/declare.ts';
import { findTable } from '../../../engine/model/connector/connector.ts';
import type { ConnectorKnowledge } from '../../../engine/model/connector/knowledge.ts';
import { undeclaredOf, type UndeclaredName } from '../../../engine/model/connector/undeclared.ts';
import { layOut } from '../actions/declare-seen.ts';
import { caretAt } from './caret.ts';
import { sampleCode as code } from './collected.ts';
import { derive, type ConnectorDocument } from './document.ts';
import { CompletionItemKind, InsertTextFormat, MarkupKind } from './json-service.ts';

/** In `resources`, at a property's name: what the last answer held there and the connector does not declare. */
export function seenItems(document: ConnectorDocument, offset: number, knowledge: ConnectorKnowledge | undefined): CompletionItem[] {
  if (!knowledge) return [];
  const { connector, text } = document;
  const caret = caretAt(text, offset);
  const [first, second, tableName, section, ...rest] = caret.path;
  if (!caret.atKey || first !== 'schema' || second !== 'crud_objects' || section !== 'resources' || typeof tableName !== 'string')
    return [];
  const table = findTable(connector, tableName);
  const answer = table && knowledge.get(table.name);
  if (!table || !answer) return [];
  // The last step is the name that is being typed; array indexes lead into the entries, which are all alike.
  const level = rest.slice(0, -1).filter((step) => typeof step === 'string');
  const names = undeclaredOf(table, answer).find(
    ({ path }) => path.length === level.length && path.every((step, i) => step === level[i]),
  )?.names;
  if (!names) return [];
  const after = text.slice(caret.span.offset + caret.span.length);
  const range = derive(document).range(caret.span);
  const base = rest.some((step) => typeof step === 'number') ? level : [];
  return names.flatMap((name, index): CompletionItem[] => {
    const declared = declare(table, name, takenNames(connector, table, level), base) ?? (name.below.length === 0 ? 'string*' : undefined);
    if (declared === undefined) return [];
    const key = JSON.stringify(name.name);
    const value = /^\s*:/.test(after) ? '' : `: ${layOut(declared, '', '  ')}${/^\s*["{[\d]/.test(after) ? ',' : ''}`;
    return [
      {
        label: name.name,
        kind: CompletionItemKind.Field,
        detail: detailOf(
          name,
          rest.some((step) => typeof step === 'number'),
        ),
        documentation: { kind: MarkupKind.Markdown, value: describe(name) },
        filterText: caret.quoted ? key : name.name,
        sortText: `0${String(index).padStart(4, '0')}`,
        insertTextFormat: InsertTextFormat.PlainText,
        textEdit: { range, newText: key + value },
      },
    ];
  });
}

function detailOf({ seen, below }: UndeclaredName, inList: boolean): string {
  if (!seen) return `seen in the last answer, with ${below.length === 1 ? 'a column' : `${below.length} names`} below it`;
  return seen.filled === 0
    ? 'seen in the last answer, always empty'
    : `seen in ${seen.filled} of ${seen.of} ${inList ? 'entries' : 'rows'}`;
}

/** What was seen, as Markdown. */
function describe(name: UndeclaredName): string {
  const { seen, path, below } = name;
  const lines = [`In the last answer at ${code(path.join('.'))}; the connector does not declare it.`];
  if (seen && seen.types.length > 0) lines.push(`It held ${seen.types.map((type) => kinds[type]).join(' or ')}.`);
  if (seen && seen.samples.length > 0) lines.push(`For example ${seen.samples.map(code).join(', ')}.`);
  if (below.length > 0)
    lines.push(
      `Below it: ${below
        .slice(0, 20)
        .map((inner) => code(inner.name))
        .join(', ')}${below.length > 20 ? ', …' : ''}.`,
    );
  return lines.join('\n\n');
}

const kinds = {
  text: 'text',
  date: 'a date',
  datetime: 'a point in time',
  number: 'a number',
  boolean: 'true or false',
  list: 'a list of values',
  object: 'an object, nested deeper than is looked into',
  objects: 'a list of objects: a child table',
} as const;
