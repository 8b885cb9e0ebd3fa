/**
 * The target of the first link with the relation `next` in a `Link` header (RFC 8288, 3); undefined where there is none. Links about another
 * resource (`anchor`) do not count. Of several `rel` only the first does.
 */
export function nextLink(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  for (let at = header.indexOf('<'); at >= 0;) {
    const end = header.indexOf('>', at);
    if (end < 0) return undefined;
    const { params, next } = readParameters(header, end + 1);
    const relations = (params.get('rel') ?? '').toLowerCase().split(/\s+/);
    if (relations.includes('next') && !params.has('anchor')) return header.slice(at + 1, end).trim();
    at = header.indexOf('<', next);
  }
  return undefined;
}

/** The parameters behind a target, up to the comma that ends the link. Quoted strings may hold commas, semicolons and escapes. */
function readParameters(header: string, start: number): { readonly params: ReadonlyMap<string, string>; readonly next: number } {
  const params = new Map<string, string>();
  let at = start;
  while (at < header.length && header[at] !== ',') {
    const parameter = /[\s;]*([^\s=;,"<>]+)?\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?/y;
    parameter.lastIndex = at;
    const [whole = '', name, quoted, plain] = parameter.exec(header) ?? [];
    if (whole === '') {
      at++;
      continue;
    }
    at = parameter.lastIndex;
    const key = name?.toLowerCase();
    if (key !== undefined && !params.has(key)) params.set(key, quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '');
  }
  return { params, next: at };
}
