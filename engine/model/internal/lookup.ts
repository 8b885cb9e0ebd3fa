import { readColumnSettings, type ColumnSetting } from '../files/source.ts';
import { childOf, stringOf, type JsonNode } from '../text/json.ts';
import type { Name } from '../text/problem.ts';

/** What `lookups/<Name>.json` says about a lookup table; its rows stand in the CSV file beside it. */
export interface Lookup {
  /** The file's name without `.json`: that of the table. */
  readonly name: string;
  readonly columns: readonly ColumnSetting[];
  readonly key?: Name;
  readonly display?: Name;
}

/** Builds the model of a lookup's file. Never fails: what cannot be understood is absent. */
export function readLookup(name: string, root: JsonNode | undefined): Lookup {
  const key = stringOf(childOf(root, 'key'));
  const display = stringOf(childOf(root, 'display'));
  return {
    name,
    columns: readColumnSettings(childOf(root, 'columns')),
    ...(key && { key }),
    ...(display && { display }),
  };
}
