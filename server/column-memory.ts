import type { ColumnFacts } from '../engine/run/filter/insight/column-facts.ts';
import type { VaultNow } from './knowledge.ts';

/** A column of the vault. */
export interface ColumnAsked {
  readonly system: string;
  readonly table: string;
  readonly column: string;
}

/** An answer about a column: no facts where it was not collected. */
export interface Answered {
  readonly facts?: ColumnFacts;
}

/** What the vault says of columns, remembered as long as it is the same. */
export interface ColumnMemory {
  /** Whether there is a vault to ask. */
  mayKnow(folder: string): boolean;
  /** The answer, which may be that there is none; undefined where none came within `patience` ms. */
  within(folder: string, asked: ColumnAsked, patience: number): Promise<Answered | undefined>;
}

export interface ColumnMemoryOptions {
  /** The vault of a folder; undefined where nothing may be asked. */
  readonly vault: (folder: string) => VaultNow | undefined;
  readonly ask: (folder: string, asked: ColumnAsked) => Promise<ColumnFacts | undefined>;
}

/** Columns of a folder that are remembered for one state of its vault. */
const mostColumns = 500;

interface Remembered extends VaultNow {
  readonly answers: Map<string, Promise<Answered>>;
}

export function createColumnMemory({ vault, ask }: ColumnMemoryOptions): ColumnMemory {
  const folders = new Map<string, Remembered>();
  const rememberedOf = (folder: string): Remembered | undefined => {
    const now = vault(folder);
    if (!now || now.stamp === '') return undefined;
    const known = folders.get(folder);
    if (known && known.stamp === now.stamp && known.environment === now.environment) return known;
    const fresh: Remembered = { ...now, answers: new Map() };
    folders.set(folder, fresh);
    return fresh;
  };
  return {
    mayKnow: (folder) => rememberedOf(folder) !== undefined,
    async within(folder, asked, patience) {
      const answers = rememberedOf(folder)?.answers;
      if (!answers) return undefined;
      const key = JSON.stringify([asked.system, asked.table, asked.column]);
      const known = answers.get(key);
      if (known) return within(known, patience);
      const answer = ask(folder, asked).then(
        (facts): Answered => (facts ? { facts } : {}),
        (): Answered => {
          // Whatever went wrong, the next one asks again.
          answers.delete(key);
          return {};
        },
      );
      answers.set(key, answer);
      for (const oldest of answers.keys()) {
        if (answers.size <= mostColumns) break;
        answers.delete(oldest);
      }
      return within(answer, patience);
    },
  };
}

function within<Value>(work: Promise<Value>, milliseconds: number): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<undefined>((done) => {
    timer = setTimeout(() => done(undefined), milliseconds);
  });
  return Promise.race([work, tooLate]).finally(() => clearTimeout(timer));
}
