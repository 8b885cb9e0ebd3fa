import type { JsonNode } from '../../text/json.ts';
import type { Edit, Fix } from '../../text/problem.ts';

/** The repair that takes one entry out of an array, with the comma that parts it from its neighbour. */
export function removeEntry(title: string, entries: readonly JsonNode[], index: number): Fix {
  const entry = entries[index];
  const before = entries[index - 1];
  const start = before && entry ? before.offset + before.length : (entry?.offset ?? 0);
  const end = entry ? entry.offset + entry.length : 0;
  const next = before ? undefined : entries[index + 1];
  return { title, span: { offset: start, length: Math.max(0, (next?.offset ?? end) - start) }, text: '' };
}

/** Adds an entry at the end of an array, on a line of its own where the one before it has one. */
export function appendEntry(text: string, list: JsonNode, entry: string): Edit {
  const last = list.children?.at(-1);
  if (!last) return { span: { offset: list.offset + 1, length: 0 }, text: entry };
  let start = last.offset;
  while (start > list.offset + 1 && /\s/.test(text[start - 1] ?? '')) start--;
  const gap = list.children?.length === 1 && !text.slice(start, last.offset).includes('\n') ? ' ' : text.slice(start, last.offset);
  return { span: { offset: last.offset + last.length, length: 0 }, text: `,${gap}${entry}` };
}
