/** `a, b and c`, shortened after `limit` names. */
export function listNames(names: readonly string[], limit = 6): string {
  if (names.length > limit) return `${names.slice(0, limit).join(', ')} and ${names.length - limit} more`;
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names.join('');
}
