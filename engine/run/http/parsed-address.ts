let last: { readonly text: string; readonly url: URL | null } | undefined;

/**
 * An address taken apart; null for what is none. The links of the chain ask for the same one in turn, so the last one is kept; nobody may
 * change what they are given.
 */
export function parsedAddress(text: string): URL | null {
  if (last?.text !== text) last = { text, url: URL.parse(text) };
  return last.url;
}
