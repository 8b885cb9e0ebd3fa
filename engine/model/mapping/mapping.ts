import type { Name } from '../text/problem.ts';

/** Where a mapped value comes from. */
export type AttributeSource =
  | { readonly kind: 'column'; readonly column: Name }
  | { readonly kind: 'constant'; readonly value: string | number | boolean | null };

/** One attribute of the target that a mapping fills. */
export interface MappedAttribute {
  /** The target column. */
  readonly name: Name;
  readonly source: AttributeSource;
  /** An empty source value empties the attribute instead of leaving it alone. */
  readonly clear: boolean;
}

/** A mapping: one filter's rows to one operation of a target table. Read from `mappings/<Name>.json`. */
export interface Mapping {
  readonly name: string;
  /** A filter's name, or `Name[lookup]`. */
  readonly filter: Name;
  readonly parameters: readonly { readonly name: Name; readonly value: string | number | boolean | null }[];
  readonly system: Name;
  readonly table: Name;
  readonly operation: Name;
  /** The target column rows are matched by; absent means the table's key. */
  readonly compareKey?: Name;
  readonly attributes: readonly MappedAttribute[];
}

/** A filter reference taken apart: `Name` or `Name[lookup]`. */
export function parseFilterReference(text: string): { readonly filter: string; readonly lookup?: string } {
  const match = /^(.*)\[([^\]]*)\]$/s.exec(text);
  return match ? { filter: match[1] ?? '', lookup: match[2] ?? '' } : { filter: text };
}
