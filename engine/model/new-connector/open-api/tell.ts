import type { DocumentPaging } from './paging.ts';
import type { MadeTables } from './tables.ts';

/** What was assumed, and what a person should look at; sentences. */
export function notesOf(
  { made, items, tables }: MadeTables,
  { other, details }: DocumentPaging,
  { asDocument, all }: { readonly asDocument: boolean; readonly all: boolean },
): readonly string[] {
  const notes: string[] = [];
  const differ = asDocument ? made.filter(({ table }) => other.includes(table.collection)).map(({ table }) => table.name) : [];
  if (differ.length > 0) {
    notes.push(
      `A connector pages in one way (here ${details.kind}). These tables page in another, so only their first page is read: ${differ.join(', ')}.`,
    );
  }
  if (items.length > 0) {
    notes.push(`Path parameters that no table gives are inputs of the connection: ${items.map(({ name }) => name).join(', ')}.`);
  }
  const spoken = made.flatMap(({ table }) =>
    table.parent && table.parent.iterator !== table.parent.table.key
      ? [`${table.name} by ${table.parent.table.name}.${table.parent.iterator}`]
      : [],
  );
  if (spoken.length > 0)
    notes.push(`These tables are iterated by a column that is not the key: ${spoken.join(', ')}. Check that the path takes it.`);
  const constants = made.filter(({ table }) => Object.keys(table.collection.query).length > 0).map(({ table }) => table.name);
  if (constants.length > 0)
    notes.push(`Required query parameters got a value the document names: check call.queryParameters of ${constants.join(', ')}.`);
  const keyless = tables.filter(({ key, groupmembership }) => key === undefined && !groupmembership).map(({ name }) => name);
  if (keyless.length > 0) notes.push(`No column is clearly the key of ${keyless.join(', ')}. Name it in "key", if there is one.`);
  const members = tables.filter(({ groupmembership }) => groupmembership).map(({ name }) => name);
  if (members.length > 0) notes.push(`Usable in role models: ${members.join(', ')}. Try one addition and one removal first.`);
  if (all && tables.length > 30) {
    notes.push(`These are ${tables.length} tables, all the document has. Name those you need to get a smaller connector.`);
  }
  return notes;
}
