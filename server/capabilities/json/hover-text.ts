import type { Hover } from 'vscode-json-languageservice';

/** What the JSON language service says in a hover, as one text. */
export function hoverText({ contents }: Hover): string {
  if (typeof contents === 'string') return contents;
  if (Array.isArray(contents)) return contents.map((part) => (typeof part === 'string' ? part : part.value)).join('\n\n');
  return contents.value;
}
