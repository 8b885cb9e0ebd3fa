import { setImmediate } from 'node:timers/promises';
import type { BoundFilter } from '../../../model/filter/bound.ts';
import { bindFilter } from '../../../model/filter/bind.ts';
import { compileFilter } from '../../../model/filter/compile.ts';
import type { Sql } from '../../../model/filter/sql.ts';
import { sameName } from '../../../model/filter/words.ts';
import type { Catalog } from '../../../model/system/catalog.ts';
import { cancelled, SollistError } from '../../error.ts';
import type { Cell } from '../../records.ts';
import type { VaultReader } from '../../vault/vault.ts';
import { cutOf, type Cut } from './cut.ts';

/** A row of an answer. */
export type Row = Readonly<Record<string, Cell>>;

/** Values of parameters by name. */
export type Values = ReadonlyMap<string, string | number | boolean | null>;

/** Looks into the vault for one filter, as long as there is time. */
export interface Looker {
  /** The whole filter, its parent's parts in it. */
  readonly bound: BoundFilter;
  readonly text: string;
  readonly catalog: Catalog;
  /** Every parameter has a value; null where nothing gave one. */
  readonly values: Values;
  /** Whether something was left out because the time was over, or would not have been enough. */
  readonly stopped: () => boolean;
  /** Leaves something out. */
  readonly stop: () => void;
  /** SQL of a part of the filter; undefined where it cannot stand alone. */
  compile(cut: Cut, of?: BoundFilter): Sql | undefined;
  /** The rows of one query. Undefined when the time is over, or the database refuses it. Throws `cancelled`. */
  ask(query: Sql): Promise<readonly Row[] | undefined>;
}

/** What a looker needs. */
export interface LookerOptions {
  readonly vault: Pick<VaultReader, 'query'>;
  readonly catalog: Catalog;
  readonly values: Values;
  /** yyyy-mm-dd */
  readonly today: string;
  /** By its name in the IANA database. */
  readonly timeZone: string;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** When to end, on the clock of `now`. A query under way is not ended: whoever asks must be able to end the process. */
  readonly until: number;
}

export function createLooker(bound: BoundFilter, text: string, options: LookerOptions): Looker {
  const { vault, catalog, values, today, timeZone, signal, now, until } = options;
  let stopped = false;
  return {
    bound,
    text,
    catalog,
    values,
    stopped: () => stopped,
    stop: () => {
      stopped = true;
    },
    compile(cut, of = bound) {
      const part = bindFilter(cutOf(of, cut), catalog);
      const own = new Map([...values].filter(([name]) => part.parameters.some((parameter) => sameName(parameter.name.text, name))));
      const { query } = compileFilter(part, {
        parameters: own,
        today,
        timeZone,
        ...(cut.limit !== undefined && { limit: cut.limit }),
        ...(cut.lookup && { lookup: cut.lookup.name.text }),
      });
      return query && { text: query.sql, parameters: query.parameters };
    },
    async ask(query) {
      // Between two queries the process hears that a newer text has come.
      await setImmediate();
      if (signal.aborted) throw cancelled();
      if (now() >= until) {
        stopped = true;
        return undefined;
      }
      try {
        return [...vault.query({ sql: query.text, parameters: query.parameters })];
      } catch (error) {
        // A column that was not collected yet, say: what cannot be counted is not shown.
        if (error instanceof SollistError && error.code === 'query-failed') return undefined;
        throw error;
      }
    },
  };
}
