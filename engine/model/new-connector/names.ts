/** `text` as a simple word: letters, digits, `_` and `-`, as the format wants table, operation and item names. Never empty. */
export function simpleWord(text: string): string {
  const word = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9_-]+/g, '_')
    .replace(/^[_-]+|[_-]+$/g, '');
  return word === '' ? 'x' : word;
}

const irregular: ReadonlyMap<string, string> = new Map([
  ['people', 'person'],
  ['children', 'child'],
  ['men', 'man'],
  ['women', 'woman'],
  ['series', 'series'],
  ['status', 'status'],
  ['aliases', 'alias'],
  ['statuses', 'status'],
]);

/** One of many, as English has it most of the time: `users` → `user`, `companies` → `company`, `addresses` → `address`. */
export function singular(word: string): string {
  const last = /[A-Za-z][a-z]*$/.exec(word)?.[0] ?? word;
  const head = word.slice(0, word.length - last.length);
  const known = irregular.get(last.toLowerCase());
  if (known !== undefined) return head + (/^[A-Z]/.test(last) ? known.charAt(0).toUpperCase() + known.slice(1) : known);
  if (/[^aeiou]ies$/i.test(last)) return `${head}${last.slice(0, -3)}y`;
  if (/(?:ss|x|ch|sh|z)es$/i.test(last)) return head + last.slice(0, -2);
  if (/[^su]s$/i.test(last) && last.length > 2) return head + last.slice(0, -1);
  return word;
}

/** Names that are told apart also without their case, since the vault does not see it. */
export interface Names {
  /** The first of `wanted` that is free, else the first with a number; it is taken from then on. */
  take(...wanted: readonly string[]): string;
  /** Whether the name was free; it is taken from then on. */
  claim(name: string): boolean;
  has(name: string): boolean;
}

/** A set of names, at first those in `taken`. */
export function createNames(taken: Iterable<string> = []): Names {
  const folded = new Set([...taken].map((name) => name.toLowerCase()));
  const has = (name: string): boolean => folded.has(name.toLowerCase());
  const claim = (name: string): boolean => !has(name) && !!folded.add(name.toLowerCase());
  return {
    has,
    claim,
    take(...wanted) {
      const free = wanted.find((name) => !has(name));
      const [first = 'x'] = wanted;
      let name = free ?? first;
      for (let number = 2; !claim(name); number++) name = `${first}_${number}`;
      return name;
    },
  };
}

/** Whether `{name}` is read as a variable. */
export function isVariableName(name: string): boolean {
  return /^[\p{L}\p{N}_$][\p{L}\p{N}_$.\- ]*$/u.test(name);
}

/** A name for comparing: lower case, only letters and digits. `user_id`, `userId` and `$userID` are one. */
export function fold(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
