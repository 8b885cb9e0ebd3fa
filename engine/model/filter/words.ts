/** Words that mean something to the language; as a plain name they need double quotes, except after a dot or `as`. */
export const reservedWords: ReadonlySet<string> = new Set(
  (
    'select distinct from where group by having order limit join left anti multiple all recursive on via as and or not in between like is ' +
    'null true false case when then else end cast collate exclude append lookup parameter extends default'
  ).split(' '),
);

/** Words that begin a part of a filter: where reading goes on after a mistake. */
export const partWords: ReadonlySet<string> = new Set(
  'parameter extends select from join left anti multiple all where group having order limit exclude append lookup'.split(' '),
);

const plainName = /^[\p{L}_][\p{L}\p{N}\p{M}_]*$/u;

/** Whether a name can stand without quotes wherever a name is expected. */
export function isPlainName(name: string): boolean {
  return plainName.test(name) && !reservedWords.has(name.toLowerCase());
}

/** A name as the language writes it, in double quotes where it needs them. */
export function quoteName(name: string): string {
  return isPlainName(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** A text as the language writes it. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Names are the same whatever their case, as in SQL. */
export function sameName(a: string, b: string): boolean {
  return a === b || a.toLowerCase() === b.toLowerCase();
}

/** The entry of a name, whatever its case; where there are several, that which is written the same way. */
export function entryNamed<Value>(entries: ReadonlyMap<string, Value>, name: string): readonly [string, Value] | undefined {
  const exact = entries.get(name);
  return exact === undefined ? [...entries].find(([one]) => sameName(one, name)) : [name, exact];
}
