/** Puts the path of an operation behind the base address, with one slash between; a base that ends in `//` takes its host from the path. */
export function joinAddress(base: string, path: string): string {
  if (base === '' || base.endsWith('//')) return `${base}${path.replace(/^\/+/, '')}`;
  return path === '' || path.startsWith('?') ? `${base}${path}` : `${base}/${path.replace(/^\/+/, '')}`;
}

/** Adds pairs `name=value`, which are encoded, to the query of an address. */
export function addQuery(address: string, pairs: readonly string[]): string {
  if (pairs.length === 0) return address;
  // What stands behind a # is never sent.
  const sent = address.replace(/#.*$/s, '');
  return `${sent}${!sent.includes('?') ? '?' : /[?&]$/.test(sent) ? '' : '&'}${pairs.join('&')}`;
}

/** A parameter's name as it is sent: `$top` and `searchFields[0]` stay readable; servers take both forms. */
export function encodeQueryName(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(/%24/g, '$').replace(/%5B/g, '[').replace(/%5D/g, ']');
}
