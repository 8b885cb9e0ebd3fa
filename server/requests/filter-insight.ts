import type { CompletionItem, CompletionList, Hover } from 'vscode-languageserver/node';
import { isSecretName } from '../../engine/model/connector/knowledge.ts';
import { describeColumnFacts, describeHeld, hoverJoin, subjectAt, withParagraph } from '../capabilities/filter/insight-hover.ts';
import { valueCompletions, valuePlaceAt } from '../capabilities/filter/insight-values.ts';
import { openFilterIn } from '../capabilities/filter/language.ts';
import type { TableFacts } from '../known-facts.ts';
import type { Opened } from '../opened.ts';
import type { RequestContext } from './request.ts';

type OpenedFilter = Extract<Opened, { readonly kind: 'filter' }>;

/** Milliseconds a hover waits for numbers; the next one finds them. */
const hoverPatience = 300;

/** Milliseconds completion waits for values. Where they come later, the editor is told that there will be more. */
const completionPatience = 100;

/** The hover with what the vault tells: how a column is filled, what is held of a table, how many rows a join matches. */
export async function withVaultFacts(
  { insights, knowledge }: RequestContext,
  { document, text, place }: OpenedFilter,
  offset: number,
  hover: Hover | undefined,
): Promise<Hover | undefined> {
  const filter = openFilterIn(document.uri, text, place);
  const subject = subjectAt(filter, offset);
  if (!subject) return hover;
  const folder = place?.view.folder;
  if (subject.kind === 'join') return hover ?? hoverJoin(filter, subject, place && insights.of(place.view.folder, place.path));
  if (folder === undefined) return hover;
  const now = Date.now();
  await knowledge.ready(folder, hoverPatience);
  const held = (system: string, table: string): TableFacts | undefined => knowledge.of(folder).collected(system, table);
  if (subject.kind === 'table') return withParagraph(hover, describeHeld(held(subject.system, subject.table), now));
  const { asked } = subject;
  const found = await insights.columnWithin(folder, asked, hoverPatience);
  return found?.facts ? withParagraph(hover, describeColumnFacts(found.facts, held(asked.system, asked.table), now)) : hover;
}

/** What completion offers, the values of the compared column before it. */
export async function withValues(
  { insights }: RequestContext,
  { document, text, place }: OpenedFilter,
  offset: number,
  items: CompletionItem[],
): Promise<CompletionItem[] | CompletionList> {
  const folder = place?.view.folder;
  if (folder === undefined || !insights.mayKnow(folder)) return items;
  const filter = openFilterIn(document.uri, text, place);
  const at = valuePlaceAt(filter, offset);
  if (!at || isSecretName(at.column.column)) return items;
  const found = await insights.columnWithin(folder, at.column, completionPatience);
  if (!found) return { isIncomplete: true, items };
  return found.facts ? [...valueCompletions(filter, at, found.facts), ...items] : items;
}
