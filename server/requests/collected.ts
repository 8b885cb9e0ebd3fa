import { MarkupContent, MarkupKind, type Hover } from 'vscode-languageserver/node';
import { describeFacts, describeFill } from '../capabilities/connector/collected.ts';
import { derive, type ConnectorDocument } from '../capabilities/connector/document.ts';
import { subjectAt } from '../capabilities/connector/subject.ts';
import { caretAt } from '../capabilities/connector/caret.ts';
import { knownIn } from './known.ts';
import type { RequestContext } from './request.ts';

/** Milliseconds a hover waits for numbers; the next one finds them. */
const patience = 300;

/** The hover with what is known of its table or column from collecting it. */
export async function withCollected(
  context: RequestContext,
  uri: string,
  { document, offset }: { readonly document: ConnectorDocument; readonly offset: number },
  hover: Hover | undefined,
): Promise<Hover | undefined> {
  const subject = subjectAt(document, offset);
  const place = subject && context.workspaces.placeOf(uri);
  if (!subject || !place) return hover;
  await context.knowledge.ready(place.folder, patience);
  const known = knownIn(context, uri);
  if (!known) return hover;
  const { table, column } = subject;
  const text = column ? await fillOf(context, known, table.name, column.name) : factsOf(known, table.name);
  if (text === '') return hover;
  const before = hover && MarkupContent.is(hover.contents) ? hover.contents.value : '';
  // Behind what the name is, before what the schema says of such a name.
  const [own = '', ...rest] = before.split('\n\n');
  const value = [own, text, ...rest].filter((part) => part !== '').join('\n\n');
  return {
    contents: { kind: MarkupKind.Markdown, value },
    range: hover?.range ?? derive(document).range(caretAt(document.text, offset).span),
  };
}

function factsOf(known: NonNullable<ReturnType<typeof knownIn>>, table: string): string {
  const facts = known.table(table);
  return facts ? describeFacts(facts, Date.now()) : '';
}

async function fillOf(
  { knowledge }: RequestContext,
  known: NonNullable<ReturnType<typeof knownIn>>,
  table: string,
  column: string,
): Promise<string> {
  const found = await knowledge.statistics(known.folder, known.connector, table, patience);
  return found ? describeFill(found, column, Date.now()) : '';
}
