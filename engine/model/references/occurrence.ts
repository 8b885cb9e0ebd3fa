import type { ScriptSpelling } from '../script/script-names.ts';
import type { Name, Span } from '../text/problem.ts';
import type { Entity } from './entity.ts';

/**
 * How a place spells the name of a thing:
 * `name`: as it is. `leaf`: only its last part; the parts before come from elsewhere (the path of a `_:` column, the parent of a child table).
 * `camel`: in camel case, as sign-in addresses name inputs. `alias`: under another name, as `{iterator}` does. `implied`: the place gives the
 * thing its name without writing it (a column without `as`). `derived`: nothing of the name can be changed here (`alias.*`, the reference of a
 * child table to its parent). `file`: the name is that of the file. `key`, `member`, `identifier`: in JavaScript, see `ScriptSpelling`.
 */
export type Spelling = 'name' | 'leaf' | 'camel' | 'alias' | 'implied' | 'derived' | 'file' | ScriptSpelling;

/** One place of one file that names a thing. */
export interface Occurrence {
  /** The name as written: in JSON without the quotes, in a filter the whole token. */
  readonly span: Span;
  readonly entity: Entity;
  readonly role: 'declaration' | 'reference';
  readonly spelling: Spelling;
  /** Where an `implied` name could be written out with ` as name`. */
  readonly writeAt?: number;
}

/** An occurrence together with its file. */
export interface PlacedOccurrence extends Occurrence {
  readonly path: string;
}

/** What stands between the quotes of a JSON text. */
export function inside({ offset, length }: Span): Span {
  return { offset: offset + 1, length: Math.max(0, length - 2) };
}

/** The place of `part` of a JSON text, found by its index in the text's value; `source` is the text of the file. */
export function partOf(source: string, name: Name, index: number, length: number): Span {
  const start = name.span.offset + 1;
  const from = rawOffset(source, start, index);
  return { offset: from, length: rawOffset(source, from, length) - from };
}

/** Where a character stands in the file, counted over the escapes before it. */
function rawOffset(source: string, start: number, index: number): number {
  let at = start;
  for (let read = 0; read < index; read++) at += source[at] === '\\' ? (source[at + 1] === 'u' ? 6 : 2) : 1;
  return at;
}
