/** What a sign-in through the browser gave. */
export interface Grant {
  readonly accessToken: string;
  readonly renewAt?: number;
  readonly refreshToken?: string;
}

/** The place of one grant; all runs that need it share the place, so that a refresh token is never used twice. */
export interface GrantSlot {
  grant?: Grant | undefined;
  /** A sign-in or a renewal under way. */
  pending?: Promise<Grant> | undefined;
}

/**
 * Grants of earlier runs, so that a person signs in once and not for every run. In memory only: it is never written, and ends with its
 * process.
 */
export interface TokenMemory {
  slot(key: string): GrantSlot;
  /** The part of the memory for one place (a folder with an environment), which no other place can reach. */
  within(place: string): TokenMemory;
}

/** Grants kept at a time. */
const most = 200;

export function createTokenMemory(): TokenMemory {
  const slots = new Map<string, GrantSlot>();
  const memory = (prefix: string): TokenMemory => ({
    slot(key) {
      const name = JSON.stringify([prefix, key]);
      const slot = slots.get(name) ?? {};
      slots.delete(name);
      slots.set(name, slot);
      const [oldest] = slots.keys();
      if (slots.size > most && oldest !== undefined) slots.delete(oldest);
      return slot;
    },
    within: (place) => memory(JSON.stringify([prefix, place])),
  });
  return memory('');
}
