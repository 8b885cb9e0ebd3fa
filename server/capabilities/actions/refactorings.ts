import { CodeActionKind, type CodeAction } from 'vscode-languageserver/node';
import { extractItem } from '../../../engine/model/connector/refactor/extract-item.ts';
import { makeMembership } from '../../../engine/model/connector/refactor/make-membership.ts';
import { addOperations, missingOperations } from '../../../engine/model/connector/refactor/missing-operations.ts';
import { placeAt, tableOfPlace } from '../../../engine/model/connector/refactor/place.ts';
import { declareVariable } from '../../../engine/model/connector/refactor/declare-variable.ts';
import type { Table } from '../../../engine/model/connector/connector.ts';
import type { Edit, Span } from '../../../engine/model/text/problem.ts';
import { derive, type ConnectorDocument } from '../connector/document.ts';
import { changing, type Asked } from '../quick-fixes.ts';

/** What can be done with the table that is meant: its missing operations, and a membership table made of it. */
export function tableRefactorings(document: ConnectorDocument, offset: number): CodeAction[] {
  const { connector, text } = document;
  const table = tableMeant(document, offset);
  if (!table) return [];
  const missing = missingOperations(connector, table);
  const membership = makeMembership(connector, table, text);
  return [
    ...missing.map((one) =>
      action(document, CodeActionKind.RefactorRewrite, `Add the missing ${one.kind} operation`, [addOperations(text, table, [one])]),
    ),
    ...(missing.length > 1
      ? [
          action(document, CodeActionKind.RefactorRewrite, `Add all ${missing.length} missing operations`, [
            addOperations(text, table, missing),
          ]),
        ]
      : []),
    ...(membership ? [action(document, CodeActionKind.RefactorRewrite, `Make "${table.name}" a membership table`, membership)] : []),
  ];
}

/** A place in the table itself or at the name of one of its operations; deeper down something else is meant. */
function tableMeant({ json, connector }: ConnectorDocument, offset: number): Table | undefined {
  const place = json.whole ? placeAt(json.root, offset) : undefined;
  const found = place && tableOfPlace(connector, place);
  if (!place || !found) return undefined;
  const [section, , ...deeper] = found.below;
  const near =
    found.below.length === 0 ||
    (found.below.length === 1 && (place.atName || section === 'operations' || place.node.type === 'string')) ||
    (section === 'operations' && deeper.length === 0 && place.atName);
  return near ? found.table : undefined;
}

/** Takes a text out into an input of the connection, in one place or wherever it stands. */
export function extractions(document: ConnectorDocument, selection: Span): CodeAction[] {
  if (!document.json.whole) return [];
  const found = extractItem(document.connector, document.text, selection);
  if (!found) return [];
  const { name, edits, all } = found;
  return [
    action(document, CodeActionKind.RefactorExtract, `Extract to connection item "${name}"`, edits),
    ...(all
      ? [action(document, CodeActionKind.RefactorExtract, `Extract all ${all.count} equal texts to connection item "${name}"`, all.edits)]
      : []),
  ];
}

/** For each variable without a value: the places where it could be declared. */
export function declarations(document: ConnectorDocument, asked: readonly Asked[]): CodeAction[] {
  if (!document.json.whole) return [];
  return asked
    .filter(({ problem }) => problem.code === 'unresolved-variable')
    .flatMap(({ problem, diagnostic }) =>
      declareVariable(document.connector, document.text, problem.span).map(({ title, edits }) => ({
        ...action(document, CodeActionKind.QuickFix, title, edits),
        diagnostics: [diagnostic],
      })),
    );
}

function action(document: ConnectorDocument, kind: CodeActionKind, title: string, edits: readonly Edit[]): CodeAction {
  return { title, kind, edit: changing(document.uri, derive(document).lines, edits) };
}
