/**
 * Finds long secrets in a text in one pass, however many there are: a run that signs in as every user of a system has thousands of
 * tokens, and a pattern of them all would have to be made anew for each. Secrets are looked for by their last characters (tokens of one
 * issuer begin alike) with a rolling hash.
 */
export interface SecretIndex {
  add(secret: string): void;
  /** Takes back one `add`. */
  remove(secret: string): void;
  /** Where secrets stand, in order and without overlaps: start and end. */
  find(text: string): readonly (readonly [start: number, end: number])[];
  has(text: string): boolean;
}

/** Only secrets at least this long can be looked for here. */
export const shortestIndexed = 16;

const base = 0x01000193;
/** What the character that leaves the window weighs. */
const leaving = Array.from({ length: shortestIndexed }).reduce<number>((power) => Math.imul(power, base), 1);

export function createSecretIndex(): SecretIndex {
  const counts = new Map<string, number>();
  const byTail = new Map<number, string[]>();
  /** Tells most texts apart without asking the map: a byte for the upper half of each hash. */
  const hint = new Uint8Array(1 << 16);

  /** Tells of every match until `stop` answers true. A plain loop: every cell of a table goes through here. */
  const scan = (text: string, stop: (start: number, end: number) => boolean): void => {
    if (counts.size === 0 || text.length < shortestIndexed) return;
    let hash = 0;
    for (let i = 0; i < text.length; i++) {
      hash = (Math.imul(hash, base) + text.charCodeAt(i)) | 0;
      if (i >= shortestIndexed) hash = (hash - Math.imul(text.charCodeAt(i - shortestIndexed), leaving)) | 0;
      if (i < shortestIndexed - 1 || hint[hash >>> 16] === 0) continue;
      for (const secret of byTail.get(hash) ?? []) {
        const start = i + 1 - secret.length;
        if (start >= 0 && text.startsWith(secret, start) && stop(start, i + 1)) return;
      }
    }
  };

  return {
    add(secret) {
      const count = counts.get(secret) ?? 0;
      counts.set(secret, count + 1);
      if (count > 0) return;
      const hash = tailOf(secret);
      const same = byTail.get(hash);
      if (same) same.push(secret);
      else byTail.set(hash, [secret]);
      hint[hash >>> 16] = 1;
    },
    remove(secret) {
      const count = counts.get(secret);
      if (count === undefined) return;
      if (count > 1) {
        counts.set(secret, count - 1);
        return;
      }
      counts.delete(secret);
      const hash = tailOf(secret);
      const left = (byTail.get(hash) ?? []).filter((each) => each !== secret);
      if (left.length > 0) byTail.set(hash, left);
      else byTail.delete(hash);
    },
    find(text) {
      const found: [number, number][] = [];
      scan(text, (start, end) => {
        // One that began earlier takes in those within it.
        while ((found.at(-1)?.[0] ?? -1) >= start) found.pop();
        const last = found.at(-1);
        if (last && start < last[1]) last[1] = end;
        else found.push([start, end]);
        return false;
      });
      return found;
    },
    has(text) {
      let met = false;
      scan(text, () => (met = true));
      return met;
    },
  };
}

function tailOf(secret: string): number {
  let hash = 0;
  for (let i = secret.length - shortestIndexed; i < secret.length; i++) hash = (Math.imul(hash, base) + secret.charCodeAt(i)) | 0;
  return hash;
}
